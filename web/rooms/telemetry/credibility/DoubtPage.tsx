import type { Reply } from '@plumbline/core/kit'
import { credibilityContract, doubtWorkflow } from '@plumbline/core/telemetry'
import { Form, Input } from 'antd'
import { useParams } from 'react-router'
import { FieldFailure, TopBar } from '../../../field/Shell.tsx'
import { useAct, useRoute } from '../../../kit/api.ts'
import { Slot } from '../../../kit/panels.tsx'
import {
  CasePage,
  Facts,
  Loaded,
  Section,
  StateTag,
  StepForm,
  type StepFormProps,
  Steps,
  Timeline,
  When,
} from '../../../kit/ui/index.ts'
import { Findings } from './Findings.tsx'

type DoubtView = Reply<typeof credibilityContract.doubt>

function useDoubt() {
  const { id = '' } = useParams()
  return useRoute(credibilityContract.doubt, { params: { id } })
}

export function DoubtPage() {
  return (
    <Loaded found={useDoubt()}>
      {(view) => (
        <CasePage
          title={titleOf(view)}
          crumbs={[
            { label: view.record.deviceName, to: `/device/${view.record.deviceId}` },
            { label: view.record.projectName, to: `/project/${view.record.projectId}` },
          ]}
          tags={<DoubtState view={view} />}
          side={
            <>
              <Deciding view={view} />
              <Slot name="case" id={view.record.id} acts={view.acts} side />
            </>
          }
        >
          <Parts view={view} />
        </CasePage>
      )}
    </Loaded>
  )
}

/** The same on the phone, where the inbox leads. */
export function FieldDoubtPage() {
  return (
    <Loaded found={useDoubt()} Failed={FieldFailure}>
      {(view) => (
        <div className="field-stack">
          <TopBar title={titleOf(view)} note={view.record.projectName} back="/" />
          <div>
            <DoubtState view={view} />
          </div>
          <Deciding view={view} />
          <Parts view={view} />
          <Slot name="case" id={view.record.id} acts={view.acts} />
        </div>
      )}
    </Loaded>
  )
}

const titleOf = ({ record }: DoubtView) => `${record.deviceName} ${record.day} 数据存疑`
const DoubtState = ({ view: { record, head } }: { view: DoubtView }) => (
  <StateTag label={doubtWorkflow.states[record.state ?? 'open'].label} open={head.open} />
)

function Deciding({ view: { record, steps } }: { view: DoubtView }) {
  const act = useAct(credibilityContract.act, record.id)
  return (
    <Section title="现在该做">
      <Steps
        steps={steps}
        onAct={act}
        forms={{ confirm: DecisionForm, dismiss: DecisionForm }}
        note="疑点由程序提出，不作为处罚依据；认定属实也须另行取证。"
      />
    </Section>
  )
}

function DecisionForm(step: StepFormProps) {
  return (
    <StepForm step={step}>
      <Form.Item
        name="reason"
        label="核实情况"
        rules={[{ required: true, min: 2, whitespace: true, message: '请写明核实情况' }]}
      >
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
    </StepForm>
  )
}

function Parts({ view: { record, day, acts } }: { view: DoubtView }) {
  const { decision } = record
  return (
    <>
      {decision && (
        <Section title="核实结论">
          <Facts
            facts={[
              { label: '核实人', value: decision.by },
              { label: '核实时间', value: <When at={decision.at} /> },
              { label: '核实情况', value: decision.reason, wide: true },
            ]}
          />
        </Section>
      )}
      <Section title={`疑点（${Math.round(day?.score ?? record.score)} 分）`} padded>
        <Findings findings={day?.findings ?? []} />
      </Section>
      <Section title="经过">
        <Timeline acts={acts} />
      </Section>
    </>
  )
}
