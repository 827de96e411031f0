import type { CredibilityDay } from '@plumbline/core/telemetry'
import { Tag } from '../../../kit/ui/index.ts'
import './credibility.css'

/** 可疑, in amber: a doubt, and no finding of fault. */
export const SuspectTag = () => <Tag tone="yellow">可疑</Tag>

/** Beside values that are doubted: the word, and the reasons of what weighs most. */
export function Doubted({ day }: { day: Pick<CredibilityDay, 'findings'> }) {
  const heaviest = day.findings.toSorted((a, b) => b.weight - a.weight)[0]
  if (!heaviest) return null
  return (
    <p className="credibility-note tiny">
      <SuspectTag />
      <span>
        {heaviest.title}：{heaviest.reasons.join('；')}。不作为处罚依据。
      </span>
    </p>
  )
}
