import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf } from './bytes.ts'
import { getCaptured } from './captures/captured.ts'
import { decode } from './decode.ts'
import { factors, findFactor, measured, toMicrograms } from './factors.ts'

test('unknown codes, other cases and equipment states measure nothing', () => {
  expect(findFactor('A34004')).toBeUndefined()
  expect(findFactor('constructor')).toBeUndefined()
  expect(measured({ code: 'SB1', kind: 'RS', value: 1, flag: undefined }, 'ug')).toBeUndefined()
  expect(measured({ code: 'LA', kind: 'RT', value: 1, flag: undefined }, 'ug')).toBeUndefined()
})

test('only particulate matter is converted', () => {
  expect(measured({ code: 'NOIS', kind: 'Rtd', value: 63.2, flag: 'N' }, 'mg')).toMatchObject({ value: 63.2 })
  expect(measured({ code: 'PM25', kind: 'Rtd', value: 68, flag: 'N' }, 'ug')).toMatchObject({
    factor: { code: 'a34004', unit: 'µg/m³' },
    value: 68,
  })
})

test('noise of ST=23: statistics of an interval, and the equivalent levels of day and night', () => {
  const frame = getCaptured('f05')
  const { readings } = decode(frame, 6, frame.length - 6)
  expect(readings.map((reading) => measured(reading, 'ug')?.factor.code)).toEqual([
    'L5',
    'L10',
    'L50',
    'L90',
    'L95',
    'Leq',
    'LMx',
    'LMn',
  ])
  const daily = decode(
    bytesOf('ST=23;CN=2031;MN=A1;Flag=5;CP=&&Leq-Data=60.1;Leq-DayData=62.5;Leq-NightData=48.0;L5-DayData=70.1&&'),
  ).readings.map((reading) => measured(reading, 'ug'))
  expect(daily).toMatchObject([
    { factor: { code: 'Leq' }, value: 60.1 },
    { factor: { code: 'Ld' }, value: 62.5 },
    { factor: { code: 'Ln' }, value: 48 },
    undefined,
  ])
})

test('the real monitor speaks ng/m³', () => {
  const frame = getCaptured('s2')
  const [pm25] = decode(frame, 6, frame.length - 6).readings
  expect(measured(pm25!, 'ng')?.value).toBe(75.6)
})

test('the limit lies at the same digits in every unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (thousandths) => {
      const text = (thousandths / 1000).toFixed(3)
      const micrograms = Number(text)
      expect(toMicrograms(Number(`${text}e3`), 'ng')).toBe(micrograms)
      expect(toMicrograms(Number(`${text}e-3`), 'mg')).toBe(micrograms)
    }),
    { numRuns: 2000 },
  )
  expect(toMicrograms(0.0751, 'mg')).toBe(75.1)
  expect(toMicrograms(75000, 'ng')).toBe(75)
})

test('each code stands once', () => {
  expect(new Set(factors.map((factor) => factor.code)).size).toBe(factors.length)
})
