import { DevicePassword, findModel, isActuator, Mn } from '@plumbline/core/device'
import { expect, test } from 'vitest'
import frame from '../../demo/frame-device.json' with { type: 'json' }
import { makeActuators, valuesAt } from '../city/index.ts'
import { distanceMeters } from '@plumbline/core/kit'
import { makeCounty } from '../county/index.ts'
import { isSilent, livingCounty } from './county.ts'

const county = makeCounty(7, '2026-11-20')
const seenAt = Date.parse('2026-11-20T01:00:00Z')
const seen = { seenAt, historyDays: 42 }
const city = livingCounty(county, seen)
const { devices } = city
const { sewageWorks, apartments, garden } = county.demo.projects
const minute = 60_000

test('another seed has other passwords under the same numbers', () => {
  const other = livingCounty(makeCounty(8, '2026-11-20'), seen).devices
  const pairs = devices.flatMap((device) => {
    const twin = other.find(({ number }) => number === device.number)
    return twin && !isSilent(device) ? [[device.password, twin.password]] : []
  })
  expect(pairs.length).toBeGreaterThan(40)
  expect(pairs.filter(([own, twin]) => own === twin)).toEqual([])
})

test('numbers are of the form and unlike, models exist, and a monitor opens a sprayer of its own site or none', () => {
  expect(new Set(devices.map(({ number }) => number)).size).toBe(devices.length)
  for (const [place, { index, number, password, modelCode, kind, opens, project }] of devices.entries()) {
    expect(index).toBe(place)
    expect(Mn.parse(number)).toHaveLength(24)
    expect(DevicePassword.parse(password)).toHaveLength(6)
    expect(findModel(modelCode)?.kind).toBe(kind)
    const sprayer = devices.find((one) => one.number === opens)
    expect(sprayer && [sprayer.kind, sprayer.project]).toEqual(opens === null ? undefined : ['sprayer', project])
  }
  expect(devices.filter(({ kind, opens }) => kind === 'dust' && opens === null).map(({ project }) => project)).toEqual([
    garden,
  ])
})

test('every kind of device stands somewhere, and one is silent: that of the frame command, on the main site', () => {
  expect(new Set(devices.map(({ kind }) => kind)).size).toBe(14)
  expect(devices.filter(isSilent)).toMatchObject([{ number: frame.mn, password: frame.pw, project: sewageWorks }])
})

test('the county is calm: no other monitor reaches 75 in a week, nor any other crane 90 %', () => {
  for (const device of devices) {
    const quantity = device.kind === 'dust' ? 'a34004' : device.kind === 'crane' ? 'momentPercent' : null
    if (!quantity || (device.kind === 'dust' ? device.project === garden : device.project === apartments)) continue
    for (let at = city.start; at < city.start + 7 * 1440 * minute; at += 11 * minute) {
      const value = valuesAt(city, device, at, { honest: true })![quantity]!
      expect(value).toBeLessThan(device.kind === 'dust' ? 75 : 90)
    }
  }
})

test('within two hours of being seen a crane passes 90 %, by day and by night; within ten minutes the pit its warning', () => {
  for (const hour of [1, 17]) {
    const at = Date.parse('2026-11-20T00:00:00Z') + hour * 3_600_000
    const living = livingCounty(county, { seenAt: at, historyDays: 42 })
    const on = (project: string, kind: string) =>
      living.devices.find((one) => one.project === project && one.kind === kind)!
    const most = (minutes: number, of: () => [string, string], quantity: string, step: number) => {
      const device = on(...of())
      let highest = 0
      for (let t = at; t < at + minutes * minute; t += step)
        highest = Math.max(highest, valuesAt(living, device, t, { honest: true })![quantity]!)
      return highest
    }
    expect(most(120, () => [apartments, 'crane'], 'momentPercent', 10_000)).toBeGreaterThanOrEqual(90)
    expect(most(7, () => [garden, 'pit'], 'subside@S1', minute)).toBeLessThan(14)
    expect(most(10, () => [garden, 'pit'], 'subside@S1', minute)).toBeGreaterThanOrEqual(14)
  }
})

test('a truck that is sent comes, sprays, and settles the dust of that site alone', () => {
  const actuators = makeActuators(city)
  const truck = devices.find(({ kind, project }) => kind === 'water_truck' && project === sewageWorks)!
  const site = city.sites.find(({ project }) => project === garden)!
  const order = { id: 'a', on: true, validTo: seenAt + minute, maxRunSeconds: 1800, to: site.point }
  expect(actuators.order(truck, { ...order, id: 'late' }, seenAt + 2 * minute)).toMatchObject([{ say: 'refused' }])
  const { to: _, ...nowhere } = { ...order, id: 'nowhere' }
  expect(actuators.order(truck, nowhere, seenAt)).toMatchObject([{ say: 'refused' }])
  const [, executed] = actuators.order(truck, order, seenAt)
  expect(executed!.at - seenAt).toBeGreaterThan(minute)
  const during = (executed!.at - city.start) / 1000 + 1200
  expect(actuators.wettedFor!(site, during)).toBe(1200)
  expect(
    actuators.wettedFor!(
      city.sites.find(({ project }) => project === apartments)!,
      during,
    ),
  ).toBe(0)
  const dust = devices.find(({ kind, project }) => kind === 'dust' && project === garden)!
  const at = executed!.at + 1200_000
  const dry = valuesAt(city, dust, at, { honest: true })!['a34004']!
  expect(valuesAt(city, dust, at, { honest: true, effects: actuators })!['a34004']!).toBeLessThan(dry)
})

test('a truck that is called back turns round', () => {
  const actuators = makeActuators(city)
  const truck = devices.findLast(({ kind }) => kind === 'water_truck')!
  const far = city.sites.toSorted(
    (a, b) => distanceMeters(truck.point, b.point) - distanceMeters(truck.point, a.point),
  )[0]!
  const order = { id: 'a', on: true, validTo: seenAt, maxRunSeconds: 600, to: far.point }
  const [, there] = actuators.order(truck, order, seenAt)
  actuators.order(truck, { ...order, id: 'b', on: false, validTo: seenAt + minute }, seenAt + minute)
  expect(valuesAt(city, truck, there!.at + minute, { honest: true })!['SB1']).toBe(0)
  expect(actuators.wettedFor!(far, (there!.at + minute - city.start) / 1000)).toBe(0)
})

test('what is switched stands on a site’s list of actuators', () => {
  for (const { kind, site, index } of devices)
    expect(city.sites[site]!.actuators.includes(index)).toBe(isActuator(kind))
})
