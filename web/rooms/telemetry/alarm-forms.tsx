import { Form, Input, InputNumber, Radio } from 'antd'
import { StepForm, type StepFormProps } from '../../kit/ui/index.ts'

function AcknowledgeForm(props: StepFormProps) {
  return (
    <StepForm<{ note?: string }> step={props} inputOf={({ note = '' }) => ({ note })}>
      <Form.Item name="note" label="采取的措施" extra="可以不填">
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
    </StepForm>
  )
}

const reasonRules = [{ required: true, min: 2, whitespace: true, message: '请说明理由' }]

/** `most`: how many hours the law of the house allows. */
const shelveForm = (most: number) =>
  function ShelveForm(props: StepFormProps) {
    return (
      <StepForm<{ hours: number; reason: string }> step={props} initial={{ hours: Math.min(4, most) }}>
        <p className="muted">搁置期间同一原因的预警不再告知任何人；升为红色报警时搁置即告结束。</p>
        <Form.Item name="hours" label="搁置时间（小时）" rules={[{ required: true, message: '请填写小时数' }]}>
          <InputNumber min={1} max={most} precision={0} />
        </Form.Item>
        <Form.Item name="reason" label="理由" rules={reasonRules}>
          <Input.TextArea rows={3} maxLength={200} showCount />
        </Form.Item>
      </StepForm>
    )
  }

interface Judgement {
  useful: boolean
  reason?: string
}

function JudgeForm(props: StepFormProps) {
  return (
    <StepForm<Judgement> step={props} inputOf={({ useful, reason = '' }) => ({ useful, reason })}>
      <Form.Item name="useful" label="这条报警" rules={[{ required: true, message: '请选择' }]}>
        <Radio.Group
          options={[
            { value: true, label: '有用' },
            { value: false, label: '误报' },
          ]}
        />
      </Form.Item>
      <Why />
    </StepForm>
  )
}

function Why() {
  const useful = Form.useWatch('useful', Form.useFormInstance<Judgement>())
  return (
    <Form.Item name="reason" label="理由" rules={useful === false ? reasonRules : []} extra="误报须说明理由">
      <Input.TextArea rows={3} maxLength={200} showCount />
    </Form.Item>
  )
}

/** The forms of the steps of an alarm. */
export const alarmForms = (shelveMost: number) => ({
  acknowledge: AcknowledgeForm,
  shelve: shelveForm(shelveMost),
  judge: JudgeForm,
})
