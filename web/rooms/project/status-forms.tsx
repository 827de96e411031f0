import type { FileView } from '@plumbline/core/base'
import { DatePicker, Form, Input } from 'antd'
import { dayField } from '../../kit/day.ts'
import { useToday } from '../../kit/session.tsx'
import { StepForm, type StepFormProps } from '../../kit/ui/index.ts'
import { Documents } from './Documents.tsx'

interface StatusDraft {
  day?: string
  reason?: string
  files?: FileView[]
}
type Field = keyof StatusDraft

const needed = [{ required: true, message: '请填写' }]
const attached = [{ required: true, type: 'array' as const, min: 1, message: '请附文件' }]

const items: Record<Field, (label: string) => React.ReactNode> = {
  day: (label) => (
    <Form.Item key="day" name="day" label={`${label}日期`} rules={needed} {...dayField}>
      <DatePicker format="YYYY-MM-DD" />
    </Form.Item>
  ),
  reason: (label) => (
    <Form.Item key="reason" name="reason" label={`${label}事由`} rules={needed}>
      <Input.TextArea rows={3} maxLength={500} showCount />
    </Form.Item>
  ),
  files: () => (
    <Form.Item key="files" name="files" label="依据文件（PDF 或照片）" rules={attached}>
      <Documents label="选择文件" />
    </Form.Item>
  ),
}

/** The form of a step of status: the day, the reason, the documents it rests on. */
const statusForm = (...fields: Field[]) =>
  function StatusForm(props: StepFormProps) {
    const today = useToday()
    return (
      <StepForm<StatusDraft>
        step={props}
        initial={{ day: today }}
        inputOf={({ files, ...rest }) => ({ ...rest, ...(files ? { files: files.map(({ id }) => id) } : {}) })}
      >
        {fields.map((field) => items[field](props.step.label))}
      </StepForm>
    )
  }

export const statusForms = {
  start: statusForm('day'),
  stop: statusForm('reason', 'files'),
  resume: statusForm('reason', 'files'),
  complete: statusForm('day', 'files'),
  terminate: statusForm('reason', 'files'),
}
