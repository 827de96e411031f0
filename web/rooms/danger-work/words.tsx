import { type Pour, pourWorkflow } from '@plumbline/core/danger-work'
import { sayInstant } from '@plumbline/core/kit'
import { StateTag, Tag } from '../../kit/ui/index.ts'

/** A pour that has stopped is loud; the others are not. */
export function PourTag({ state }: Pick<Pour, 'state'>) {
  if (state === null) return null
  const { label, ...more } = pourWorkflow.states[state] as { label: string; final?: true }
  if (state === 'suspended') return <Tag tone="red">{label}</Tag>
  return <StateTag label={label} open={!more.final} />
}

/** 2026-11-20 09:00 至 17:00, or with the day of the end where it is another. */
export function sayPlan({ plannedStart, plannedEnd }: Pick<Pour, 'plannedStart' | 'plannedEnd'>): string {
  const [from, until] = [sayInstant(new Date(plannedStart)), sayInstant(new Date(plannedEnd))]
  return `${from} 至 ${from.slice(0, 10) === until.slice(0, 10) ? until.slice(11) : until}`
}

const freshness = {
  live: { tone: 'calm', word: '实时' },
  stale: { tone: 'red', word: '中断' },
  never: { tone: 'plain', word: '未上报' },
} as const

export const FreshnessTag = ({ of }: { of: keyof typeof freshness }) => (
  <Tag tone={freshness[of].tone}>{freshness[of].word}</Tag>
)
