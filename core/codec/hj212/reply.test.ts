import { expect, test } from 'vitest'
import { bytesOf, textOf } from './bytes.ts'
import { getCaptured } from './captures/captured.ts'
import { decode } from './decode.ts'
import {
  askClock,
  askMinuteInterval,
  askMinutes,
  askRealtimeInterval,
  dataAnswer,
  executionResult,
  findAddress,
  frameOf,
  messageFrame,
  noticeAnswer,
  requestAnswer,
  setClock,
  setMinuteInterval,
  setRealtimeInterval,
  setRetries,
  startRealtime,
  stopRealtime,
  type Address,
} from './reply.ts'

const site: Address = { mn: '330482A89000160000000001', pw: '123456', st: '39', version: '2017' }

const from = (name: string) => {
  const frame = getCaptured(name)
  const message = decode(frame, 6, frame.length - 6)
  return { address: findAddress(message)!, qn: message.qn }
}

test('nothing that could end a field or a frame goes out', () => {
  for (const mn of ['A\r\n', 'A&&B', 'A#', '##']) {
    expect(() => dataAnswer({ ...site, mn }, undefined)).toThrow(RangeError)
  }
  expect(() => messageFrame(site, { qn: undefined, cn: '2011', wantsAnswer: true, cp: 'a=1&&' })).toThrow(RangeError)
  expect(() => frameOf('x'.repeat(1025))).toThrow(RangeError)
  expect(() => setRealtimeInterval(site, '20251120093700000', 29)).toThrow(RangeError)
  expect(() => setMinuteInterval(site, '20251120093700000', 7)).toThrow(RangeError)
})

test('no address without a number or a system', () => {
  expect(findAddress(decode(bytesOf('ST=39;CN=2011;CP=&&&&')))).toBeUndefined()
  expect(findAddress(decode(bytesOf('MN=A1;CN=2011;CP=&&&&')))).toBeUndefined()
})

test('answers are the captured ones, byte for byte', () => {
  const f1 = from('f01')
  expect(dataAnswer(f1.address, f1.qn)).toEqual(getCaptured('f02'))
  const f12 = from('f12')
  expect(noticeAnswer(f12.address, f12.qn)).toEqual(getCaptured('f13'))
  const f6 = from('f06')
  expect(requestAnswer(f6.address, f6.qn, 1)).toEqual(getCaptured('f07'))
  expect(executionResult(f6.address, f6.qn, 1)).toEqual(getCaptured('f08'))
})

test('requests are the captured ones and the example of Annex A, byte for byte', () => {
  const at = Date.parse('2025-11-20T09:36:00+08:00')
  expect(setClock(site, '20251120093600500', at)).toEqual(getCaptured('f06'))
  expect(setMinuteInterval(site, '20251120093700000', 5)).toEqual(getCaptured('f09'))
  const example: Address = { mn: '010000A8900016F000169DC0', pw: '100000', st: '32', version: '2017' }
  expect(setRealtimeInterval(example, '20160801085857223', 30)).toEqual(getCaptured('s1'))
})

test('every other request is one that wants an answer, under its number and with its fields', () => {
  const qn = '20251120093700000'
  const from = Date.parse('2025-11-20T09:00:00+08:00')
  for (const [frame, cn, cp] of [
    [setRetries(site, qn, 10, 3), '1000', 'OverTime=10;ReCount=3'],
    [askClock(site, qn), '1011', ''],
    [askRealtimeInterval(site, qn), '1061', ''],
    [askMinuteInterval(site, qn), '1063', ''],
    [startRealtime(site, qn), '2011', ''],
    [stopRealtime(site, qn), '2012', ''],
    [askMinutes(site, qn, from, from + 3_600_000), '2051', 'BeginTime=20251120090000;EndTime=20251120100000'],
    [messageFrame(site, { qn, cn: '9999', wantsAnswer: true }), '9999', ''],
  ] as const) {
    expect(decode(frame, 6, frame.length - 6)).toMatchObject({ qn, cn, st: '39', wantsAnswer: true, problems: [] })
    expect(textOf(frame)).toContain(`;Flag=5;CP=&&${cp}&&`)
  }
})

test('an answer speaks the version of the device, and leaves out a QN and a password that it never said', () => {
  const heartbeat = from('f15')
  expect(textOf(noticeAnswer(heartbeat.address, heartbeat.qn))).toContain(';Flag=8;CP=&&&&')
  const old = from('f14')
  expect(textOf(dataAnswer(old.address, old.qn))).toContain(';Flag=0;CP=&&&&')
  expect(textOf(dataAnswer({ ...site, pw: undefined }, undefined))).toMatch(/^##\d{4}ST=91;CN=9014;MN=/)
})

test('the length counts bytes, not characters', () => {
  expect(textOf(frameOf('CP=&&Place=北门&&'))).toMatch(/^##0019/)
})
