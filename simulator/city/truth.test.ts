import { lawOn } from '@plumbline/core/law'
import { expect, test } from 'vitest'
import { type CheatKind, clockError, makeCity, readingsOf, sendingsOf, truthHash, valuesAt } from './index.ts'
import { county, deviceOf, from, isPassed, momentsOf } from './testing.ts'

const city = makeCity({ seed: 7, sites: 90, devices: 700, days: 21, from, county })
const law = lawOn(from, county.region)
const minute = 60_000

/** Whether the instrument was broken then: its frames are marked and carry nothing. */
const broken = (number: string, at: number): boolean =>
  city.truth.some(
    ({ kind, deviceId, detail, from: begun, until }) =>
      kind === 'fault' &&
      deviceId === number &&
      'fault' in detail &&
      detail.fault === 'sensor' &&
      begun <= at &&
      at < until,
  )

test('a label of another truth is another hash', () => {
  const [first, ...rest] = city.truth
  const moved = { ...first!, until: first!.until + 1000 }
  expect(truthHash({ truth: [moved, ...rest] })).not.toBe(truthHash(city))
  expect(truthHash({ truth: rest })).not.toBe(truthHash(city))
})

test('there is something of everything', () => {
  const causes = new Set(city.truth.filter(isPassed).map(({ detail }) => detail.cause))
  for (const cause of ['earthwork', 'night_pour', 'overload', 'settlement', 'heating_stuck', 'intruder'] as const)
    expect(causes).toContain(cause)
  expect(new Set(city.truth.map(({ kind }) => kind))).toEqual(
    new Set(['exceedance', 'danger', 'cheat', 'cut', 'fault']),
  )
})

test('what is labelled lies beyond its limit, every moment of it, and is told so unless a cheat hides it', () => {
  for (const label of city.truth.filter(isPassed)) {
    const device = deviceOf(city, label)
    const { quantity, limit, floor, hiddenBy } = label.detail
    const below = floor < limit
    const moments = momentsOf({ from: label.from, until: Math.min(label.until, city.until) }, 7)
    for (const at of moments) {
      if (broken(device.number, at)) continue
      const all = [valuesAt(city, device, at, { honest: true })!]
      if (hiddenBy === null) all.push(valuesAt(city, device, at)!)
      for (const values of all) {
        const value = values[quantity]!
        expect(below ? value < limit : value >= limit, `${device.kind} ${quantity} ${value} / ${limit}`).toBe(true)
        expect(below ? value <= floor : value >= floor - 0.051).toBe(true)
      }
    }
  }
})

test.each([
  ['dust', 'a34004', 'dust.pm25.spray_above'],
  ['dust', 'a34002', 'dust.pm10.mean_above'],
  ['dust', 'a01007', 'lifting.wind.warn'],
  ['crane', 'momentPercent', 'lifting.moment.warn'],
  ['crane', 'loadPercent', 'lifting.load.warn'],
  ['crane', 'windSpeed', 'lifting.wind.warn'],
  ['crane', 'dipAngleX', 'lifting.tilt.warn'],
  ['hoist', 'loadPercent', 'hoist.load.warn'],
] as const)('the honest %s passes no limit of %s outside of what is labelled', (kind, quantity, rule) => {
  const limit = law.number(rule)
  let looked = 0
  for (const device of city.devices.filter((one) => one.kind === kind).slice(0, 10)) {
    const labels = city.truth.filter((one) => one.deviceId === device.number && (isPassed(one) || one.kind === 'cheat'))
    const at = device.quantities.indexOf(quantity)
    for (const frame of readingsOf(city, device, city.start, city.until, 140, { honest: true })) {
      if (frame.values[at]! < limit) continue
      expect(labels.some((one) => one.from <= frame.at && frame.at < one.until)).toBe(true)
      looked += 1
    }
  }
  if (quantity !== 'dipAngleX') expect(looked).toBeGreaterThan(0)
})

test('honest noise keeps the limit of the hour outside of what is labelled', () => {
  const night = (at: number) => {
    const hour = Math.floor(((at - city.start) / 3_600_000) % 24)
    return hour >= law.number('noise.night_begins') || hour < law.number('noise.day_begins')
  }
  for (const device of city.devices.filter(({ kind }) => kind === 'dust').slice(0, 10)) {
    const labels = city.truth.filter(
      (one) => one.deviceId === device.number && isPassed(one) && one.detail.quantity === 'LA',
    )
    for (const { at, values } of readingsOf(city, device, city.start, city.until, 300, { honest: true, means: true }))
      if (values[3]! > law.number(night(at) ? 'noise.night' : 'noise.day'))
        expect(labels.some((one) => one.from <= at && at < one.until)).toBe(true)
  }
})

test('a pit settles slower than its papers allow, and what is labelled never comes back', () => {
  for (const device of city.devices.filter(({ kind }) => kind === 'pit')) {
    const perDay = device.settings.limits.find(({ quantity }) => quantity === 'subside')!.ratePerDay!
    const days = Array.from({ length: city.days }, (_, i) =>
      valuesAt(city, device, city.start + i * 1440 * minute, { honest: true })!,
    )
    for (const [i, values] of days.entries())
      if (
        i > 0 &&
        !broken(device.number, city.start + i * 1440 * minute) &&
        !broken(device.number, city.start + (i - 1) * 1440 * minute)
      )
        expect(Math.abs(values['subside@S1']! - days[i - 1]!['subside@S1']!)).toBeLessThan(0.7 * perDay)
  }
})

test('every way of cheating changes what is told while it lasts, and nothing before or after', () => {
  const unseen = new Set<CheatKind>()
  for (const device of city.devices.filter(({ cheats }) => cheats.length > 0)) {
    const spans = city.truth.filter((one) => one.deviceId === device.number && one.kind === 'cheat')
    let changed = false
    for (let at = city.start; at < city.until; at += 35 * minute) {
      const told = valuesAt(city, device, at, { seconds: 300 })
      const honest = valuesAt(city, device, at, { seconds: 300, honest: true })
      const within = spans.some((one) => one.from <= at && at < one.until)
      const wrongHour = Math.abs(clockError(device, (at - city.start) / 1000)) > 60 * minute
      if (!within) expect(told).toEqual(honest)
      changed ||= within && (wrongHour || JSON.stringify(told) !== JSON.stringify(honest))
    }
    if (!changed) unseen.add(device.cheater!)
  }
  expect([...unseen]).toEqual([])
})

test('what a cut holds back is sent when it has ended, once, in order, and nothing is lost', () => {
  const devices = city.devices.filter(({ cuts }) => cuts.length > 1).slice(0, 25)
  const until = city.start + 4 * 1440 * minute
  const sent = new Map<string, number[]>()
  let last = 0
  let late = 0
  for (const { device, at, sentAt, stored } of sendingsOf(city, city.start, until, 300, { devices })) {
    const moments = sent.get(device.number) ?? []
    sent.set(device.number, [...moments, at])
    const second = (sentAt - city.start) / 1000
    expect(device.cuts.some((cut) => cut.from <= second && second < cut.until)).toBe(false)
    expect(sentAt).toBeGreaterThanOrEqual(at + 300_000)
    if (sentAt <= until) {
      expect(sentAt).toBeGreaterThanOrEqual(last)
      last = sentAt
    }
    if (stored) late += 1
    else expect(sentAt).toBe(at + 300_000)
  }
  expect(late).toBeGreaterThan(10)
  for (const device of devices) {
    const all = Array.from(readingsOf(city, device, city.start, until, 300, { means: true }), ({ at }) => at)
    expect(sent.get(device.number)).toEqual(all)
  }
})

test('a clock that has been set is right again, unless it lies', () => {
  for (const device of city.devices) {
    const wrong = device.faults.find(({ fault }) => fault === 'clock')
    if (wrong) {
      expect(Math.abs(clockError(device, wrong.from + 60))).toBeGreaterThan(5 * minute)
      expect(Math.abs(clockError(device, wrong.from + 120, wrong.from + 60))).toBeLessThan(2000)
    }
    const lie = device.cheats.find(({ cheat }) => cheat === 'clock_drift')
    if (lie) expect(Math.abs(clockError(device, lie.from + 120, lie.from + 60))).toBeGreaterThan(60 * minute)
  }
})
