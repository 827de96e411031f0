import { expect, test } from 'vitest'
import { shownFields, shownParts } from './conversation.ts'
import { modbusFaultNames } from './modbus-conversation.ts'
import { findModel } from './models.ts'
import { exceptionNames } from '../codec/modbus/index.ts'

const model = findModel('electricity-modbus')!
const bytes = (hex: string) => Uint8Array.from(hex.split(' '), (byte) => Number.parseInt(byte, 16))
const spoken = { verdict: 'stored', fault: null } as const

test('every exception of the protocol has its sentence', () => {
  for (const name of [
    ...Object.values(exceptionNames),
    'unknown_exception',
    'wrong_unit',
    'wrong_function',
    'wrong_length',
  ])
    expect(modbusFaultNames[name], name).toMatch(/\p{Script=Han}/u)
})

test('an exception is marked in the bytes and named', () => {
  const raw = bytes('00 01 00 00 00 03 01 83 02')
  const told = { way: 'in', verdict: 'not_understood', fault: { reason: 'illegal_data_address' } } as const
  expect(shownParts(raw, told, model).find(({ bad }) => bad)?.text).toBe('83 02\n')
  expect(shownFields(raw, told, model)).toEqual([
    { name: '应答', text: '', meaning: '', bad: '设备没有这个寄存器地址' },
  ])
})

test('registers are told as what they measure, by the map of the model', () => {
  // Registers 0–3: 123456 (u32) and -2500 (i32).
  const raw = bytes('00 01 00 00 00 0B 01 03 08 00 01 E2 40 FF FF F6 3C')
  expect(shownFields(raw, { way: 'in', ...spoken }, model)).toEqual([
    { name: 'electricity', text: '1234.56', meaning: '用电量（kWh）' },
    { name: 'power', text: '-2.5', meaning: '有功功率（kW）' },
  ])
  expect(shownFields(bytes('00 01 00 00 00 06 01 03 00 00 00 04'), { way: 'out', ...spoken }, model)).toEqual([
    { name: '问询', text: '单元 1，功能码 3', meaning: '读保持寄存器 0 至 3' },
  ])
})

test('bytes of any kind are shown without breaking', () => {
  for (const raw of [[], [0], [0, 1, 0, 0, 0, 1, 7], [255, 255, 255, 255, 255, 255, 255, 255]])
    for (const way of ['in', 'out'] as const) {
      expect(() => shownParts(Uint8Array.from(raw), { way, ...spoken }, model)).not.toThrow()
      expect(() => shownFields(Uint8Array.from(raw), { way, ...spoken }, model)).not.toThrow()
    }
})
