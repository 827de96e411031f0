import { describe, expect, test } from 'vitest'
import type { NoticeItem } from './schema.ts'
import { actor, go, late, notice } from './testing.ts'
import { noticeWorkflow as workflow } from './workflow.ts'

describe('the clock', () => {
  const before = (at: string) => new Date(Date.parse(at) - 1).toISOString()
  test.each([
    ['yellow', '2026-11-26T16:00:00.000Z'],
    ['lock', '2026-12-04T16:00:00.000Z'],
    ['warn', '2026-11-23T16:01:00.000Z'],
  ] as const)('%s comes at its hour and not a millisecond before', (action, at) => {
    expect(go(notice('fixing'), action, actor('system'), before(at))).toMatchObject({ kind: 'unmet', rule: 'not_due' })
    expect(go(notice('fixing'), action, actor('system'), at)).toMatchObject({ ok: true, to: 'fixing' })
  })
  test('a step of the clock silences itself', () => {
    for (const action of ['yellow', 'lock', 'warn'] as const) {
      const decision = go(notice('fixing'), action, actor('system'), late)
      if (!decision.ok) throw new Error(decision.rule)
      expect(workflow.head(decision.record).timers.map((timer) => timer.action)).not.toContain(action)
    }
  })
  test('an item that is returned past its hours is due when it comes back', () => {
    const returned = {
      countersign: null,
      review: { accept: false, reason: '未改', by: { personId: null, name: '监', at: late } },
    }
    const [one, other] = notice('replied').items as [NoticeItem, NoticeItem]
    const back = { ...one, state: 'fixing' as const, rounds: [{ ...one.rounds[0]!, ...returned }] }
    expect(workflow.head(notice('fixing', { items: [back, other] })).timers).toEqual(
      ['warn', 'yellow', 'lock'].map((action) => ({ action, at: late })),
    )
  })
})
