import { Form, Input, InputNumber, Radio } from 'antd'
import { ApiError } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { FormButtons, type StepFormProps } from '../../kit/ui/index.ts'

/** Hands the input over and lets the form mark what was refused. */
function useSubmit<Values extends object>({ onSubmit }: StepFormProps) {
  const [form] = Form.useForm<Values>()
  const submit = async (input: object) => {
    try {
      await onSubmit(input)
    } catch (error) {
      if (error instanceof ApiError) markFields(form, error, ['input'])
    }
  }
  return { form, submit: (input: object) => void submit(input) }
}

function AcknowledgeForm(props: StepFormProps) {
  const { form, submit } = useSubmit<{ note?: string }>(props)
  return (
    <Form form={form} layout="vertical" onFinish={({ note = '' }) => submit({ note })}>
      <Form.Item name="note" label="采取的措施" extra="可以不填">
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
      <FormButtons pending={props.pending} onCancel={props.onCancel} label={props.step.label} />
    </Form>
  )
}

const reasonRules = [{ required: true, min: 2, whitespace: true, message: '请说明理由' }]

/** `most`: how many hours the law of the house allows. */
const shelveForm = (most: number) =>
  function ShelveForm(props: StepFormProps) {
    const { form, submit } = useSubmit<{ hours: number; reason: string }>(props)
    return (
      <Form form={form} layout="vertical" initialValues={{ hours: Math.min(4, most) }} onFinish={submit}>
        <p className="muted">搁置期间同一原因的预警不再告知任何人；升为红色报警时搁置即告结束。</p>
        <Form.Item name="hours" label="搁置时间（小时）" rules={[{ required: true, message: '请填写小时数' }]}>
          <InputNumber min={1} max={most} precision={0} />
        </Form.Item>
        <Form.Item name="reason" label="理由" rules={reasonRules}>
          <Input.TextArea rows={3} maxLength={200} showCount />
        </Form.Item>
        <FormButtons pending={props.pending} onCancel={props.onCancel} label={props.step.label} />
      </Form>
    )
  }

function JudgeForm(props: StepFormProps) {
  const { form, submit } = useSubmit<{ useful: boolean; reason?: string }>(props)
  const useful = Form.useWatch('useful', form)
  return (
    <Form form={form} layout="vertical" onFinish={({ useful: mark, reason = '' }) => submit({ useful: mark, reason })}>
      <Form.Item name="useful" label="这条报警" rules={[{ required: true, message: '请选择' }]}>
        <Radio.Group
          options={[
            { value: true, label: '有用' },
            { value: false, label: '误报' },
          ]}
        />
      </Form.Item>
      <Form.Item name="reason" label="理由" rules={useful === false ? reasonRules : []} extra="误报须说明理由">
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
      <FormButtons pending={props.pending} onCancel={props.onCancel} label={props.step.label} />
    </Form>
  )
}

/** The forms of the steps of an alarm. */
export const alarmForms = (shelveMost: number) => ({
  acknowledge: AcknowledgeForm,
  shelve: shelveForm(shelveMost),
  judge: JudgeForm,
})
