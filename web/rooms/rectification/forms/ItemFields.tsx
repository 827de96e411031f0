import type { FileView } from '@plumbline/core/base'
import type { ItemText } from '@plumbline/core/rectification'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { newRequestId } from '../../../kit/api.ts'
import { PhotoPicker } from '../../../kit/ui/index.ts'
import { FiledPhotos } from '../FiledPhotos.tsx'
import { severityOptions } from '../words.ts'

/** An item as the form holds it: photographs filed before stay as they are, new ones are added to them. */
export type ItemValues = Omit<ItemText, 'photos'> & { photos: string[]; added?: FileView[] }

export const itemTextOf = ({ added = [], photos, days, point, ...item }: ItemValues): ItemText => ({
  ...item,
  days: days ?? null,
  point: point ?? null,
  photos: [...photos, ...added.map(({ id }) => id)],
})

export const freshItem = (): ItemValues => ({
  id: newRequestId(),
  text: '',
  clause: '',
  severity: 'general',
  requirement: '',
  days: null,
  photos: [],
  point: null,
})

const needed = (message: string) => [{ required: true, whitespace: true, message }]

/** antd hands over only what a field holds: this field holds what nobody edits. */
const Kept = () => null
const kept = ['id', 'photos', 'point'] as const

/** The items of a notice to write or amend: each with its clause, requirement and own term. */
export function ItemFields({ terms }: { terms?: Record<string, number> }) {
  return (
    <Form.List name="items">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <fieldset key={key} className="form-item">
              <legend>第 {name + 1} 项</legend>
              <ItemOf name={name} terms={terms} />
              {fields.length > 1 && (
                <button type="button" className="quiet" onClick={() => remove(name)}>
                  删去此项
                </button>
              )}
            </fieldset>
          ))}
          <Button className="tight" onClick={() => add(freshItem())}>
            增加一项
          </Button>
        </>
      )}
    </Form.List>
  )
}

function ItemOf({ name, terms }: { name: number; terms: Record<string, number> | undefined }) {
  const item = Form.useWatch<ItemValues | undefined>(['items', name], {
    form: Form.useFormInstance(),
    preserve: true,
  })
  const law = item && terms ? terms[item.severity] : undefined
  return (
    <>
      {kept.map((part) => (
        <Form.Item key={part} name={[name, part]} noStyle>
          <Kept />
        </Form.Item>
      ))}
      <Form.Item name={[name, 'text']} label="隐患" rules={needed('请写明隐患')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={500} />
      </Form.Item>
      <Form.Item name={[name, 'clause']} label="违反的条款" rules={needed('请写明条款')}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name={[name, 'requirement']} label="整改要求" rules={needed('请写明整改要求')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={500} />
      </Form.Item>
      <div className="side-by-side">
        <Form.Item name={[name, 'severity']} label="等级">
          <Select options={severityOptions} />
        </Form.Item>
        <Form.Item
          name={[name, 'days']}
          label="期限（送达后几日，0 为立即）"
          extra={law === undefined ? '不填即按法定期限' : `不填即按法定期限 ${law === 0 ? '立即' : `${law} 日`}`}
        >
          <InputNumber min={0} max={60} precision={0} className="wide-field" />
        </Form.Item>
      </div>
      {item && item.photos.length > 0 && <FiledPhotos ids={item.photos} caption={`整改前：${item.text}`} />}
      <Form.Item name={[name, 'added']} label="整改前照片">
        <PhotoPicker />
      </Form.Item>
    </>
  )
}
