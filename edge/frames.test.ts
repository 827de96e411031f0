import { decode, takeFrames } from '@plumbline/core/codec/hj212'
import { expect, test } from 'vitest'
import { frameOf } from '../server/gateways/testing.ts'
import { takenOf, tolerance } from './frames.ts'

const take = (text: string) => {
  const bytes = Buffer.from(text, 'latin1')
  const [frame] = takeFrames(bytes, bytes.length, { toleranceOf: () => tolerance }).frames
  if (frame?.kind !== 'good') throw new Error('no good frame')
  return takenOf(bytes, frame)
}
/** As the platform's strict reader takes it. */
const strictly = (upward: Uint8Array) => {
  const [frame] = takeFrames(upward, upward.length).frames
  return frame?.kind === 'good' ? decode(upward, frame.dataStart, frame.dataEnd) : frame?.reason
}
const data = (flag: string, cn = '2011') =>
  `QN=20261120140500000;ST=39;CN=${cn};PW=123456;MN=A1;${flag}CP=&&DataTime=20261120140500;a34004-Rtd=30,a34004-Flag=N&&`

test('what asks for an answer goes up as it came', () => {
  const text = frameOf(data('Flag=5;'))
  expect(Buffer.from(take(text).upward).toString('latin1')).toBe(text)
})

test('what asks for none is made to ask, so that we know when the platform has it', () => {
  for (const [flag, asking] of [
    ['Flag=4;', 5],
    ['Flag=8;', 9],
    ['Flag=0;', 1],
    ['', 1],
  ] as const) {
    const taken = take(frameOf(data(flag)))
    expect(taken.message.wantsAnswer).toBe(false)
    expect(strictly(taken.upward)).toMatchObject({
      flag: asking,
      wantsAnswer: true,
      mn: 'A1',
      readings: [{ value: 30 }],
    })
  }
})

test('a missing line end is set, and a MODBUS check value stays one', () => {
  expect(strictly(take(frameOf(data('Flag=5;')).trimEnd()).upward)).toMatchObject({ mn: 'A1' })
  // '123456789' of the published check: 4B37 by MODBUS, 2F80 by Annex A.
  const segment = data('Flag=4;')
  const modbus = (text: string) => {
    let crc = 0xffff
    for (const byte of Buffer.from(text)) {
      crc ^= byte
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
    }
    return crc.toString(16).toUpperCase().padStart(4, '0')
  }
  expect(modbus('123456789')).toBe('4B37')
  const { upward } = take(`##${String(segment.length).padStart(4, '0')}${segment}${modbus(segment)}\r\n`)
  const asked = segment.replace('Flag=4', 'Flag=5')
  expect(
    Buffer.from(upward)
      .toString('latin1')
      .endsWith(`${modbus(asked)}\r\n`),
  ).toBe(true)
})

test('only data is kept; notices and answers pass', () => {
  expect(take(frameOf(data('Flag=5;'))).upload).toBe(true)
  for (const cn of ['1013', '9011', '9012', '9013', '9015'])
    expect(take(frameOf(data('Flag=5;', cn))).upload).toBe(false)
})
