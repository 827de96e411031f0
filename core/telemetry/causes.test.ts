import { expect, test } from 'vitest'
import { findClause, lawOn } from '../law/index.ts'
import { type Device, type DeviceKind, type DeviceSettings, models, noSettings } from '../device/index.ts'
import { CauseCode, causes, causesOf, getCause, limitOf, senseOf, watchOf } from './causes.ts'
import { type Asked, periodBegan, sayLimit } from './limits.ts'
import { findQuantity } from './quantities.ts'
import { ruleBook } from './rule-book.ts'

const law = lawOn('2026-11-20', '990421')
const noon = Date.parse('2026-11-20T12:00:00+08:00')
const night = Date.parse('2026-11-20T23:30:00+08:00')
const asked = (kind: DeviceKind, quantity: string, more: Partial<DeviceSettings> = {}, at = noon): Asked => ({
  law,
  device: { kind, settings: { ...noSettings, ...more } },
  quantity,
  at,
})
const paper = (quantity: string, warn: number | null, alarm: number | null, ratePerDay: number | null = null) => ({
  ...{ quantity, warn, alarm, ratePerDay, source: '基坑监测方案 第3章' },
})
const limits = (code: CauseCode, one: Asked) => {
  const { warn, alarm } = getCause(code).limits(one)
  return [warn?.value ?? null, alarm?.value ?? null]
}

test('no cause bears an unknown code; a quantity that nothing limits is not watched', () => {
  expect(() => getCause('flood')).toThrow('no cause flood')
  expect(causesOf('crane', 'round')).toEqual([])
  expect(watchOf(getCause('ground_total'), asked('pit', 'subside@S1'))).toBeNull()
  expect(watchOf(getCause('hoist_persons'), asked('hoist', 'personCount'))).toBeNull()
  expect(watchOf(getCause('night_power'), asked('meter', 'power', { limits: [paper('power', 20, 40)] }))).toBeNull()
})

test('every code has one row, and every row watches quantities that some model of its kinds promises', () => {
  expect(causes.map(({ code }) => code).toSorted()).toEqual(CauseCode.options.toSorted())
  for (const { kinds, quantities } of causes)
    for (const quantity of quantities) {
      expect(findQuantity(quantity)).toBeDefined()
      expect(
        models.some((model) => kinds.includes(model.kind) && model.quantities.some(({ code }) => code === quantity)),
      ).toBe(true)
    }
})

test('limits of law cite a clause that exists', () => {
  for (const cause of causes)
    for (const kind of cause.kinds)
      for (const quantity of cause.quantities.length > 0 ? cause.quantities : ['*'])
        for (const limit of Object.values(
          cause.limits(asked(kind, quantity, { rated: { persons: 9, height: 12 } }, night)),
        ))
          if (limit) expect(findClause(limit.clause), `${cause.code} ${limit.clause}`).toBeDefined()
})

test('cranes and hoists warn and alarm at the steps of standards 6.2', () => {
  expect(limits('crane_moment', asked('crane', 'momentPercent'))).toEqual([90, 100])
  expect(limits('crane_load', asked('crane', 'loadPercent'))).toEqual([90, 100])
  expect(limits('crane_wind', asked('crane', 'windSpeed'))).toEqual([10.8, 12])
  expect(limits('hoist_load', asked('hoist', 'loadPercent'))).toEqual([90, 110])
  expect(limits('hoist_persons', asked('hoist', 'personCount', { rated: { persons: 9 } }))).toEqual([null, 9])
  expect(getCause('crane_load').limits(asked('crane', 'loadPercent')).alarm?.strict).toBe(true)
  expect(causesOf('crane', 'momentPercent').map(({ code }) => code)).toEqual(['crane_moment', 'crane_moment_cut'])
})

test('the papers of a device win over the law; a point over its base; one limit gives the warning by its share', () => {
  const settings = { limits: [paper('subside', 14, 20, 2), paper('subside@S2', null, 10)] }
  expect(limits('ground_total', asked('pit', 'subside@S1', settings))).toEqual([14, 20])
  expect(limits('ground_total', asked('pit', 'subside@S2', settings))).toEqual([7, 10])
  expect(limits('ground_rate', asked('pit', 'subside@S1', settings))).toEqual([null, 2])
  expect(limits('ground_rate', asked('pit', 'subside@S2', settings))).toEqual([null, null])
  expect(limits('ground_rate_lasting', asked('pit', 'subside@S1', settings))).toEqual([null, 1.4])
  expect(watchOf(getCause('ground_rate_lasting'), asked('pit', 'subside@S1', settings))?.holdSeconds).toBe(3 * 86_400)
  expect(limits('crane_wind', asked('crane', 'windSpeed', { limits: [paper('windSpeed', 7, 10)] }))).toEqual([7, 10])
  expect(limitOf(getCause('ground_total'), asked('pit', 'subside', settings), 'alarm')?.clause).toBe(
    '设计文件：基坑监测方案 第3章',
  )
})

test('water is named in millimetres by law and in metres by devices', () => {
  expect(limits('water_level', asked('pit', 'waterLevel@W1'))).toEqual([0.7, 1])
  expect(limits('water_rate', asked('pit', 'waterLevel@W1'))).toEqual([null, 0.5])
  expect(limits('water_rate', asked('pit', 'waterLevel', { limits: [paper('waterLevel', 1, 2, 0.3)] }))).toEqual([
    null,
    0.3,
  ])
})

test('formwork shifts by a part of its height, where the special plan says nothing', () => {
  const rated = { height: 9 }
  expect(limits('formwork_shift', asked('formwork', 'displace@D1', { rated }))).toEqual([null, 30])
  expect(
    limits('formwork_shift', asked('formwork', 'displace@D1', { rated, limits: [paper('displace', 7, 10)] })),
  ).toEqual([null, null])
})

test('day and night divide noise, to the millisecond', () => {
  const at = (text: string) => Date.parse(`2026-11-20T${text}+08:00`)
  expect(limits('noise_mean', asked('dust', 'LA', {}, at('21:59:59.999')))).toEqual([70, null])
  expect(limits('noise_mean', asked('dust', 'LA', {}, at('22:00:00')))).toEqual([55, null])
  expect(limits('noise_mean', asked('dust', 'LA', {}, at('05:59:59.999')))).toEqual([55, null])
  expect(limits('noise_mean', asked('dust', 'LA', {}, at('06:00:00')))).toEqual([70, null])
  expect(limits('noise_night_peak', asked('dust', 'LA', {}, night))).toEqual([70, null])
  expect(limits('noise_night_peak', asked('dust', 'LA', {}, noon))).toEqual([null, null])
  expect(periodBegan(law, at('05:00:00'))).toBe(Date.parse('2026-11-19T22:00:00+08:00'))
  expect(periodBegan(law, at('22:00:00'))).toBe(at('22:00:00'))
  expect(periodBegan(law, at('12:00:00'))).toBe(at('06:00:00'))
})

test('a region that draws the night otherwise is judged by its own', () => {
  const late = {
    code: 'noise.night_begins',
    value: 23,
    unit: '时',
    clause: 'noise_2025.limit',
    source: 'L',
    from: '2026-01-01',
  }
  const one = {
    ...asked('dust', 'LA', {}, Date.parse('2026-11-20T22:30:00+08:00')),
    law: lawOn('2026-11-20', '990421', [late]),
  }
  expect(limits('noise_mean', one)).toEqual([70, null])
})

test('limits are said as people read them', () => {
  const say = (code: CauseCode, one: Asked) =>
    sayLimit(senseOf(getCause(code), law), limitOf(getCause(code), one, 'warn')!)
  expect(say('pm25_spray', asked('dust', 'a34004'))).toBe('大于 75 µg/m³')
  expect(say('crane_moment', asked('crane', 'momentPercent'))).toBe('达到 90 %')
  expect(say('curing_humidity', asked('curing_room', 'roomHumidity'))).toBe('低于 95 %')
  expect(say('curing_temperature', asked('curing_room', 'roomTemperature'))).toBe('超出 20±2 ℃')
  expect(say('intrusion', asked('perimeter', 'intrusion@Z1'))).toBe('一经出现')
  expect(say('crane_tilt', asked('crane', 'dipAngleX'))).toBe('绝对值达到 1 °')
})

test('the book of rules answers as the rows do, whatever hour, device and quantity', () => {
  const book = ruleBook(law)
  const device = (settings: Partial<DeviceSettings>, kind: DeviceKind, id: string) =>
    ({ id, kind, settings: { ...noSettings, ...settings } }) as Device
  const some = [
    device({}, 'dust', 'a'),
    device({ limits: [paper('subside', 1, 2), paper('subside@S2', 5, 6)] }, 'pit', 'b'),
    device({ limits: [paper('subside', 3, 4)] }, 'pit', 'c'),
    device({ rated: { persons: 9 } }, 'hoist', 'd'),
    device({ rated: { persons: 12 } }, 'hoist', 'e'),
  ]
  for (const at of [noon, night, noon])
    for (const one of some)
      for (const quantity of ['LA', 'subside@S1', 'subside@S2', 'personCount', 'a34004'])
        for (const cause of causesOf(one.kind, quantity))
          expect(book(cause, one, quantity, at)).toEqual(watchOf(cause, { law, device: one, quantity, at }))
})
