import type { PlanItem } from '@plumbline/core/inspection'
import { Button, Input, Select } from 'antd'
import { newRequestId } from '../../kit/api.ts'
import { kindOptions, subjectOptions } from './choices.ts'

export const months = Array.from({ length: 12 }, (_, at) => at + 1)
const monthOptions = months.map((month) => ({ value: month, label: `${month} 月` }))

interface PlanItemsProps {
  value?: PlanItem[]
  onChange?: (items: PlanItem[]) => void
}

/** The lines of a plan: in which month, what kind of inspection, of what. Fits into an antd Form.Item. */
export function PlanItems({ value = [], onChange }: PlanItemsProps) {
  const edit = (id: string, part: Partial<PlanItem>) =>
    onChange?.(value.map((item) => (item.id === id ? { ...item, ...part } : item)))
  const add = () => {
    const month = Math.min(12, (value.at(-1)?.month ?? 0) + 1)
    onChange?.([...value, { id: newRequestId(), month, kind: 'routine', subject: 'safety', note: '' }])
  }
  return (
    <div className="plan-items">
      {value.map((item) => (
        <div key={item.id} className="plan-item">
          <Select
            value={item.month}
            options={monthOptions}
            onChange={(month) => edit(item.id, { month })}
            aria-label="月份"
          />
          <Select
            value={item.kind}
            options={kindOptions}
            onChange={(kind) => edit(item.id, { kind })}
            aria-label="检查类型"
          />
          <Select
            value={item.subject}
            options={subjectOptions}
            onChange={(subject) => edit(item.id, { subject })}
            aria-label="类别"
          />
          <Input
            value={item.note}
            maxLength={200}
            onChange={({ target }) => edit(item.id, { note: target.value })}
            placeholder="重点部位"
            aria-label="重点部位"
          />
          <Button onClick={() => onChange?.(value.filter(({ id }) => id !== item.id))}>删去</Button>
        </div>
      ))}
      <Button onClick={add}>增加一次检查</Button>
    </div>
  )
}
