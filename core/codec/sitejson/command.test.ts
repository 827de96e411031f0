import { expect, test } from 'vitest'
import { ack, clockCommand, findDown, refusal, switchCommand } from './command.ts'
import { bytesOf, findText, jsonOf } from './text.ts'

const validTo = Date.parse('2026-11-20T14:06:00+08:00')
const command = { id: 'cmd-120', unit: 2, on: true, validTo, maxRunSeconds: 1800 }
const textOf = (bytes: Uint8Array) => findText(bytes)!

test('a command with any part missing or malformed is no command', () => {
  const whole = JSON.parse(textOf(switchCommand(command))) as Record<string, unknown>
  expect(findDown(jsonOf(whole))).toBeDefined()
  for (const part of [
    { id: undefined },
    { id: 'a b' },
    { unit: 0 },
    { unit: 1.5 },
    { unit: 1000 },
    { on: 1 },
    { on: undefined },
    { validTo: undefined },
    { validTo: '2026-13-20T14:06:00+08:00' },
    { maxRunSeconds: 0 },
    { maxRunSeconds: -5 },
    { maxRunSeconds: '1800' },
    { command: 'Switch' },
    { to: null },
    { to: { lon: 120.7 } },
    { to: { lon: '120.7', lat: 30.7 } },
    { to: { lon: 120.7, lat: 90.1 } },
  ]) {
    expect(findDown(jsonOf({ ...whole, ...part })), JSON.stringify(part)).toBeUndefined()
  }
  for (const other of ['', 'x', '[]', 'null', '{"command":"clock"}', '{"command":"clock","time":1}', '{"ack":1}']) {
    expect(findDown(bytesOf(other)), other).toBeUndefined()
  }
  expect(findDown(Uint8Array.from([0xff, 0xfe]))).toBeUndefined()
})

test('a command is read as it was sent, and stands in the published words', () => {
  expect(findDown(switchCommand(command))).toEqual({ kind: 'switch', command })
  expect(textOf(switchCommand({ ...command, on: false }))).toBe(
    '{"command":"switch","id":"cmd-120","unit":2,"on":false,"validTo":"2026-11-20T14:06:00.000+08:00","maxRunSeconds":1800}',
  )
  const sent = { ...command, to: { lon: 120.7461, lat: 30.7712 } }
  expect(findDown(switchCommand(sent))).toEqual({ kind: 'switch', command: sent })
  expect(textOf(switchCommand(sent))).toContain('"maxRunSeconds":1800,"to":{"lon":120.7461,"lat":30.7712}}')
  expect(textOf(clockCommand(validTo + 7))).toBe('{"command":"clock","time":"2026-11-20T14:06:00.007+08:00"}')
  expect(findDown(clockCommand(validTo))).toEqual({ kind: 'clock', time: validTo })
  // The last moment of a year is of the next one in Shanghai.
  expect(textOf(clockCommand(Date.parse('2025-12-31T16:00:00Z')))).toContain('"2026-01-01T00:00:00.000+08:00"')
})

test('answers', () => {
  expect(textOf(ack('m1'))).toBe('{"ack":"m1"}')
  const problems = [{ rule: 'value_not_a_number', path: 'height' }] as const
  expect(textOf(ack('m1', problems))).toBe('{"ack":"m1","problems":[{"rule":"value_not_a_number","path":"height"}]}')
  expect(findDown(ack('m1', problems))).toEqual({ kind: 'ack', id: 'm1' })
  expect(textOf(refusal('not_json', ''))).toBe('{"refused":"not_json"}')
  expect(findDown(refusal('field_malformed', 'id'))).toEqual({ kind: 'refused', reason: 'field_malformed' })
})
