import { type ApplicationView, permitContract } from '@plumbline/core/permit'
import { useParams } from 'react-router'
import { useAct, useRoute } from '../../kit/api.ts'
import { CasePage, Failure, Loading, Section, StateTag, Steps, Timeline } from '../../kit/ui/index.ts'
import { ApplicationParts } from './Application.tsx'
import './permit.css'
import { ApplicationProvider, permitForms } from './StepForms.tsx'
import { inOrder } from './words.ts'

/** 联合验收申请: form, materials, gaps, what to do now. */
export function ApplicationPage() {
  const { id = '' } = useParams()
  const view = useRoute(permitContract.get, { params: { id } })
  if (view.isPending) return <Loading />
  if (!view.data) return <Failure error={view.error} again={() => void view.refetch()} />
  return <Whole view={view.data} />
}

function Whole({ view }: { view: ApplicationView }) {
  const { record, head, acts } = view
  const act = useAct(permitContract.act, record.id)
  return (
    <ApplicationProvider value={view}>
      <CasePage
        title={`联合验收申请 ${record.number ?? '未编号'}`}
        crumbs={[
          { label: '联合验收申请', to: '/permit' },
          { label: record.projectName, to: `/project/${record.projectId}` },
        ]}
        tags={<StateTag label={head.stateLabel} open={head.open} />}
        lead={`${record.projectName} · 建设单位 ${record.ownerName}`}
        side={
          <Section title="现在该做">
            <Steps steps={inOrder(view)} onAct={act} forms={permitForms} width={720} />
          </Section>
        }
      >
        <ApplicationParts view={view} />
        <Section title="经过">
          <Timeline acts={acts} />
        </Section>
      </CasePage>
    </ApplicationProvider>
  )
}
