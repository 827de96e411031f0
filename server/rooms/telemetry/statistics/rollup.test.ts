import { addDays, startOf } from '@plumbline/core/kit'
import { meanOf, series } from '@plumbline/core/telemetry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Atlas, type Frame, hoursOfDays, openAtlas } from './testing.ts'

const minute = 60_000
const hour = 60 * minute
const iso = (at: number) => new Date(at).toISOString()

let atlas: Atlas
let monitor: string
/** Three days ago: all of it is over, its night too. */
let begins: number

interface Hour {
  hour: string
  span: string
  count: number
  normal: number
  mean: number | null
  min: number | null
  max: number | null
  valid: boolean
}
const hoursOf = (device: string, quantity: string) =>
  atlas.look<Hour>(`select * from telemetry.hour where device_id = $1 and quantity = $2 order by hour`, [
    device,
    quantity,
  ])
const dayOf = async (device: string, quantity: string, day: string) =>
  (
    await atlas.look<{
      hours: number
      mean: number
      valid: boolean
      day_mean: number | null
      night_mean: number | null
    }>(`select * from telemetry.day where device_id = $1 and quantity = $2 and day = $3`, [device, quantity, day])
  )[0]

/** Values that wander, and are not alike from hour to hour. */
const wander = (index: number) => Math.round((50 + 20 * Math.sin(index / 7) + (index % 11)) * 10) / 10

const frames: Frame[] = []
beforeAll(async () => {
  atlas = await openAtlas()
  begins = startOf(atlas.daysAgo(3)).getTime()
  monitor = await atlas.enter({ modelCode: 'dust-ug', projectId: atlas.cast.projectId }, begins)
  // By the minute for 32 hours; in the fourth hour the head is broken, in the sixth only 44 frames come, in the eighth 45.
  for (let index = 0; index < 32 * 60; index += 1) {
    const inHour = Math.floor(index / 60)
    if ((inHour === 5 && index % 60 >= 44) || (inHour === 7 && index % 60 >= 45) || inHour === 9) continue
    const broken = inHour === 3 && index % 60 < 30
    frames.push({
      at: begins + index * minute,
      values: {
        a34004: broken ? { value: 0, flag: 'D' } : wander(index),
        LA: wander(index * 3) + 10,
        a01008: (350 + index) % 360,
        a01007: 2,
      },
    })
  }
  await atlas.store(monitor, frames)
  // Means of five minutes beside the moments: of other values, so that counting them twice would show.
  const means = hoursOfDays(atlas.daysAgo(3), 1).flatMap((at) =>
    Array.from({ length: 12 }, (_, index): Frame => ({
      at: at + index * 5 * minute,
      span: 'm',
      values: { a34004: 500 },
    })),
  )
  await atlas.store(monitor, means)
  // What the device itself calls the mean of an hour and of a day.
  await atlas.store(monitor, [
    { at: begins, span: 'h', values: { a34004: 900 } },
    { at: begins, span: 'd', values: { a34004: 900 } },
  ])
  await atlas.rollAll()
}, 120_000)
afterAll(() => atlas.close())

describe('hours', () => {
  test('that are not over have no mean, and none is made before the last frame may have come', async () => {
    const now = Date.parse((await atlas.ctx()).now)
    const [mark] = await atlas.look<{ until: string }>('select until from telemetry.rolled')
    const grace = 10 * minute
    expect(Date.parse(mark!.until)).toBe(Math.floor((now - grace) / hour) * hour)
  })

  test('are what the plain computation of a series says of the moments', async () => {
    for (const [quantity, mean] of [
      ['a34004', 'arithmetic'],
      ['LA', 'energy'],
      ['a01008', 'direction'],
    ] as const) {
      const samples = frames.map(({ at, values }) => {
        const told = values[quantity]!
        return typeof told === 'number'
          ? { at, value: told, flag: 'N' }
          : { at, value: told.value, flag: told.flag ?? undefined }
      })
      const buckets = series(samples, begins, begins + 32 * hour, {
        widthSeconds: 3600,
        validShare: 0.75,
        expected: 60,
        mean,
      })
      const made = (await hoursOf(monitor, quantity)).filter(({ span }) => span === 'r')
      expect(made.map((one) => one.hour)).toEqual(
        buckets
          .filter(({ count, valid }) => count > 0 && (quantity !== 'a34004' || valid))
          .map(({ from }) => iso(from)),
      )
      for (const one of made) {
        const bucket = buckets.find(({ from }) => iso(from) === one.hour)!
        const { count, normal, min, max, valid } = bucket
        expect(one).toMatchObject({ count, normal, min, max, valid })
        expect(one.mean).toBeCloseTo(bucket.mean!, 6)
      }
    }
  })

  test('with 45 of 60 are valid, with 44 they are not, and a broken head is not normal', async () => {
    const made = await hoursOf(monitor, 'LA')
    const valid = (index: number) => made.find((one) => one.hour === iso(begins + index * hour))?.valid
    expect([valid(5), valid(7), valid(9)]).toEqual([false, true, undefined])
    const dust = await hoursOf(monitor, 'a34004')
    expect(dust.find((one) => one.hour === iso(begins + 3 * hour))).toMatchObject({ span: 'm', mean: 500 })
  })

  test('are made of moments or of means, never of both', async () => {
    const made = await hoursOf(monitor, 'a34004')
    expect(made.find((one) => one.hour === iso(begins))).toMatchObject({ span: 'r', count: 60 })
    // Where the moments were too few, the means that came beside them are valid.
    const spans = made.map((one) => `${(Date.parse(one.hour) - begins) / hour} ${one.span}`)
    expect(spans.filter((text) => text.endsWith('m'))).toEqual(['3 m', '5 m', '9 m'])
  })

  test('of a crane’s movements are not made', async () => {
    const crane = await atlas.enter({ modelCode: 'crane-gbt37366', projectId: atlas.cast.projectId }, begins)
    await atlas.store(crane, [{ at: begins, values: { round: 10, height: 20, windSpeed: 4 } }])
    await atlas.reopen(crane, [begins])
    await atlas.rollAll()
    expect(await atlas.look('select distinct quantity from telemetry.hour where device_id = $1', [crane])).toEqual([
      { quantity: 'windSpeed' },
    ])
  })
})

describe('days', () => {
  test('with fewer than twenty valid hours are not valid', async () => {
    // The second day has eight hours.
    expect(await dayOf(monitor, 'LA', atlas.daysAgo(2))).toMatchObject({ hours: 8, valid: false })
    expect(await dayOf(monitor, 'LA', atlas.daysAgo(3))).toMatchObject({ hours: 22, valid: true })
  })

  test('are the mean of their valid hours; of noise by energy, by day and by night', async () => {
    const noise = (from: number, until: number) =>
      hoursOfDays(atlas.daysAgo(3), 2)
        .slice(from, until)
        .flatMap((at) => {
          const values = frames
            .filter((one) => one.at >= at && one.at < at + hour)
            .map((one) => one.values['LA'] as number)
          return values.length >= 45 ? [meanOf(values, 'energy')!] : []
        })
    const made = (await dayOf(monitor, 'LA', atlas.daysAgo(3)))!
    expect(made.mean).toBeCloseTo(meanOf(noise(0, 24), 'energy')!, 6)
    expect(made.day_mean).toBeCloseTo(meanOf(noise(6, 22), 'energy')!, 6)
    // 22 to 6: the night ends on the next day.
    expect(made.night_mean).toBeCloseTo(meanOf(noise(22, 30), 'energy')!, 6)
    // Of the following night nothing was heard.
    expect((await dayOf(monitor, 'LA', atlas.daysAgo(2)))!.night_mean).toBeNull()
  })
})

describe('late data', () => {
  test('makes its hour and its day anew, once, and no other', async () => {
    const before = await dayOf(monitor, 'LA', atlas.daysAgo(2))
    const at = begins + 9 * hour
    await atlas.store(
      monitor,
      Array.from({ length: 60 }, (_, index) => ({ at: at + index * minute, values: { LA: 90 } })),
    )
    await atlas.reopen(monitor, [at])
    await atlas.rollAll()
    expect((await hoursOf(monitor, 'LA')).find((one) => one.hour === iso(at))).toMatchObject({ count: 60, valid: true })
    expect((await dayOf(monitor, 'LA', atlas.daysAgo(3)))!.hours).toBe(23)
    expect(await dayOf(monitor, 'LA', atlas.daysAgo(2))).toEqual(before)
    expect(await atlas.look('select * from telemetry.reopened')).toEqual([])
  })

  test('before the morning changes the night of the day before', async () => {
    const at = begins + 26 * hour
    const before = (await dayOf(monitor, 'LA', atlas.daysAgo(3)))!.night_mean!
    await atlas.store(
      monitor,
      Array.from({ length: 59 }, (_, index) => ({ at: at + index * minute + 30_000, values: { LA: 100 } })),
    )
    await atlas.reopen(monitor, [at])
    await atlas.rollAll()
    expect((await dayOf(monitor, 'LA', addDays(atlas.daysAgo(2), -1)))!.night_mean).toBeGreaterThan(before + 5)
  })
})

test('two who make the same hours make them once', async () => {
  const before = await atlas.look('select count(*), sum(count), round(sum(mean)::numeric, 6) from telemetry.hour')
  await atlas.look(`update telemetry.rolled set until = $1`, [iso(begins)])
  await Promise.all([atlas.rollAll(), atlas.rollAll()])
  expect(await atlas.look('select count(*), sum(count), round(sum(mean)::numeric, 6) from telemetry.hour')).toEqual(
    before,
  )
})

test('hours in which nobody was heard are nobody’s silence', async () => {
  const heard = await atlas.look<{ hour: string }>('select hour from telemetry.heard order by hour')
  expect(heard.map((one) => one.hour)).toEqual(Array.from({ length: 32 }, (_, index) => iso(begins + index * hour)))
})
