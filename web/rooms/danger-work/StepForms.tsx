import { Form, Input } from 'antd'
import { StepForm, type StepFormProps, type StepsProps } from '../../kit/ui/index.ts'

interface Asked {
  name: 'reason' | 'opinion' | 'note'
  label: string
  extra?: string
  optional?: true
}

/** A step that takes one text. */
const texting = ({ name, label, extra, optional }: Asked) =>
  function TextForm(step: StepFormProps) {
    return (
      <StepForm<Record<string, string>> step={step} inputOf={(values) => ({ [name]: values[name] ?? '' })}>
        <Form.Item
          name={name}
          label={label}
          extra={extra}
          rules={optional ? [] : [{ required: true, whitespace: true, message: `请写明${label}` }]}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={300} />
        </Form.Item>
      </StepForm>
    )
  }

/** 开始浇筑 takes nothing and is only confirmed. */
export const pourForms: NonNullable<StepsProps['forms']> = {
  sign: texting({ name: 'opinion', label: '签发意见', extra: '支架验收、监测布设、人员撤离通道等浇筑条件的确认情况' }),
  decline: texting({ name: 'reason', label: '不予签发的理由' }),
  withdraw: texting({ name: 'reason', label: '撤回的理由' }),
  suspend: texting({ name: 'reason', label: '停止的原因' }),
  resume: texting({ name: 'reason', label: '检查和处理情况', extra: '监测设备实时、红色报警解除后方可恢复' }),
  finish: texting({ name: 'note', label: '说明', optional: true }),
}
