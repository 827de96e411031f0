import { expect, test } from 'vitest'
import { bytesOf, textOf } from './bytes.ts'
import { captured, getCaptured } from './captures/captured.ts'
import { chanceOf, damaged } from './captures/made.ts'
import { decode } from './decode.ts'
import { takeFrames } from './frame.ts'
import { parseTime, sayQn, sayTime } from './message.ts'
import { decodeSlowly } from './slow.ts'

/** Seconds of work on a busy machine; the limit only ends a hang. */
const long = { timeout: 120_000 }

const decodeCapture = (name: string) => {
  const frame = getCaptured(name)
  return decode(frame, 6, frame.length - 6)
}

const data = (cp: string) => decode(bytesOf(`ST=39;CN=2011;MN=A1;Flag=5;CP=&&${cp}&&`))

test('what is not a plain decimal never becomes a number', () => {
  const wrong = [
    'NaN',
    '',
    '1e309',
    '-',
    '--1',
    '1e3',
    '+5',
    'Infinity',
    '0x10',
    '1.2.3',
    '.',
    '6 8',
    '1234567890123456',
    '六',
  ]
  for (const text of wrong) {
    const message = data(`a34004-Rtd=${text},a34004-Flag=N;LA-Rtd=63.2,LA-Flag=N`)
    expect(message.readings).toEqual([{ code: 'LA', kind: 'Rtd', value: 63.2, flag: 'N' }])
    expect(message.problems).toEqual([{ rule: 'value_not_a_number', field: 'a34004-Rtd', text }])
  }
})

test('impossible times, missing and malformed parts are told and leave the rest standing', () => {
  for (const time of ['20250229093000', '20251301093000', '20251120240000', '2025112009300', '2025112009300x', '']) {
    expect(data(`DataTime=${time};LA-Rtd=1`)).toMatchObject({
      dataTime: undefined,
      readings: [{ value: 1 }],
      problems: [{ rule: 'time_malformed', field: 'DataTime', text: time }],
    })
  }
  expect(decode(bytesOf('QN=2025;Flag=256;MN=A&B;CP=&&lonely;a34004-=1;扬=2')).problems).toEqual([
    { rule: 'field_malformed', field: 'QN', text: '2025' },
    { rule: 'field_malformed', field: 'Flag', text: '256' },
    { rule: 'field_malformed', field: 'MN', text: 'A&B' },
    { rule: 'data_unclosed', field: 'CP', text: '' },
    { rule: 'field_malformed', field: 'lonely', text: '' },
    { rule: 'name_malformed', field: 'a34004-', text: '1' },
    { rule: 'name_malformed', field: '扬', text: '2' },
    { rule: 'field_missing', field: 'ST', text: '' },
    { rule: 'field_missing', field: 'CN', text: '' },
  ])
  expect(decode(new Uint8Array(0)).problems.map((problem) => problem.field)).toEqual(['CP', 'ST', 'CN', 'MN'])
})

test('F1: header, nine readings with their marks', () => {
  const message = decodeCapture('f01')
  expect(message).toMatchObject({
    qn: '20251120093000123',
    st: '39',
    cn: '2011',
    pw: '123456',
    mn: '330482A89000160000000001',
    flag: 5,
    version: '2017',
    wantsAnswer: true,
    split: false,
    dataTime: Date.parse('2025-11-20T09:30:00+08:00'),
    fields: [],
    problems: [],
  })
  expect(message.readings.map(({ code, value }) => [code, value])).toEqual([
    ['a34004', 68],
    ['a34002', 121],
    ['a34001', 236],
    ['LA', 63.2],
    ['a01001', 14.6],
    ['a01002', 58],
    ['a01006', 101.325],
    ['a01007', 2.3],
    ['a01008', 135],
  ])
  expect(message.readings.every(({ kind, flag }) => kind === 'Rtd' && flag === 'N')).toBe(true)
})

test('F3: a mark stands for all statistics of its group; F5: noise without marks', () => {
  expect(decodeCapture('f03').readings.slice(0, 3)).toEqual([
    { code: 'a34004', kind: 'Min', value: 55, flag: 'N' },
    { code: 'a34004', kind: 'Avg', value: 71.4, flag: 'N' },
    { code: 'a34004', kind: 'Max', value: 96, flag: 'N' },
  ])
  expect(decodeCapture('f05').readings).toContainEqual({ code: 'Leq', kind: 'Data', value: 62.8, flag: undefined })
})

test('F10 and F11 are packets, F14 is of 2005, F15 of 2025', () => {
  expect(decodeCapture('f10')).toMatchObject({ split: true, wantsAnswer: true, pnum: 2, pno: 1 })
  expect(decodeCapture('f11')).toMatchObject({ split: true, pnum: 2, pno: 2 })
  expect(decodeCapture('f14')).toMatchObject({ version: '2005', wantsAnswer: true, mn: '33048200000001' })
  expect(decodeCapture('f15')).toMatchObject({ version: '2025', wantsAnswer: true, cn: '9015', readings: [] })
})

test('F16 keeps the marks of faults, F17 the state of two pumps, S2 the numbers as sent', () => {
  expect(decodeCapture('f16').readings.map(({ flag }) => flag)).toEqual(['D', 'T', 'B'])
  expect(decodeCapture('f17').readings).toEqual([
    { code: 'SB1', kind: 'RS', value: 1, flag: undefined },
    { code: 'SB2', kind: 'RS', value: 0, flag: undefined },
  ])
  expect(decodeCapture('s2').readings[0]).toEqual({ code: 'a34004', kind: 'Rtd', value: 75600, flag: 'N' })
  expect(decodeCapture('s1').fields).toEqual([{ name: 'RtdInterval', text: '30' }])
  expect(decodeCapture('f07').fields).toEqual([{ name: 'QnRtn', text: '1' }])
})

test('a missing QN, a ; before && and spaces are forgiven', () => {
  const message = decode(
    bytesOf(
      ' QN = 20251120093000123 ; ST=39; CN=2011;MN=A1;Flag=4; CP=&& DataTime=20251120093000; LA-Rtd= 63.2 , LA-Flag=N;&& ',
    ),
  )
  expect(message).toMatchObject({ st: '39', cn: '2011', qn: '20251120093000123', problems: [] })
  expect(decode(bytesOf('ST=39;CN=2011;MN=A1;Flag=4;CP=&&&&'))).toMatchObject({ qn: undefined, problems: [] })
  expect(message.readings).toEqual([{ code: 'LA', kind: 'Rtd', value: 63.2, flag: 'N' }])
})

test('Chinese text comes through, and bytes that are not UTF-8 swallow nothing', () => {
  expect(data('Place=北门龑𠮷').fields).toEqual([{ name: 'Place', text: '北门龑𠮷' }])
  expect([...bytesOf('\ud800')]).toEqual([0xef, 0xbf, 0xbd])
  const segment = bytesOf('ST=39;CN=2011;MN=A1;CP=&&Place=xx;LA-Rtd=1&&')
  const place = textOf(segment).indexOf('xx')
  segment.set([0xe6, 0x89], place)
  expect(decode(segment)).toMatchObject({ fields: [{ name: 'Place', text: '\ufffd' }], readings: [{ value: 1 }] })
})

test('times are of Asia/Shanghai, through leap days and year ends', () => {
  expect(parseTime('20240229235959')).toBe(Date.parse('2024-02-29T23:59:59+08:00'))
  expect(parseTime('19000229000000')).toBeUndefined()
  expect(sayTime(Date.parse('2025-12-31T16:00:00Z'))).toBe('20260101000000')
  expect(sayQn(Date.parse('2025-11-20T01:30:00.123Z'))).toBe('20251120093000123')
})

test('the captures: both decoders say the same', () => {
  for (const frame of captured.values()) {
    expect(decode(frame, 6, frame.length - 6)).toEqual(decodeSlowly(textOf(frame, 6, frame.length - 6)))
  }
})

test('every day from 1899 to 2101 has the instant that the calendar of the reference gives it', () => {
  for (let day = Date.UTC(1899, 11, 20); day < Date.UTC(2101, 1, 10); day += 86_400_000) {
    const text = new Date(day).toISOString().slice(0, 10).replaceAll('-', '')
    const expected = text < '1900' ? undefined : day - 8 * 3_600_000
    if (parseTime(`${text}000000`) !== expected) expect(parseTime(`${text}000000`), text).toBe(expected)
  }
  for (const date of ['20250230', '20250431', '20251301', '20250001', '20250100', '21000229']) {
    expect(parseTime(`${date}000000`), date).toBeUndefined()
  }
})

test('names that share a place in the memory stay apart, and what only packs alike is no name', () => {
  const chance = chanceOf(8)
  const letters = 'ABCXYZabcxyz0189_'
  for (let round = 0; round < 20_000; round += 1) {
    const code = Array.from({ length: 1 + chance(9) }, () => letters[chance(letters.length)]).join('')
    const [reading] = data(`${code}-Rtd=1.5,${code}-Flag=N`).readings
    if (reading?.code !== code || reading.flag !== 'N') expect(reading).toEqual({ code, flag: 'N' })
  }
  for (const code of ['\0LA', 'a340\x0004', 'a3400-', 'a 4004', '扬尘']) {
    expect(data(`LA-Rtd=1;a34004-Rtd=1;${code}-Rtd=2`).readings.map((reading) => reading.code)).not.toContain(code)
    expect(data(`LA-Rtd=1;${code}-Rtd=2`)).toEqual(
      decodeSlowly(`ST=39;CN=2011;MN=A1;Flag=5;CP=&&LA-Rtd=1;${code}-Rtd=2&&`),
    )
  }
})

test('a field said twice: the later one that is well formed holds', () => {
  const header = (text: string) => decode(bytesOf(`${text}CP=&&DataTime=20251120093000&&`))
  const mn = 'MN=330482A89000160000000001;'
  expect(header(`${mn}MN=330482A8900016000000000 ;`)).toMatchObject({ mn: '330482A8900016000000000' })
  expect(header(`${mn}MN=330482A89000160000000&01;`)).toMatchObject({ mn: '330482A89000160000000001' })
  expect(header('PW=123456;PW=12,456;')).toMatchObject({ pw: '123456' })
  expect(header('QN=20251120093000123;QN=2025112009300012x;')).toMatchObject({ qn: '20251120093000123' })
  expect(header('Flag=5;Flag=x;Flag=9x;')).toMatchObject({ flag: 5 })
  expect(header('Flag=5;Frag=9;Flug=9;Flax=9;')).toMatchObject({ flag: 5 })
})

test('numbers of up to fifteen digits are the ones written, in short and long form', () => {
  const chance = chanceOf(15)
  for (let round = 0; round < 20_000; round += 1) {
    const digits = Array.from({ length: 1 + chance(15) }, () => chance(10)).join('')
    const at = chance(digits.length + 2)
    const text = `${chance(3) === 0 ? '-' : ''}${at > digits.length ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`}`
    const value = data(`LA-Rtd=${text}`).readings[0]?.value
    if (!Object.is(value, Number(text) + 0)) expect(value, text).toBe(Number(text) + 0)
  }
})

test('5,000 damaged frames: nothing throws, and both decoders say the same of what is left', long, () => {
  const chance = chanceOf(2025)
  const frames = [...captured.values()]
  for (let round = 0; round < 5_000; round += 1) {
    const bytes = damaged(frames[chance(frames.length)]!, chance)
    for (const frame of takeFrames(bytes, bytes.length).frames) {
      if (frame.kind === 'good') decode(bytes, frame.dataStart, frame.dataEnd)
    }
    // Past the check value, as one frame in 256 comes.
    const fast = decode(bytes)
    const slow = decodeSlowly(textOf(bytes))
    if (JSON.stringify(fast) !== JSON.stringify(slow)) expect(fast).toEqual(slow)
  }
})
