import type { FileView } from '@plumbline/core/base'
import type { Day } from '@plumbline/core/kit'
import { DatePicker, Form, Radio } from 'antd'
import dayjs from 'dayjs'
import { dayField } from '../../../kit/day.ts'
import { useLegalNow, useToday } from '../../../kit/session.tsx'
import { InstantItem, PhotoPicker, type StepFormProps, StepForm } from '../../../kit/ui/index.ts'
import { ItemChoice, useInitialItems } from './ItemChoice.tsx'
import { Reason } from './ReasonForm.tsx'

const open = ['fixing', 'replied', 'confirmed'] as const

interface Extend {
  itemIds: string[]
  to: Day
  reason: string
}

/** 延长期限: the last day of the items chosen; the ladder of the notice does not move. */
export function ExtendForm(step: StepFormProps) {
  const itemIds = useInitialItems(open)
  const today = dayjs(useToday())
  return (
    <StepForm<Extend> step={step} initial={{ itemIds }}>
      <ItemChoice states={open} />
      <Form.Item
        name="to"
        label="延长至（含当日）"
        extra="只延长所选整改项的期限，黄色提醒和红色锁定的日期不变。"
        rules={[{ required: true, message: '请选择日期' }]}
        {...dayField}
      >
        <DatePicker format="YYYY-MM-DD" minDate={today} className="wide-field" />
      </Form.Item>
      <Reason />
    </StepForm>
  )
}

/** 要求现场复查: closing these items then needs a visit with a photograph that says where it was taken. */
export function OrderVisitForm(step: StepFormProps) {
  const itemIds = useInitialItems(open)
  return (
    <StepForm<{ itemIds: string[]; reason: string }> step={step} initial={{ itemIds }} inputOf={(values) => values}>
      <ItemChoice states={open} label="须现场复查的整改项" />
      <Reason />
    </StepForm>
  )
}

interface Visit {
  itemIds: string[]
  at: string
  fixed: boolean
  note: string
  photos: FileView[]
}

/** 登记现场复查: what was seen on site, with photographs that tell their position. */
export function VisitForm(step: StepFormProps) {
  const itemIds = useInitialItems(open)
  const now = useLegalNow()
  return (
    <StepForm<Visit>
      step={step}
      initial={{ itemIds, at: now.toISOString(), photos: [] }}
      inputOf={({ photos, ...values }) => ({ ...values, photos: photos.map(({ id }) => id) })}
    >
      <ItemChoice states={open} label="复查的整改项" />
      <InstantItem name="at" label="复查时间" missing="请填写复查时间" />
      <Form.Item name="fixed" label="复查结果" rules={[{ required: true, message: '请选择复查结果' }]}>
        <Radio.Group
          optionType="button"
          options={[
            { value: true, label: '已整改到位' },
            { value: false, label: '未整改到位' },
          ]}
        />
      </Form.Item>
      <Reason name="note" label="现场情况" />
      <Form.Item name="photos" label="现场照片" rules={[{ required: true, message: '请拍摄现场照片' }]}>
        <PhotoPicker />
      </Form.Item>
    </StepForm>
  )
}

/** 重新开启: items found not put right after all go back to the unit. */
export function ReopenForm(step: StepFormProps) {
  const itemIds = useInitialItems(['accepted'])
  return (
    <StepForm<{ itemIds: string[]; reason: string }> step={step} initial={{ itemIds }} inputOf={(values) => values}>
      <ItemChoice states={['accepted']} label="重新整改的整改项" />
      <Reason />
    </StepForm>
  )
}
