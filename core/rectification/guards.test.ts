import { describe, expect, test } from 'vitest'
import { actor, district, go, id, item, itemIds, notice, now, servedAt } from './testing.ts'

describe('the refusals say why', () => {
  test('an item elsewhere, unknown, or named twice', () => {
    const reply = (ids: string[], record = notice('fixing')) =>
      go(record, 'reply', actor('project_manager'), now, {
        items: ids.map((itemId) => ({ itemId, text: '已改', photos: [id(31)] })),
      })
    expect(reply([id(99)])).toMatchObject({ kind: 'unmet', rule: 'item_unknown' })
    expect(reply([itemIds[0], itemIds[0]])).toMatchObject({ kind: 'unmet', rule: 'item_twice' })
    const half = notice('fixing', { items: [item(0, 'replied'), item(1, 'fixing')] })
    expect(reply([itemIds[0]], half)).toMatchObject({ rule: 'item_not_with_unit', detail: { items: ['事项0'] } })
  })
  test('the step belongs to those with whom an item lies', () => {
    expect(go(notice('fixing'), 'countersign', actor('chief_engineer'))).toMatchObject({ rule: 'not_your_unit' })
    const half = notice('fixing', { items: [item(0, 'replied'), item(1, 'fixing')] })
    expect(go(half, 'countersign', actor('chief_engineer'))).toMatchObject({ ok: true, to: 'fixing' })
  })
  test('an officer of the district who is not assigned, a party before service', () => {
    const neighbour = actor('inspector', [`d:${district}`])
    expect(go(notice('confirmed'), 'review', neighbour)).toMatchObject({ kind: 'forbidden', rule: 'not_assigned' })
    expect(go(notice('closed'), 'reopen', neighbour)).toMatchObject({ kind: 'forbidden', rule: 'not_assigned' })
    expect(go(notice('issued'), 'acknowledge', actor('project_manager'))).toMatchObject({ kind: 'missing' })
  })
  test('closing an item whose ordered visit is older than the last reply', () => {
    const by = (at: string) => ({ personId: null, name: '监', at })
    const visited = (at: string, fixed = true) =>
      notice('confirmed', {
        items: [
          {
            ...item(0, 'confirmed'),
            visitOrdered: { reason: '须到场', by: by(servedAt) },
            visits: [{ at, fixed, note: '', photos: [], by: by(at) }],
          },
        ],
      })
    expect(go(visited('2026-11-21T01:59:59.999Z'), 'review', actor('inspector'))).toMatchObject({
      rule: 'visit_missing',
    })
    expect(go(visited(now, false), 'review', actor('inspector'))).toMatchObject({ rule: 'visit_missing' })
    expect(go(visited(now), 'review', actor('inspector'))).toMatchObject({ ok: true, to: 'closed' })
  })
})
