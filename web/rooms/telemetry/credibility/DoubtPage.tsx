import type { Reply } from '@plumbline/core/kit'
import { credibilityContract, doubtWorkflow } from '@plumbline/core/telemetry'
import { Form, Input } from 'antd'
import { useParams } from 'react-router'
import { TopBar } from '../../../field/Shell.tsx'
import { ApiError, useAct, useRoute } from '../../../kit/api.ts'
import { markFields } from '../../../kit/fields.ts'
import {
  CasePage,
  Facts,
  Failure,
  FormButtons,
  Loading,
  Section,
  StateTag,
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
  const doubt = useDoubt()
  if (doubt.error && !doubt.data) return <Failure error={doubt.error} again={() => void doubt.refetch()} />
  if (!doubt.data) return <Loading />
  const { record } = doubt.data
  return (
    <CasePage
      title={titleOf(doubt.data)}
      crumbs={[
        { label: record.deviceName, to: `/device/${record.deviceId}` },
        { label: record.projectName, to: `/project/${record.projectId}` },
      ]}
      tags={<DoubtState view={doubt.data} />}
      side={<Deciding view={doubt.data} />}
    >
      <Parts view={doubt.data} />
    </CasePage>
  )
}

/** The same on the phone, where the inbox leads. */
export function FieldDoubtPage() {
  const doubt = useDoubt()
  if (doubt.error && !doubt.data) return <Failure error={doubt.error} again={() => void doubt.refetch()} />
  if (!doubt.data) return <Loading />
  return (
    <div className="field-stack">
      <TopBar title={titleOf(doubt.data)} note={doubt.data.record.projectName} back="/" />
      <div>
        <DoubtState view={doubt.data} />
      </div>
      <Deciding view={doubt.data} />
      <Parts view={doubt.data} />
    </div>
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

function DecisionForm(props: StepFormProps) {
  const [form] = Form.useForm<{ reason: string }>()
  const submit = async (input: { reason: string }) => {
    try {
      await props.onSubmit(input)
    } catch (error) {
      if (error instanceof ApiError) markFields(form, error, ['input'])
    }
  }
  return (
    <Form form={form} layout="vertical" onFinish={(input) => void submit(input)}>
      <Form.Item
        name="reason"
        label="核实情况"
        rules={[{ required: true, min: 2, whitespace: true, message: '请写明核实情况' }]}
      >
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
      <FormButtons pending={props.pending} onCancel={props.onCancel} label={props.step.label} />
    </Form>
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
