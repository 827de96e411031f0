import { expect, test } from 'vitest'
import { bytesOf } from './bytes.ts'
import { decode } from './decode.ts'
import { findRunHours } from './equipment.ts'
import { findEFlag, findSampleTime } from './message.ts'

const read = (cn: string, cp: string) => decode(bytesOf(`ST=39;CN=${cn};MN=A1;Flag=5;CP=&&${cp}&&`))

test('running times of another command, without a day, or that no day has are none', () => {
  expect(findRunHours(read('2031', 'DataTime=20251120000000;SB1-RT=1.5'))).toBeUndefined()
  expect(findRunHours(read('2041', 'SB1-RT=1.5'))).toBeUndefined()
  expect(findRunHours(read('2041', 'DataTime=20251120000000;SB1-RT=24.1;SB2-RT=-1;SB3-RS=1;X1-RT=2'))?.units).toEqual(
    [],
  )
})

test('2041: hours of the day, unit by unit', () => {
  expect(findRunHours(read('2041', 'DataTime=20251120000000;SB1-RT=1.5;SB12-RT=24'))).toEqual({
    day: Date.parse('2025-11-20T00:00:00+08:00'),
    units: [
      { unit: 1, hours: 1.5 },
      { unit: 12, hours: 24 },
    ],
  })
})

test('a sampling time that no calendar has is a problem; one that it has stands for its factor alone', () => {
  const cp = (time: string) => `DataTime=20251120093000;a34004-SampleTime=${time},a34004-Rtd=68.0,a34004-EFlag=A001`
  expect(read('2011', cp('20251320093000')).problems).toEqual([
    { rule: 'time_malformed', field: 'a34004-SampleTime', text: '20251320093000' },
  ])
  const message = read('2011', cp('20251120092955'))
  expect(findSampleTime(message, 'a34004')).toBe(Date.parse('2025-11-20T09:29:55+08:00'))
  expect(findSampleTime(message, 'a34002')).toBeUndefined()
  expect(findEFlag(message, 'a34004')).toBe('A001')
  expect(findEFlag(message, 'a34002')).toBeUndefined()
})

test('converted values and counts are readings of their own', () => {
  const { readings } = read('2051', 'a34004-ZsAvg=71.4,a34004-ZsMin=55,a34004-ZsMax=96,a34004-Cou=0.5,a34004-Flag=N')
  expect(readings.map(({ kind, value, flag }) => [kind, value, flag])).toEqual([
    ['ZsAvg', 71.4, 'N'],
    ['ZsMin', 55, 'N'],
    ['ZsMax', 96, 'N'],
    ['Cou', 0.5, 'N'],
  ])
  expect(read('2011', 'a34004-ZsRtd=68.1').readings).toEqual([
    { code: 'a34004', kind: 'ZsRtd', value: 68.1, flag: undefined },
  ])
})
