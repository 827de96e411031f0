import { expect, test } from 'vitest'
import { type CityDevice, makeActuators, makeCity, valuesAt } from './index.ts'
import { county, from } from './testing.ts'

const city = makeCity({ seed: 3, sites: 60, devices: 400, days: 10, from, county })
const second = 1000
const order = { id: 'a', on: true, maxRunSeconds: 600 }
const breaks = ({ faults }: CityDevice) => faults.some(({ fault }) => fault === 'actuator')
const sprayer = city.devices.find((one) => one.kind === 'sprayer' && !breaks(one))!
const at = city.start + 36_000 * second

test('an order after its time is refused and does nothing', () => {
  const actuators = makeActuators(city)
  const said = actuators.order(sprayer, { ...order, validTo: at - 1 }, at)
  expect(said.map(({ say }) => say)).toEqual(['refused'])
  expect(actuators.isRunning(sprayer, at + 30 * second)).toBe(false)
})

test('an order told twice works once', () => {
  const actuators = makeActuators(city)
  const first = actuators.order(sprayer, { ...order, validTo: at }, at)
  const again = actuators.order(sprayer, { ...order, validTo: at }, at + 500 * second)
  expect(again).toEqual(first)
  expect(actuators.isRunning(sprayer, at + 599 * second)).toBe(true)
  expect(actuators.isRunning(sprayer, at + 610 * second)).toBe(false)
})

test('it accepts, executes, and tells what has come about, in this order', () => {
  const actuators = makeActuators(city)
  const said = actuators.order(sprayer, { ...order, validTo: at }, at)
  expect(said.map(({ say, running }) => [say, running])).toEqual([
    ['accepted', false],
    ['executed', false],
    ['state', true],
  ])
  expect(said.map((one) => one.at)).toEqual(said.map((one) => one.at).sort((a, b) => a - b))
  actuators.order(sprayer, { ...order, id: 'b', on: false, validTo: at + 90 * second }, at + 60 * second)
  expect(actuators.isRunning(sprayer, at + 50 * second)).toBe(true)
  expect(actuators.isRunning(sprayer, at + 70 * second)).toBe(false)
})

test('a broken one does nothing, whatever it says', () => {
  const one = city.devices.find(breaks)!
  const actuators = makeActuators(city)
  const { from: begun } = one.faults.find(({ fault }) => fault === 'actuator')!
  const then = city.start + begun * second
  const said = actuators.order(one, { ...order, validTo: then }, then)
  expect(said.at(-1)).toMatchObject({ say: 'state', running: false })
  expect(actuators.isRunning(one, then + 60 * second)).toBe(false)
})

test('spraying settles the dust of a site, not the haze of a county', () => {
  const label = city.truth.find((one) => {
    const device = city.devices.find(({ number }) => number === one.deviceId)!
    const site = city.sites[device.site]!
    const good = site.actuators.every((index) => !breaks(city.devices[index]!))
    const local = one.kind === 'exceedance' && one.detail.quantity === 'a34004' && one.detail.cause !== 'haze'
    return local && one.detail.hiddenBy === null && one.until - one.from >= 1_800_000 && good
  })!
  const dust = city.devices.find(({ number }) => number === label.deviceId)!
  const water = city.devices.find(({ number }) => number === dust.opens)!
  const effects = makeActuators(city)
  effects.order(water, { id: 'c', on: true, validTo: label.from, maxRunSeconds: 1800 }, label.from)
  const later = label.from + 1_200_000
  const dry = valuesAt(city, dust, later)!['a34004']!
  const wet = valuesAt(city, dust, later, { effects })!['a34004']!
  expect(wet).toBeLessThan(0.8 * dry)
  expect(valuesAt(city, water, later, { effects })).toEqual({ SB1: 1 })

  const hazy = city.truth.find(({ detail }) => 'cause' in detail && detail.cause === 'haze')
  if (hazy?.deviceId !== dust.number) return
  effects.order(water, { id: 'd', on: true, validTo: hazy.from, maxRunSeconds: 1800 }, hazy.from)
  expect(valuesAt(city, dust, hazy.from + 600_000, { effects })!['a34004']).toBeGreaterThan(75)
})
