import { Device, DevicePassword, DeviceSettings, findModel, Mn } from '@plumbline/core/device'
import { lawOn } from '@plumbline/core/law'
import { findQuantity, meanOf } from '@plumbline/core/telemetry'
import { describe, expect, test } from 'vitest'
import { random } from '../county/index.ts'
import { eventsOf, makeCity, readingsOf, sayLabel, truthHash, valuesAt } from './index.ts'
import { county, deviceOf, from } from './testing.ts'

const ask = { seed: 7, sites: 60, devices: 480, days: 14, from, county }
const city = makeCity(ask)
const minute = 60_000
const day = 1440 * minute

test.each([
  ['no site', { sites: 0 }],
  ['more sites than a county has', { sites: 301 }],
  ['more devices than it was made for', { devices: 2001 }],
  ['half a day', { days: 0.5 }],
  ['a day that no calendar has', { from: '2026-02-30' }],
])('refuses %s', (_, wrong) => {
  expect(() => makeCity({ ...ask, ...wrong })).toThrow(RangeError)
})

describe('the same asking', () => {
  test('gives the same truth, and another seed another', () => {
    expect(truthHash(makeCity(ask))).toBe(truthHash(city))
    expect(truthHash(makeCity({ ...ask, seed: 8 }))).not.toBe(truthHash(city))
    expect(truthHash(makeCity({ ...ask, days: 15 }))).not.toBe(truthHash(city))
  })

  test('gives the same values in whatever order they are asked', () => {
    const again = makeCity(ask)
    const dice = random(1, 'order')
    const asked = Array.from({ length: 600 }, () => ({
      device: dice.int(0, city.devices.length - 1),
      at: city.start + dice.int(0, 14 * 1440 - 1) * minute,
    }))
    const said = asked.map(({ device, at }) => valuesAt(city, city.devices[device]!, at))
    const backwards = asked.toReversed().map(({ device, at }) => valuesAt(again, again.devices[device]!, at))
    expect(backwards.reverse()).toEqual(said)
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBeGreaterThan(200)
  })

  test('has one hash on every machine', () => {
    // Kept from the first run: a change of it is a change of every published report.
    expect(truthHash(makeCity({ seed: 7, sites: 4, devices: 30, days: 3, from, county }))).toMatchInlineSnapshot(
      `"5434ba04acf99cde42cfbf7f709d6603068cd93138adbe097933a491c56d8663"`,
    )
  })

  test('says its truth in order, one line each', () => {
    const lines = city.truth.map(sayLabel)
    expect(lines).toEqual(lines.toSorted((a, b) => (a.slice(0, 24) < b.slice(0, 24) ? -1 : 0)))
    expect(new Set(lines).size).toBe(lines.length)
    for (const label of city.truth) {
      expect(label.until).toBeGreaterThan(label.from)
      expect(label.from).toBeGreaterThanOrEqual(city.start)
      expect(label.from).toBeLessThan(city.until)
    }
  })
})

describe('the devices', () => {
  test('can be entered in the register as they are', () => {
    const numbers = new Set(city.devices.map(({ number }) => number))
    expect(numbers.size).toBe(480)
    for (const { number, password, kind, modelCode, project, settings, opens, name } of city.devices) {
      expect(Mn.parse(number)).toHaveLength(24)
      DevicePassword.parse(password)
      DeviceSettings.parse(settings)
      Device.shape.kind.parse(kind)
      expect(findModel(modelCode)?.kind).toBe(kind)
      expect(county.projects.some(({ key }) => key === project)).toBe(true)
      expect(name.length).toBeGreaterThan(2)
      if (kind === 'dust') expect(numbers.has(opens ?? '')).toBe(true)
    }
  })

  test('are of all fourteen kinds, and some of them lie in each of the fifteen ways', () => {
    expect(new Set(city.devices.map(({ kind }) => kind)).size).toBe(14)
    const ways = city.truth.flatMap((label) => (label.kind === 'cheat' ? [label.detail.cheat] : []))
    expect(new Set(ways).size).toBe(15)
    const liars = new Set(city.truth.filter(({ kind }) => kind === 'cheat').map((label) => label.deviceId))
    expect(liars.size).toBeLessThan(city.devices.length / 8)
  })

  test('fill a county of three hundred sites and two thousand devices', () => {
    const whole = makeCity({ ...ask, sites: 300, devices: 2000, days: 2 })
    expect([whole.sites.length, whole.devices.length]).toEqual([300, 2000])
    expect(whole.devices.filter(({ kind }) => kind === 'dust').length).toBeGreaterThanOrEqual(300)
    expect(new Set(whole.sites.map(({ name }) => name)).size).toBe(300)
  })
})

describe('the values', () => {
  const everyKind = [...Map.groupBy(city.devices, ({ kind }) => kind).values()].map((list) => list.slice(0, 3)).flat()

  test.each(everyKind.map((device) => [device.kind, device.number, device] as const))(
    '%s %s says what its model promises, within what is taken for a measurement',
    (_kind, _number, device) => {
      const model = findModel(device.modelCode)!
      const bases = new Set(device.quantities.map((quantity) => quantity.split('@')[0]))
      for (const { code } of model.quantities) expect(bases.has(code), code).toBe(true)
      for (const frame of readingsOf(city, device, city.start, city.until, 1730))
        for (const [i, quantity] of device.quantities.entries()) {
          const { low, high } = findQuantity(quantity)!
          const value = frame.values[i]!
          expect(value >= low && value <= high, `${quantity} ${value}`).toBe(true)
        }
    },
  )

  test('of dust: finer particles are part of coarser ones', () => {
    for (const device of city.devices.filter(({ kind }) => kind === 'dust').slice(0, 6))
      for (const { values } of readingsOf(city, device, city.start, city.until, 900, { honest: true, means: true })) {
        expect(values[1]!).toBeGreaterThan(values[0]!)
        expect(values[2]!).toBeGreaterThan(values[1]!)
      }
  })

  test('of noise: nights are quieter than working hours', () => {
    const honest = city.devices.filter(({ kind, cheater }) => kind === 'dust' && cheater === null).slice(0, 8)
    for (const device of honest) {
      const level = (hour: number) =>
        valuesAt(city, device, city.start + 4 * day + hour * 3_600_000, { seconds: 1800 })!['LA']!
      expect(level(3)).toBeLessThan(level(10))
    }
  })

  test('of five minutes are the means that the platform makes of the minutes', () => {
    const device = city.devices.find(({ kind, cheater, faults }) => kind === 'dust' && !cheater && !faults.length)!
    for (let at = city.start; at < city.start + day; at += 47 * 5 * minute) {
      const minutes = [0, 1, 2, 3, 4].map((i) => valuesAt(city, device, at + i * minute)!)
      const five = valuesAt(city, device, at, { seconds: 300 })!
      for (const quantity of device.quantities) {
        const mean = meanOf(
          minutes.map((one) => one[quantity]!),
          findQuantity(quantity)!.mean,
        )!
        const apart = Math.abs(five[quantity]! - mean)
        expect(Math.min(apart, Math.abs(apart - 360)), quantity).toBeLessThanOrEqual(quantity === 'a01008' ? 1 : 0.0501)
      }
    }
  })

  test('of counters never fall', () => {
    for (const device of city.devices.filter(({ kind }) => kind === 'meter').slice(0, 6)) {
      const at = device.quantities.findIndex((quantity) => quantity === 'electricity' || quantity === 'water')
      let last = 0
      for (const { values } of readingsOf(city, device, city.start, city.until, 700)) {
        expect(values[at]!).toBeGreaterThanOrEqual(last)
        last = values[at]!
      }
    }
  })

  test('of a crane: moment is load times radius, as its plate has it', () => {
    const crane = city.devices.find(({ kind, cheater }) => kind === 'crane' && cheater === null)!
    const { moment = NaN } = crane.settings.rated
    for (const { values } of readingsOf(city, crane, city.start, city.start + 2 * day, 37)) {
      const [percent, , lifted, , radius] = values
      expect(Math.abs(percent! - (lifted! * 9.80665 * radius! * 100) / moment)).toBeLessThan(0.6)
    }
  })

  test('of a turnstile are those who went in and not out', () => {
    const turnstile = city.devices.find(({ kind, cheater }) => kind === 'turnstile' && cheater === null)!
    const events = [...eventsOf(city, turnstile, city.start, city.until)]
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b))
    for (let at = city.start; at < city.until; at += 53 * minute) {
      const passed = events.filter((event) => event.kind === 'passage' && event.at <= at)
      const inside = passed.reduce(
        (sum, one) => sum + (one.kind === 'passage' && one.body.direction === 'in' ? 1 : -1),
        0,
      )
      expect(valuesAt(city, turnstile, at)).toEqual({ peopleInside: inside })
    }
  })
})

describe('five hundred small cities', () => {
  const hashes = new Set<string>()
  const limit = lawOn(from, county.region).number('dust.pm25.spray_above')

  test('are all different, and each keeps its word', () => {
    for (let seed = 0; seed < 500; seed++) {
      const small = makeCity({ seed, sites: 6, devices: 36, days: 3, from, county })
      hashes.add(truthHash(small))
      const dice = random(seed, 'test')
      for (const label of small.truth) expect(deviceOf(small, label).project).toMatch(/^project:/)
      for (let i = 0; i < 12; i++) {
        const device = small.devices[dice.int(0, 35)]!
        const at = small.start + dice.int(0, 3 * 1440 - 1) * minute
        const said = valuesAt(small, device, at, { honest: true })!
        expect(Object.values(said).every(Number.isFinite)).toBe(true)
        if (device.kind !== 'dust' || device.faults.length > 0) continue
        const labelled = small.truth.some(
          ({ deviceId, detail, from: begun, until }) =>
            deviceId === device.number &&
            'quantity' in detail &&
            detail.quantity === 'a34004' &&
            begun <= at &&
            at < until,
        )
        expect(said['a34004']! > limit).toBe(labelled)
      }
    }
    expect(hashes.size).toBe(500)
  })
})
