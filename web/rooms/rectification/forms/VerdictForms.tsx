import type { ItemState, NoticeItem } from '@plumbline/core/rectification'
import { Form, Input, Radio } from 'antd'
import { type StepFormProps, StepForm } from '../../../kit/ui/index.ts'
import { BeforeAndAfter } from '../FiledPhotos.tsx'
import { useNotice } from '../notice.ts'
import { byItem } from './by-item.ts'

type Verdict = 'yes' | 'no' | 'later'
interface Verdicts {
  items: Record<string, { verdict: Verdict; words?: string }>
}

interface Words {
  state: ItemState
  yes: string
  no: string
  /** How the field of words is called when the verdict is yes, and when it is no. */
  opinion: string
  reason: string
  itemOf: (itemId: string, yes: boolean, words: string) => { itemId: string }
}

const countersign: Words = {
  state: 'replied',
  yes: '复核属实',
  no: '退回整改',
  opinion: '复核意见（可不填）',
  reason: '退回理由',
  itemOf: (itemId, agree, opinion) => ({ itemId, agree, opinion }),
}

const review: Words = {
  state: 'confirmed',
  yes: '整改合格，闭合',
  no: '退回整改',
  opinion: '审核意见（可不填）',
  reason: '退回理由',
  itemOf: (itemId, accept, reason) => ({ itemId, accept, reason }),
}

/** 监理复核 of the replies, item by item. */
export const CountersignForm = (step: StepFormProps) => <VerdictForm step={step} words={countersign} />
/** 审核整改, item by item; the photographs before and after stand side by side. */
export const ReviewForm = (step: StepFormProps) => <VerdictForm step={step} words={review} />

function VerdictForm({ step, words }: { step: StepFormProps; words: Words }) {
  const { record } = useNotice()
  const items = record.items.filter(({ state }) => state === words.state)
  const given = (values: Verdicts) =>
    items.flatMap(({ id }) => {
      const { verdict, words: said = '' } = values.items[id] ?? { verdict: 'later' }
      return verdict === 'later' ? [] : [words.itemOf(id, verdict === 'yes', said)]
    })
  return (
    <StepForm<Verdicts>
      step={step}
      initial={{ items: Object.fromEntries(items.map(({ id }) => [id, { verdict: 'later' as const }])) }}
      lacking={(values) => (given(values).length > 0 ? undefined : '请至少对一项作出决定。')}
      inputOf={(values) => ({ items: given(values) })}
      fieldOf={(name, values) =>
        byItem(
          name,
          given(values).map(({ itemId }) => itemId),
          'words',
        )
      }
    >
      {items.map((item) => (
        <VerdictItem key={item.id} item={item} words={words} />
      ))}
    </StepForm>
  )
}

function VerdictItem({ item, words }: { item: NoticeItem; words: Words }) {
  const verdict = Form.useWatch<Verdict>(['items', item.id, 'verdict'], Form.useFormInstance())
  const reply = item.rounds.at(-1)?.reply
  const wanting = verdict === 'no'
  return (
    <fieldset className="form-item">
      <legend>{item.text}</legend>
      <BeforeAndAfter item={item} />
      {reply && (
        <p className="tiny">
          {reply.post} {reply.by.name}：{reply.text}
        </p>
      )}
      {item.visitOrdered && <p className="tiny muted">已要求现场复查，复查登记后方可闭合。</p>}
      <Form.Item name={['items', item.id, 'verdict']} className="tight">
        <Radio.Group
          aria-label={item.text}
          optionType="button"
          options={[
            { value: 'yes', label: words.yes },
            { value: 'no', label: words.no },
            { value: 'later', label: '暂不办理' },
          ]}
        />
      </Form.Item>
      {verdict && verdict !== 'later' && (
        <Form.Item
          name={['items', item.id, 'words']}
          label={wanting ? words.reason : words.opinion}
          rules={wanting ? [{ required: true, whitespace: true, message: `请写明${words.reason}` }] : []}
        >
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={500} />
        </Form.Item>
      )}
    </fieldset>
  )
}
