import { describe, expect, test } from 'vitest'
import { assignedKey, districtKeys, partyKeys, postKey } from '../access/index.ts'
import { isOpen, openSteps, waitsOf } from '../workflow/index.ts'
import { actor, contractor, district, go, item, late, notice, owner, project, supervision } from './testing.ts'
import { noticeWorkflow as workflow } from './workflow.ts'

describe('what follows from the record', () => {
  test('a unit without a supervisor answers the officers directly', () => {
    const record = notice('fixing', { supervisionId: null, supervisionName: null })
    expect(go(record, 'reply', actor('project_manager'))).toMatchObject({ ok: true, to: 'confirmed' })
  })
  test('a notice to the supervision unit is answered by its chief engineer and not countersigned by himself', () => {
    const record = notice('fixing', { orgId: supervision, orgRole: 'supervision' })
    expect(go(record, 'reply', actor('chief_engineer'))).toMatchObject({ ok: true, to: 'confirmed' })
  })
  test('reach before and after service', () => {
    const own = [...districtKeys(district), assignedKey(project)]
    const copies = [contractor, supervision, owner].flatMap((org) => partyKeys(project, org))
    expect(workflow.head(notice('issued')).reach).toEqual(own)
    expect(workflow.head(notice('fixing')).reach).toEqual([...own, ...copies])
  })
  test('the inbox of a half-answered notice: the unit, and the engineer who has something to confirm', () => {
    const half = notice('fixing', { items: [item(0, 'replied'), item(1, 'fixing')] })
    const keys = waitsOf(workflow, half)
    expect(keys).toContain(`w:project_manager@${postKey(project, contractor)}`)
    expect(keys).toContain(`w:chief_engineer@${postKey(project, supervision)}`)
    expect(keys.filter((key) => key.startsWith('w:inspector'))).toEqual([])
    expect(openSteps(workflow, half, actor('chief_engineer')).map(({ action }) => action)).toEqual(['countersign'])
  })
  test('timers: the next warning and both rungs; none while everything waits for the bureau', () => {
    expect(workflow.head(notice('fixing')).timers).toEqual([
      { action: 'warn', at: '2026-11-23T16:01:00.000Z' },
      { action: 'yellow', at: '2026-11-26T16:00:00.000Z' },
      { action: 'lock', at: '2026-12-04T16:00:00.000Z' },
    ])
    expect(workflow.head(notice('confirmed')).timers).toEqual([])
    expect(workflow.head(notice('fixing', { tier: 'red' })).timers).toEqual([
      { action: 'warn', at: '2026-11-23T16:01:00.000Z' },
    ])
  })
  test('reopened, the ladder keeps its day of service: both rungs are due at once when it has passed', () => {
    const decision = go(notice('closed'), 'reopen', actor('chief'), late)
    if (!decision.ok) throw new Error(decision.rule)
    const { timers, due } = workflow.head(decision.record)
    expect(timers).toEqual(['warn', 'yellow', 'lock'].map((action) => ({ action, at: late })))
    expect(due).toBe('2026-11-23T16:00:00.000Z')
    expect(isOpen(workflow, decision.record)).toBe(true)
  })
})
