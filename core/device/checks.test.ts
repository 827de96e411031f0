import { expect, test } from 'vitest'
import { type CheckedValue, checksOf, failingOf } from './checks.ts'
import { models } from './models.ts'
import { type DeviceLine, noSettings, silentLine } from './schema.ts'

const now = '2026-11-20T06:05:00.000Z'

function look(modelCode: string, line: Partial<DeviceLine> = {}, latest: readonly CheckedValue[] = []) {
  const { kind } = models.find(({ code }) => code === modelCode)!
  const modbus = { host: '10.8.0.3', port: 502, unit: 1 }
  const device = { mn: 'A1', kind, modelCode, unitProfile: 'ug' as const, settings: { ...noSettings, modbus } }
  const checks = checksOf({ device, line: { ...silentLine, ...line }, latest, now, skewMinutes: 5 })
  return Object.fromEntries(checks.map((check) => [check.name, check])) as Record<string, (typeof checks)[number]>
}
const heardAt = '2026-11-20T06:04:30.000Z'
const alive = { connected: true, heardAt, good: 9, skewMillis: 800, freshness: 'live' as const }

test('what fails says what to do next, whatever the protocol; what is good asks for nothing', () => {
  for (const { code } of models) {
    for (const line of [{}, { bad: 2 }, { refused: 3 }, { good: 4 }, { ...alive, skewMillis: 900_000 }, alive]) {
      for (const { name, state, next, words } of Object.values(look(code, line))) {
        expect(words, `${code} ${name}`).not.toBe('')
        if (state === 'bad' || state === 'doubtful') expect(next, `${code} ${name}`).toMatch(/\p{Script=Han}/u)
        if (state === 'good') expect(next).toBeNull()
      }
    }
  }
})

test('nothing heard is waited for, and of a meter that does not answer the platform knows at once', () => {
  expect(look('dust-ug')['network']).toMatchObject({ state: 'waiting', words: '还没有收到编号 A1 的任何报文' })
  expect(look('electricity-modbus')['network']).toMatchObject({ state: 'bad', words: '平台没有连上 10.8.0.3:502' })
  expect(look('dust-ug', { good: 3, heardAt: '2026-11-20T05:00:00.000Z' })['network']).toMatchObject({ state: 'bad' })
})

test('a push has no line, and is reached while it is heard', () => {
  expect(look('turnstile', { good: 1, heardAt })['network']!.state).toBe('good')
  expect(look('turnstile', { good: 1, heardAt: '2026-11-20T05:54:59.000Z' })['network']!.state).toBe('bad')
})

test('a wrong password and a broken frame are told apart', () => {
  expect(look('dust-ug', { refused: 1 })['frame']!.words).toContain('密码不符')
  expect(look('turnstile', { refused: 1 })['frame']!.words).toContain('签名不符')
  expect(look('dust-ug', { refused: 1, bad: 1 })['frame']!.words).toContain('校验码')
})

test('a clock is judged at its limit', () => {
  expect(look('dust-ug', { ...alive, skewMillis: 300_000 })['clock']!.state).toBe('good')
  expect(look('dust-ug', { ...alive, skewMillis: -300_001 })['clock']).toMatchObject({ state: 'bad' })
  expect(look('electricity-modbus', alive)['clock']!.words).toBe('以平台时间为准')
})

test('PM10 in the wrong unit is doubted by its mean, and an impossible value is named', () => {
  const pm10 = (dayMean: number) => look('dust-ug', alive, [{ quantity: 'a34002', value: 60, flag: 'N', dayMean }])
  expect(pm10(4.9)['values']).toMatchObject({ state: 'doubtful' })
  expect(pm10(1000.1)['values']!.words).toContain('1000.1 µg/m³')
  expect(pm10(5)['values']!.words).not.toContain('今日均值')
  expect(look('dust-ug', alive, [{ quantity: 'a34004', value: 75_600, flag: '!' }])['values']).toMatchObject({
    state: 'bad',
    words: 'PM2.5 75600 µg/m³，超出仪器可能的范围',
  })
})

test('a lead quantity that is marked as no good is no sign of life; a missing sensor is only doubtful', () => {
  expect(look('pit-logger', alive, [{ quantity: 'subside@S1', value: 1, flag: 'D' }])['values']!.words).toContain(
    '故障',
  )
  const crane = look('crane-gbt37366', alive, [{ quantity: 'momentPercent', value: 61, flag: 'N' }])['values']!
  expect(crane).toMatchObject({ state: 'doubtful' })
  expect(crane.words).toContain('还没有收到')
})

test('an onboarding stands still on what is wrong before what is awaited', () => {
  const all = (checks: ReturnType<typeof look>) => failingOf(Object.values(checks))?.name ?? null
  expect(all(look('dust-ug'))).toBe('network')
  expect(all(look('dust-ug', { connected: true, bad: 4 }))).toBe('frame')
  expect(all(look('meter-mqtt', { ...alive, skewMillis: 4_000_000 }))).toBe('clock')
  expect(all(look('dust-ug', { ...alive, freshness: 'never' }))).toBe('values')
  expect(all(look('dust-ug', alive))).toBeNull()
})
