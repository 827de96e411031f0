import { Form, Input } from 'antd'
import { type StepFormProps, StepForm } from '../../../kit/ui/index.ts'

/** 撤回, 放弃拟稿: only a reason. */
export function ReasonForm(step: StepFormProps) {
  return (
    <StepForm<{ reason: string }> step={step} inputOf={(values) => values}>
      <Reason />
    </StepForm>
  )
}

export function Reason({ name = 'reason', label = '理由' }: { name?: string; label?: string }) {
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, whitespace: true, message: `请写明${label}` }]}>
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} showCount />
    </Form.Item>
  )
}
