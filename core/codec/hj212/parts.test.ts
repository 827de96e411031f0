import { expect, test } from 'vitest'
import { bytesOf } from './bytes.ts'
import { getCaptured } from './captures/captured.ts'
import { chanceOf } from './captures/made.ts'
import { decode } from './decode.ts'
import { openParts, type PartsLimits } from './parts.ts'

const limits: PartsLimits = { uploads: 100, uploadsOfOne: 4, keptMillis: 60_000 }
const dataTime = Date.parse('2025-11-20T09:00:00+08:00')
const mn = '330482A89000160000000001'

const part = (pnum: number | string, pno: number | string, { of = 'A1', time = '20251120090000', flag = 7 } = {}) =>
  decode(bytesOf(`ST=39;CN=2061;MN=${of};Flag=${flag};PNUM=${pnum};PNO=${pno};CP=&&DataTime=${time};LA-Avg=1&&`))

test('numbers that cannot be are told and remembered nowhere', () => {
  const parts = openParts(limits)
  for (const [pnum, pno] of [
    [2, 0],
    [2, 3],
    [0, 0],
    [0, 1],
    [10_000, 1],
    ['x', 1],
    [2, ''],
    ['', ''],
  ] as const) {
    expect(parts.note(part(pnum, pno), 0), `${pno} of ${pnum}`).toEqual({ kind: 'malformed' })
  }
  expect(parts.note(decode(bytesOf('ST=39;CN=2061;Flag=7;PNUM=2;PNO=1;CP=&&&&')), 0)).toEqual({ kind: 'malformed' })
  expect(parts.size).toBe(0)
})

test('a frame that says it is not split is whole, whatever its numbers', () => {
  const parts = openParts(limits)
  expect(parts.note(part(2, 1, { flag: 5 }), 0)).toEqual({ kind: 'whole' })
  expect(parts.size).toBe(0)
})

test('the captured parts make one upload, in either order, and their repeats are known', () => {
  const [first, second] = ['f10', 'f11'].map((name) => {
    const frame = getCaptured(name)
    return decode(frame, 6, frame.length - 6)
  })
  const parts = openParts(limits)
  expect(parts.note(second!, 0)).toEqual({ kind: 'part', pno: 2, pnum: 2, have: 1, repeated: false })
  expect(parts.note(second!, 1)).toEqual({ kind: 'part', pno: 2, pnum: 2, have: 1, repeated: true })
  expect(parts.note(first!, 2)).toEqual({ kind: 'part', pno: 1, pnum: 2, have: 2, repeated: false })
  expect(parts.note(second!, 3)).toEqual({ kind: 'part', pno: 2, pnum: 2, have: 2, repeated: true })
  expect(parts.takeOverdue(3 + 60_000)).toEqual([])
  expect(parts.size).toBe(0)
})

test('a part that never comes is told once its time is over, and not before', () => {
  const parts = openParts(limits)
  const frame = getCaptured('f11')
  parts.note(decode(frame, 6, frame.length - 6), 1_000)
  expect(parts.takeOverdue(60_999)).toEqual([])
  expect(parts.takeOverdue(61_000)).toEqual([{ mn, cn: '2061', dataTime, pnum: 2, have: 1, missing: [1] }])
  expect(parts.takeOverdue(61_000)).toEqual([])
})

test('other times, commands and devices are other uploads', () => {
  const parts = openParts(limits)
  parts.note(part(2, 1), 0)
  expect(parts.note(part(2, 2, { of: 'A2' }), 0)).toMatchObject({ have: 1 })
  expect(parts.note(part(2, 2, { time: '20251120100000' }), 0)).toMatchObject({ have: 1 })
  expect(parts.note(part(2, 2), 0)).toMatchObject({ have: 2 })
  expect(parts.size).toBe(3)
})

test('a device that counts its parts anew begins anew', () => {
  const parts = openParts(limits)
  parts.note(part(3, 2), 0)
  const noted = parts.note(part(4, 2), 0)
  expect(noted).toMatchObject({ pnum: 4, have: 1, repeated: false, gaveWay: { pnum: 3, have: 1, missing: [1, 3] } })
  expect(parts.size).toBe(1)
})

test('thousands of parts: the missing ones are named up to sixteen', () => {
  const parts = openParts(limits)
  for (let pno = 1; pno <= 9_999; pno += 2) parts.note(part(9_999, pno), 0)
  const [missing] = parts.takeOverdue(60_000)
  expect(missing).toMatchObject({ pnum: 9_999, have: 5_000 })
  expect(missing!.missing).toEqual(Array.from({ length: 16 }, (_, index) => 2 * index + 2))
})

test('the memory has an end: of one device the oldest gives way, and no device drives out another before all is full', () => {
  const parts = openParts({ ...limits, uploads: 6 })
  parts.note(part(2, 1, { of: 'B' }), 0)
  for (let minute = 10; minute < 60; minute += 1) {
    const noted = parts.note(part(2, 1, { time: `202511200900${minute}` }), minute)
    if (minute < 14) expect(noted).not.toHaveProperty('gaveWay')
    else expect(noted).toMatchObject({ gaveWay: { mn: 'A1', missing: [2] } })
  }
  expect(parts.size).toBe(5)
  expect(parts.note(part(2, 2, { of: 'B' }), 60)).toMatchObject({ have: 2 })
  parts.note(part(2, 1, { of: 'C' }), 60)
  // B is oldest and whole: it gives way without a word.
  expect(parts.note(part(2, 1, { of: 'D' }), 60)).not.toHaveProperty('gaveWay')
  expect(parts.size).toBe(6)
})

test('whatever comes, the memory stays within its bounds and counts each part once', () => {
  const chance = chanceOf(50)
  const parts = openParts({ uploads: 10, uploadsOfOne: 3, keptMillis: 1_000 })
  for (let at = 0; at < 20_000; at += 1) {
    const of = `M${chance(8)}`
    const noted = parts.note(part(chance(5), chance(6), { of, time: `2025112009000${chance(6)}` }), at)
    if (noted.kind === 'part') expect(noted.have).toBeLessThanOrEqual(noted.pnum)
    expect(parts.size).toBeLessThanOrEqual(10)
    if (chance(500) === 0) for (const { have, pnum } of parts.takeOverdue(at)) expect(have).toBeLessThan(pnum)
  }
  parts.takeOverdue(30_000)
  expect(parts.size).toBe(0)
})
