import { describe, expect, test } from 'vitest'
import type { Capacity } from '../access/index.ts'
import { NoticeState } from './schema.ts'
import { type Action, actor, go, keysOf, late, notice } from './testing.ts'
import { noticeWorkflow as workflow } from './workflow.ts'

describe('every step from every state', () => {
  const served = ['fixing', 'replied', 'confirmed'] as const
  const allowed: [Action, (NoticeState | null)[], Capacity[], (from: NoticeState | null) => NoticeState][] = [
    ['draft', [null], ['inspector'], () => 'draft'],
    ['amend', ['draft'], ['inspector'], () => 'draft'],
    ['discard', ['draft'], ['inspector'], () => 'withdrawn'],
    ['issue', ['draft'], ['inspector'], () => 'issued'],
    ['serve', ['issued'], ['inspector'], () => 'fixing'],
    ['acknowledge', [...served, 'accepted'], ['project_manager', 'safety_officer'], (from) => from!],
    ['reply', ['fixing'], ['project_manager', 'safety_officer'], () => 'replied'],
    ['countersign', ['replied'], ['chief_engineer'], () => 'confirmed'],
    ['review', ['confirmed'], ['inspector'], () => 'closed'],
    ['extend', [...served], ['inspector'], (from) => from!],
    ['order_visit', [...served], ['inspector'], (from) => from!],
    ['visit', [...served], ['inspector'], (from) => from!],
    ['recommend', ['accepted'], ['chief_engineer'], () => 'accepted'],
    ['resume', ['accepted'], ['inspector'], () => 'closed'],
    ['withdraw', ['draft', 'issued', ...served, 'accepted'], ['chief'], () => 'withdrawn'],
    ['reopen', ['closed'], ['inspector', 'chief'], () => 'fixing'],
    ['warn', ['fixing'], ['system'], (from) => from!],
    ['yellow', ['fixing', 'replied'], ['system'], (from) => from!],
    ['lock', ['fixing', 'replied'], ['system'], (from) => from!],
  ]
  const actors = Object.keys(keysOf) as Capacity[]
  test('the list names every step', () => {
    expect(allowed.map(([action]) => action).sort()).toEqual(Object.keys(workflow.steps).sort())
  })
  for (const [action, from, by, to] of allowed)
    for (const state of [null, ...NoticeState.options])
      test(`${state} + ${action} -> ${from.includes(state) ? `${to(state)} by ${by.join(', ')}` : 'refused'}`, () => {
        for (const capacity of actors) {
          const decision = go(notice(state), action, actor(capacity), late)
          if (from.includes(state) && by.includes(capacity))
            expect(decision, capacity).toMatchObject({ ok: true, to: to(state) })
          else expect(decision, capacity).toMatchObject({ ok: false })
          // What the table itself forbids is never left to a guard; the clock alone may ring for nothing.
          if (!decision.ok && capacity !== 'system')
            expect(['missing', 'forbidden', 'conflict'], capacity).toContain(decision.kind)
        }
      })
})
