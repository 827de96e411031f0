import type { Inspection } from '@plumbline/core/inspection'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../../kit/api.ts'
import {
  acknowledged,
  begun,
  changed,
  failed,
  heard,
  isStale,
  mayBegin,
  mayRepeat,
  mineOver,
  opened,
  shown,
  statusOf,
} from './draft.ts'

const record = (revision: number, more: Partial<Inspection> = {}) =>
  ({ id: 'i', revision, weather: '', part: '', ...more }) as Inspection
const lost = new ApiError(0, 'network', 'network')
const stale = new ApiError(409, 'conflict', 'inspection_stale', { yours: 1, current: 2, by: '周若溪' })
const refused = new ApiError(422, 'unmet', 'deduction_out_of_range')
const typed = changed(opened(record(1)), { weather: '晴' })

describe('nothing typed is lost', () => {
  test('a save without an answer stays on its way, and is repeated as it was', () => {
    const sent = begun(typed, 'r1')
    const after = changed(failed(sent, lost), { part: '十层' })
    expect(mayRepeat(after)).toBe(true)
    expect(mayBegin(after)).toBe(false)
    expect(after.sending).toEqual({ requestId: 'r1', input: { weather: '晴', revision: 1 } })
    expect(shown(after)).toMatchObject({ weather: '晴', part: '十层' })
    expect(statusOf(after)).toBe('unreachable')
  })
  test('what a refused save carried is typed again, under what came later', () => {
    const sent = changed(begun(typed, 'r1'), { weather: '雨' })
    const after = failed(changed(sent, { part: '十层' }), refused)
    expect(after.changes).toEqual({ weather: '雨', part: '十层' })
    expect(mayBegin(after)).toBe(false)
    expect(mayBegin(changed(after, { part: '九层' }))).toBe(true)
  })
  test('a stale draft waits for a decision, however much is typed', () => {
    const after = changed(failed(begun(typed, 'r1'), stale), { part: '十层' })
    expect(isStale(after)).toBe(true)
    expect(mayBegin(after)).toBe(false)
    const again = mineOver(after, record(2, { weather: '阴', opinion: '对方写的' }))
    expect(mayBegin(again)).toBe(true)
    expect(shown(again)).toMatchObject({ weather: '晴', part: '十层', opinion: '对方写的' })
    expect(begun(again, 'r2').sending?.input.revision).toBe(2)
  })
  test('another device’s save is not taken over what is being typed', () => {
    expect(heard(typed, record(2))).toBe(typed)
    expect(heard(begun(typed, 'r1'), record(2)).base.revision).toBe(1)
  })
})

test('another device’s save is taken over when nothing is open here; an older one never', () => {
  expect(heard(opened(record(1)), record(2, { weather: '阴' })).base.weather).toBe('阴')
  expect(heard(opened(record(2)), record(1)).base.revision).toBe(2)
})

test('only what changed is sent', () => {
  const sent = begun(typed, 'r1')
  expect(sent.sending?.input).toEqual({ weather: '晴', revision: 1 })
  expect(statusOf(sent)).toBe('saving')
  expect(statusOf(acknowledged(sent, record(2, { weather: '晴' })))).toBe('saved')
})
