import { expect, test } from 'vitest'
import { type Command, commandState } from './command.ts'

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 6, 0, second)).toISOString()
const command: Command = {
  id: '00000000-0000-4000-8000-000000000001',
  deviceId: '00000000-0000-4000-8000-000000000002',
  unit: 1,
  on: true,
  alarmId: '00000000-0000-4000-8000-000000000003',
  by: null,
  createdAt: at(0),
  dueAt: at(0),
  expiresAt: at(30),
  to: null,
  maxRunSeconds: 1800,
  qn: null,
  sentAt: null,
  acceptedAt: null,
  executedAt: null,
  effectiveAt: null,
  refusedCode: null,
}
const state = (change: Partial<Command>, second = 10) => commandState({ ...command, ...change }, at(second))

test('silence is never success', () => {
  expect(state({}, 31)).toBe('unsent')
  expect(state({ sentAt: at(1) }, 31)).toBe('unacknowledged')
  expect(state({ sentAt: at(1), refusedCode: 2 }, 31)).toBe('refused')
})

test('the way of an order, mark by mark', () => {
  expect(state({})).toBe('waiting')
  expect(state({ sentAt: at(1) })).toBe('sent')
  expect(state({ sentAt: at(1), acceptedAt: at(2) })).toBe('accepted')
  expect(state({ sentAt: at(1), acceptedAt: at(2), executedAt: at(3) }, 40)).toBe('executed')
  expect(state({ sentAt: at(1), effectiveAt: at(4) }, 40)).toBe('effective')
})
