import type { WitnessLine } from '@plumbline/core/evidence'

type Problem = NonNullable<WitnessLine['problem']>

/** What keeps a witness from cosigning; `grave` where two histories were shown. */
export const problems: Record<Problem, { words: string; grave: boolean }> = {
  away: { words: '没有应答', grave: false },
  unknown_log: { words: '不认识本日志', grave: false },
  refused: { words: '拒绝联署', grave: false },
  holds_more: { words: '持有更长的日志', grave: true },
  other_root: { words: '持有不同的历史', grave: true },
}
