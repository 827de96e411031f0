import type { ItemState } from '@plumbline/core/rectification'
import { Checkbox, Form } from 'antd'
import { useNotice } from '../notice.ts'
import { sayTermOf } from '../words.ts'

/** The items in these states, to tick; where only one qualifies it is ticked already (`initialItems`). */
export function ItemChoice({ states, label = '整改项' }: { states: readonly ItemState[]; label?: string }) {
  const { record, terms } = useNotice()
  const options = record.items
    .filter(({ state }) => states.includes(state))
    .map((item) => ({ value: item.id, label: `${item.text}（期限 ${sayTermOf(item, terms)}）` }))
  return (
    <Form.Item name="itemIds" label={label} rules={[{ required: true, message: '请选择整改项' }]}>
      <Ticks options={options} />
    </Form.Item>
  )
}

interface TicksProps {
  options: { value: string; label: string }[]
  value?: string[]
  onChange?: (ids: string[]) => void
}

/** Takes only what it needs of the field around it: a group may not be told that it is required. */
const Ticks = ({ options, value = [], onChange }: TicksProps) => (
  <Checkbox.Group className="choice-column" options={options} value={value} onChange={(ids) => onChange?.(ids)} />
)

export function useInitialItems(states: readonly ItemState[]): string[] {
  const { record } = useNotice()
  const ids = record.items.filter(({ state }) => states.includes(state)).map(({ id }) => id)
  return ids.length === 1 ? ids : []
}
