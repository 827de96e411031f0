import { inspectionContract as contract, inspectionKinds, type InspectionView } from '@plumbline/core/inspection'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAct, useRoute } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { CasePage, Loaded, Papers, Section, StateTag, Steps, Tag, Timeline } from '../../kit/ui/index.ts'
import { shownActs } from './acts.ts'
import { mayWrite } from './entries.ts'
import { formsOf } from './forms.tsx'
import { PhotoFactsProvider } from './PhotoStrip.tsx'
import {
  AnswersSection,
  FindingsSection,
  RecordFacts,
  ScoreSection,
  SignatureSection,
  SpotsSection,
} from './record-parts.tsx'
import './inspection.css'

export function InspectionPage() {
  const { id = '' } = useParams()
  const found = useRoute(contract.get, { params: { id } })
  return <Loaded found={found}>{(view) => <Shown view={view} />}</Loaded>
}

/** Writing and submitting happen on the form itself; here stand the acts that need only reading. */
const onForm = ['save', 'submit']

/** The steps of an inspection for its reader; the way to the form stands first while it may be written. */
export function InspectionSteps({ view, formPath }: { view: InspectionView; formPath: string }) {
  const onAct = useAct(contract.act, view.record.id)
  const navigate = useNavigate()
  const forms = useMemo(() => formsOf(view), [view])
  const steps = view.steps.filter(({ action }) => !onForm.includes(action))
  const writes = mayWrite(view)
  return (
    <>
      {writes && (
        <Button block type="primary" className="to-form" onClick={() => void navigate(formPath)}>
          继续填写
        </Button>
      )}
      {!writes && <Steps steps={steps} onAct={onAct} forms={forms} />}
      {writes && steps.length > 0 && (
        // Writing comes first; what ends the draft is not pressed by mistake.
        <details className="more-steps">
          <summary>其他办理</summary>
          <Steps steps={steps} onAct={onAct} forms={forms} />
        </details>
      )}
    </>
  )
}

function Shown({ view }: { view: InspectionView }) {
  const { record, head } = view
  const title = record.number ? `监督抽查记录 ${record.number}` : '监督抽查记录'
  const papers = record.papers
    .map((fileId, at) => ({
      fileId,
      title: '监督抽查记录表.pdf',
      note: at < record.papers.length - 1 ? '修改前' : null,
    }))
    .toReversed()
  return (
    <PhotoFactsProvider view={view}>
      <CasePage
        title={title}
        crumbs={[
          { label: '监督检查', to: '/inspections' },
          { label: record.projectName, to: `/project/${record.projectId}` },
        ]}
        tags={
          <>
            <StateTag label={head.stateLabel} open={head.open} />
            {view.signatureFits === false && <Tag tone="red">签字已失效</Tag>}
          </>
        }
        lead={`${record.projectName} · ${inspectionKinds[record.kind]} · ${record.officers.map(({ name }) => name).join('、')}`}
        side={
          <>
            <Section title="现在该做">
              <InspectionSteps view={view} formPath={`/inspection/${record.id}/edit`} />
            </Section>
            <Slot name="inspection" id={record.id} side />
            <Section title="文书">
              <Papers papers={papers} />
            </Section>
            <Slot name="case" id={record.id} acts={view.acts} side />
          </>
        }
      >
        <RecordFacts record={record} />
        <FindingsSection view={view} />
        <SpotsSection record={record} />
        <ScoreSection record={record} />
        <AnswersSection record={record} />
        <SignatureSection view={view} />
        <Slot name="inspection" id={record.id} side={false} />
        <Section title="经过">
          <Timeline acts={shownActs(view.acts)} />
        </Section>
      </CasePage>
    </PhotoFactsProvider>
  )
}
