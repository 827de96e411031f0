import { inspectionContract as contract, inspectionKinds, type InspectionView } from '@plumbline/core/inspection'
import { useParams } from 'react-router'
import { FieldFailure, TopBar } from '../../field/Shell.tsx'
import { useRoute } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { Loaded, Papers, Section, StateTag, Tag, Timeline } from '../../kit/ui/index.ts'
import { shownActs } from './acts.ts'
import { InspectionSteps } from './InspectionPage.tsx'
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

/** The record on the phone: read by the site before it signs, confirmed by the second inspector. */
export function FieldInspectionPage() {
  const { id = '' } = useParams()
  const found = useRoute(contract.get, { params: { id } })
  return (
    <Loaded found={found} Failed={FieldFailure}>
      {(view) => <Shown view={view} />}
    </Loaded>
  )
}

function Shown({ view }: { view: InspectionView }) {
  const { record, head } = view
  return (
    <PhotoFactsProvider view={view}>
      <div className="field-stack">
        <TopBar
          title={record.projectName}
          note={`${inspectionKinds[record.kind]} · ${record.officers.map(({ name }) => name).join('、')}`}
          back="/inspections"
        />
        <p className="field-state">
          <StateTag label={head.stateLabel} open={head.open} />
          {view.signatureFits === false && <Tag tone="red">签字已失效</Tag>}
          <span className="num">{record.number}</span>
        </p>
        <RecordFacts record={record} />
        <FindingsSection view={view} />
        <SpotsSection record={record} />
        <ScoreSection record={record} />
        <AnswersSection record={record} />
        <SignatureSection view={view} />
        <Section title="现在该做">
          <InspectionSteps view={view} formPath={`/inspection/${record.id}/fill`} />
        </Section>
        <Slot name="inspection" id={record.id} />
        {record.papers.length > 0 && (
          <Section title="文书">
            <Papers papers={record.papers.map((fileId) => ({ fileId, title: '监督抽查记录表.pdf' })).toReversed()} />
          </Section>
        )}
        <Section title="经过">
          <Timeline acts={shownActs(view.acts)} />
        </Section>
        <Slot name="case" id={record.id} acts={view.acts} />
      </div>
    </PhotoFactsProvider>
  )
}
