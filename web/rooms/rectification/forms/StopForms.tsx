import { Form, Radio } from 'antd'
import { type StepFormProps, StepForm } from '../../../kit/ui/index.ts'
import { LinesField, linesOf } from './LinesField.tsx'
import { Reason } from './ReasonForm.tsx'

/** 签署复工意见: of the supervision unit, or of the owner where none is engaged. */
export function RecommendForm(step: StepFormProps) {
  return (
    <StepForm<{ agree: boolean; opinion: string }> step={step} inputOf={(values) => values}>
      <Form.Item name="agree" label="意见" rules={[{ required: true, message: '请选择' }]}>
        <Radio.Group
          optionType="button"
          options={[
            { value: true, label: '同意复工' },
            { value: false, label: '不同意复工' },
          ]}
        />
      </Form.Item>
      <Reason name="opinion" label="意见说明" />
    </StepForm>
  )
}

/** 同意复工: prints the order to resume; the project builds again by the same act. */
export function ResumeForm(step: StepFormProps) {
  return (
    <StepForm<{ conclusion: string; conditions?: string }>
      step={step}
      inputOf={({ conclusion, conditions }) => ({ conclusion, conditions: linesOf(conditions) })}
    >
      <Reason name="conclusion" label="复查结论" />
      <LinesField name="conditions" label="复工要求（每行一条，可不填）" />
    </StepForm>
  )
}
