import { expect, test } from 'vitest'
import { getCaptured } from '../codec/hj212/captures/captured.ts'
import { bytesOf } from '../codec/hj212/index.ts'
import { fieldsOf, maskPassword, partsOf } from './conversation.ts'

const ascii = (bytes: Uint8Array) => String.fromCharCode(...bytes)
const whole = { verdict: 'stored', fault: null } as const

test('a password is covered in bytes and words, and the frame keeps its length', () => {
  const frame = getCaptured('f01')
  const masked = maskPassword(frame)
  expect(ascii(frame)).toContain('PW=123456')
  expect(ascii(masked)).not.toContain('123456')
  expect(masked.length).toBe(frame.length)
  expect(fieldsOf(masked, 'stored').find(({ name }) => name === 'PW')!.text).toBe('******')
  expect(
    partsOf(frame, whole)
      .map(({ text }) => text)
      .join(''),
  ).not.toContain('123456')
})

test('the parts of a frame, and the wrong one named', () => {
  const frame = getCaptured('s1')
  expect(partsOf(frame, whole).map(({ part, text }) => (part === 'data' ? part : text))).toEqual([
    '##',
    '0101',
    'data',
    '1C80',
    '\\r\\n',
  ])
  const parts = partsOf(frame, { verdict: 'crc', fault: { expectedCrc: '1C80', givenCrc: '1C08' } })
  expect(parts.filter(({ bad }) => bad)).toEqual([{ part: 'crc', text: '1C80', bad: '校验码应为 1C80，实为 1C08' }])
  const long = partsOf(frame, { verdict: 'length', fault: { declaredLength: 101, actualLength: 99 } })
  expect(long.find(({ bad }) => bad)).toMatchObject({ part: 'length', bad: '声明长度 101，实际 99' })
})

test('fields by their names; what could not be read says why', () => {
  const fields = fieldsOf(getCaptured('f01'), 'stored')
  const meaning = (name: string) => fields.find((field) => field.name === name)?.meaning
  expect(meaning('CN')).toBe('实时数据')
  expect(meaning('ST')).toBe('工地扬尘污染源')
  expect(meaning('a34004-Rtd')).toBe('PM2.5，正常')
  expect(fields.every(({ bad }) => bad === undefined)).toBe(true)

  const broken = bytesOf(
    '##0000ST=39;CN=2011;PW=123456;MN=A1;Flag=5;CP=&&DataTime=20261320000000;a34004-Rtd=1e309&&0000\r\n',
  )
  const wrong = fieldsOf(broken, 'no_time').filter(({ bad }) => bad)
  expect(wrong.map(({ name, bad }) => [name, bad])).toEqual([
    ['DataTime', '没有数据时间'],
    ['DataTime', '时间格式不对'],
    ['a34004-Rtd', '不是数字'],
  ])
})

test('bytes of any kind are shown without breaking', () => {
  for (const bytes of [[], [35], [0, 255, 10], [35, 35, 49, 13, 10], [0xe6, 0x89, 13]]) {
    const raw = Uint8Array.from(bytes)
    expect(partsOf(raw, { verdict: 'length', fault: null })).toHaveLength(5)
    expect(fieldsOf(raw, 'length').length).toBeGreaterThan(0)
  }
})
