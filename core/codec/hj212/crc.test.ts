import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf } from './bytes.ts'
import { crcFits, crcOf, modbusOf, sayCrc } from './crc.ts'

/** Annex A of HJ 212-2017, word for word and bit by bit. */
function annexA(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc = (crc >> 8) ^ byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}

const digits = bytesOf('123456789')

test('the MODBUS value is refused unless the device is allowed it', () => {
  expect(crcFits(digits, 0, 9, 0x4b37, 'strict')).toBe(false)
  expect(crcFits(digits, 0, 9, 0x2f80, 'modbus')).toBe(false)
  expect(crcFits(digits, 0, 9, 0x4b37, 'modbus')).toBe(true)
  expect(crcFits(digits, 0, 9, 0x4b37, 'either')).toBe(true)
  expect(crcFits(digits, 0, 9, 0x2f80, 'either')).toBe(true)
  expect(crcFits(digits, 0, 9, -1, 'either')).toBe(false)
})

test('published values', () => {
  expect(sayCrc(crcOf(digits))).toBe('2F80')
  expect(sayCrc(modbusOf(digits))).toBe('4B37')
  const example = bytesOf(
    'QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&',
  )
  expect(sayCrc(crcOf(example))).toBe('1C80')
  expect(sayCrc(modbusOf(example))).toBe('0759')
})

test('eight bytes at a time give what Annex A gives bit by bit, at every length and offset', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(8), (bytes, skipped) => {
      expect(crcOf(bytes, Math.min(skipped, bytes.length))).toBe(annexA(bytes.subarray(skipped)))
    }),
    { numRuns: 2000 },
  )
})

test('the low byte of a value is one of eight, as the lost low byte of the register demands', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      expect([0x00, 0x01, 0x40, 0x41, 0x80, 0x81, 0xc0, 0xc1]).toContain(crcOf(bytes) & 0xff)
    }),
  )
})
