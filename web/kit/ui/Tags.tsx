import { dayOf, daysBetween, sayInstant } from '@plumbline/core/kit'
import type { Tier } from '@plumbline/core/workflow'
import type { ReactNode } from 'react'
import { useLegalNow } from '../session.tsx'

export type Tone = 'calm' | 'yellow' | 'red' | 'blue' | 'plain'

export function Tag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`tag ${tone}`}>{children}</span>
}

export const tierWords: Record<Tier, string> = { calm: '正常', yellow: '黄色提醒', red: '红色锁定' }

/** The tier, always with its word; `note` says more: 第 9 天. */
export function TierTag({ tier, note }: { tier: Tier; note?: string }) {
  return <Tag tone={tier}>{note ? `${tierWords[tier]} · ${note}` : tierWords[tier]}</Tag>
}

/** A state of a workflow by its label; blue while it waits for somebody, plain when it has ended. */
export function StateTag({ label, open = true }: { label: string; open?: boolean }) {
  return <Tag tone={open ? 'blue' : 'plain'}>{label}</Tag>
}

/** A deadline as the day it lasts to the end of, or null when it is a time within a day. A term ending at 00:00 ends with the day before. */
function wholeDay(due: string): string | null {
  if (due.length === 10) return due
  const lastMoment = new Date(Date.parse(due) - 1)
  return dayOf(lastMoment) === dayOf(new Date(due)) ? null : dayOf(lastMoment)
}

/** How a deadline stands at a moment, in words. A legal day lasts to its end; an instant is over once it has passed. */
export function sayDue(due: string, now: Date): { words: string; tone: Tone } {
  const day = wholeDay(due)
  const left = daysBetween(dayOf(now), day ?? dayOf(new Date(due)))
  if (left < 0) return { words: `逾期 ${-left} 天`, tone: 'red' }
  if (left > 0) return { words: `剩 ${left} 天`, tone: 'plain' }
  if (day) return { words: '今天到期', tone: 'yellow' }
  if (now.getTime() > Date.parse(due)) return { words: '已逾期', tone: 'red' }
  return { words: `今天 ${sayInstant(new Date(due)).slice(11)}`, tone: 'yellow' }
}

/** The deadline of something open, measured on the legal clock. */
export function DueBadge({ due }: { due: string | null | undefined }) {
  const now = useLegalNow()
  if (!due) return <span className="muted">无期限</span>
  const { words, tone } = sayDue(due, now)
  return (
    <span className="num" title={`期限 ${due.length === 10 ? due : sayInstant(new Date(due))}`}>
      <Tag tone={tone}>{words}</Tag>
    </span>
  )
}
