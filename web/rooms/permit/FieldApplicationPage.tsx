import { type ApplicationView, permitContract } from '@plumbline/core/permit'
import { useParams } from 'react-router'
import { TopBar } from '../../field/Shell.tsx'
import { useAct, useRoute } from '../../kit/api.ts'
import { Failure, Loading, Section, StateTag, Steps, Timeline } from '../../kit/ui/index.ts'
import { ApplicationParts } from './Application.tsx'
import './permit.css'
import { ApplicationProvider, permitForms } from './StepForms.tsx'
import { inOrder } from './words.ts'

/** The application on the phone, where the inbox leads. */
export function FieldApplicationPage() {
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
      <div className="field-stack">
        <TopBar title={record.projectName} note={`联合验收申请 ${record.number ?? '未编号'}`} back="/" />
        <StateTag label={head.stateLabel} open={head.open} />
        <Section title="现在该做">
          <Steps steps={inOrder(view)} onAct={act} forms={permitForms} />
        </Section>
        <ApplicationParts view={view} />
        <Section title="经过">
          <Timeline acts={acts} />
        </Section>
      </div>
    </ApplicationProvider>
  )
}
