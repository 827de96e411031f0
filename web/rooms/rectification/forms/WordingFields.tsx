import type { AmendInput, Notice } from '@plumbline/core/rectification'
import { Form, Input, Radio } from 'antd'
import { kindOptions } from '../words.ts'
import { LinesField, linesOf } from './LinesField.tsx'

/** The wording of a notice as its fields hold it: lists as lines. */
export interface Wording {
  kind: Notice['kind']
  scope?: string
  basis?: string
  protection?: string
  resumeWhen?: string
}

export const wordingOf = (values: Wording): Omit<AmendInput, 'items'> => ({
  kind: values.kind,
  scope: values.scope ?? '',
  basis: linesOf(values.basis),
  protection: linesOf(values.protection),
  resumeWhen: linesOf(values.resumeWhen),
})

export const wordingFieldsOf = ({ kind, scope, basis, protection, resumeWhen }: Notice): Wording => ({
  kind,
  scope,
  basis: basis.join('\n'),
  protection: protection.join('\n'),
  resumeWhen: resumeWhen.join('\n'),
})

/** Which paper, on what ground; of a stop order also what stops, what is kept safe meanwhile, when work may resume. */
export function WordingFields() {
  const kind = Form.useWatch<Notice['kind']>('kind', Form.useFormInstance())
  return (
    <>
      <Form.Item name="kind" label="文书" rules={[{ required: true }]}>
        <Radio.Group optionType="button" options={kindOptions} />
      </Form.Item>
      {kind !== undefined && kind !== 'correct' && (
        <>
          <Form.Item
            name="scope"
            label="停工范围"
            rules={[{ required: true, whitespace: true, message: '请写明停工的部位、工序或机械' }]}
          >
            <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} />
          </Form.Item>
          <LinesField name="protection" label="停工期间的安全防护要求（每行一条）" required />
          <LinesField name="resumeWhen" label="复工条件（每行一条）" required />
        </>
      )}
      <LinesField name="basis" label="依据（每行一条，可不填）" />
    </>
  )
}
