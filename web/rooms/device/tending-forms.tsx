import { offlineCauses } from '@plumbline/core/device'
import { DatePicker, Form, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { dayField } from '../../kit/day.ts'
import { useToday } from '../../kit/session.tsx'
import { StepForm, type StepFormProps } from '../../kit/ui/index.ts'
import { needed } from './words.tsx'
import { useDevice } from './view.ts'
import { optionsOf } from './words.tsx'

/** 转交接入责任 to an officer in office. */
export function HandOverForm(props: StepFormProps) {
  const view = useDevice().data
  if (!view) return null
  const options = view.officers
    .filter(({ personId }) => personId !== view.record.keeper?.personId)
    .map(({ personId, name }) => ({ value: personId, label: name }))
  return (
    <StepForm<{ personId: string }> step={props}>
      <Form.Item name="personId" label="转交给" rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
    </StepForm>
  )
}

export const NoteForm = (props: StepFormProps) => (
  <StepForm<{ text: string }> step={props}>
    <Form.Item name="text" label="情况" rules={needed} extra="例如专线何时开通、等谁答复">
      <Input.TextArea rows={3} maxLength={200} showCount />
    </Form.Item>
  </StepForm>
)

/** 说明离线原因: until the day named the device stands apart in the online rate. */
export function ExplainForm(props: StepFormProps) {
  const today = useToday()
  return (
    <StepForm<{ cause: string; until: string; note?: string }>
      step={props}
      initial={{ until: today }}
      inputOf={({ note, ...draft }) => ({ ...draft, note: note ?? '' })}
    >
      <Form.Item name="cause" label="原因" rules={needed}>
        <Select options={optionsOf(offlineCauses)} />
      </Form.Item>
      <Form.Item
        name="until"
        label="预计恢复（含当日）"
        rules={needed}
        extra="到期仍未恢复的，重新计入离线"
        {...dayField}
      >
        <DatePicker format="YYYY-MM-DD" minDate={dayjs(today)} />
      </Form.Item>
      <Form.Item name="note" label="说明">
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
    </StepForm>
  )
}
