import type { Application, Material, MaterialKind } from '@plumbline/core/permit'
import { Form, Input } from 'antd'
import { FilePicker } from './FilePicker.tsx'
import { kinds } from './words.ts'

/** The application as its fields hold it: every item of the form by its kind. */
export interface FormValues {
  statement: string
  materials: Record<string, { fileIds?: string[]; notConcerned?: string }>
}

export const fieldsOf = ({ statement, materials }: Pick<Application, 'statement' | 'materials'>): FormValues => ({
  statement,
  materials: Object.fromEntries(materials.map(({ kind, ...material }) => [kind, material])),
})

/** Only items with a file or a reason; what is wanting is told by the window, all at once. */
export const formOf = ({ statement, materials }: FormValues): { statement: string; materials: Material[] } => ({
  statement,
  materials: kinds
    .map(({ kind }) => ({ kind, ...given(materials, kind) }))
    .filter(({ fileIds, notConcerned }) => fileIds.length > 0 || notConcerned !== ''),
})

const given = (materials: FormValues['materials'], kind: MaterialKind) => {
  const { fileIds = [], notConcerned = '' } = materials[kind] ?? {}
  return { fileIds, notConcerned }
}

/** 申请事项 and one row for each item: files, or why it does not concern this project. */
export function FormFields() {
  return (
    <>
      <Form.Item
        name="statement"
        label="申请说明"
        rules={[{ required: true, whitespace: true, message: '请写明申请验收的范围和完成情况' }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {kinds.map(({ kind, title, department, clause }) => (
        <fieldset key={kind} className="form-item">
          <legend>{title}</legend>
          <p className="tiny muted">
            {department} · {clause}
          </p>
          <Form.Item name={['materials', kind, 'fileIds']}>
            <FilePicker label={`上传${title}材料`} />
          </Form.Item>
          <Form.Item name={['materials', kind, 'notConcerned']} label="不涉及的，写明理由">
            <Input maxLength={200} aria-label={`${title} 不涉及的理由`} />
          </Form.Item>
        </fieldset>
      ))}
    </>
  )
}
