import type { FileView } from '@plumbline/core/base'
import type { NoticeItem } from '@plumbline/core/rectification'
import { Form, Input } from 'antd'
import { PhotoPicker, type StepFormProps, StepForm } from '../../../kit/ui/index.ts'
import { FiledPhotos } from '../FiledPhotos.tsx'
import { useNotice } from '../notice.ts'
import { sayTermOf } from '../words.ts'
import { byItem } from './by-item.ts'

interface Answer {
  text?: string
  photos?: FileView[]
}
interface Reply {
  items: Record<string, Answer>
}

const written = ({ text = '', photos = [] }: Answer) => text.trim() !== '' || photos.length > 0

/** 提交整改回复: item by item; an item left empty waits for a later reply. */
export function ReplyForm(step: StepFormProps) {
  const { record } = useNotice()
  const items = record.items.filter(({ state }) => state === 'fixing')
  const given = (values: Reply) => items.map(({ id }) => ({ id, ...values.items[id] })).filter(written)
  return (
    <StepForm<Reply>
      step={step}
      lacking={(values) => (given(values).length > 0 ? undefined : '请至少回复一项：写明整改情况并附整改后照片。')}
      inputOf={(values) => ({
        items: given(values).map(({ id, text = '', photos = [] }) => ({
          itemId: id,
          text,
          photos: photos.map((one) => one.id),
        })),
      })}
      fieldOf={(name, values) =>
        byItem(
          name,
          given(values).map(({ id }) => id),
        )
      }
    >
      {items.length > 1 && <p className="muted">可以先回复已整改完的，其余以后再回复。</p>}
      {items.map((item) => (
        <ReplyItem key={item.id} item={item} />
      ))}
    </StepForm>
  )
}

function ReplyItem({ item }: { item: NoticeItem }) {
  const { terms } = useNotice()
  const form = Form.useFormInstance<Reply>()
  const last = item.rounds.at(-1)
  const returned = last?.review?.reason || last?.countersign?.opinion
  const answer = () => form.getFieldValue(['items', item.id]) as Answer | undefined
  const needed = (empty: (answer: Answer) => boolean, message: string) => ({
    validator: () =>
      written(answer() ?? {}) && empty(answer() ?? {}) ? Promise.reject(new Error(message)) : Promise.resolve(),
  })
  return (
    <fieldset className="form-item">
      <legend>{item.text}</legend>
      <p className="tiny muted">
        {item.requirement} · 期限 {sayTermOf(item, terms)}
      </p>
      {returned && <p className="tiny returned">上次退回：{returned}</p>}
      {item.photos.length > 0 && <FiledPhotos ids={item.photos} caption={`整改前：${item.text}`} />}
      <Form.Item
        name={['items', item.id, 'text']}
        label="整改情况"
        dependencies={[['items', item.id, 'photos']]}
        rules={[needed(({ text = '' }) => text.trim() === '', '请写明整改情况')]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} aria-label={`${item.text} 整改情况`} />
      </Form.Item>
      <Form.Item
        name={['items', item.id, 'photos']}
        label="整改后照片"
        dependencies={[['items', item.id, 'text']]}
        rules={[needed(({ photos = [] }) => photos.length === 0, '请附整改后照片')]}
      >
        <PhotoPicker label="拍整改后照片" />
      </Form.Item>
    </fieldset>
  )
}
