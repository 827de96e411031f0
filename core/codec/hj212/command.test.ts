import { expect, test } from 'vitest'
import { bytesOf, textOf } from './bytes.ts'
import { getCaptured } from './captures/captured.ts'
import { findSprayCommand, findSpraySaying, sprayCommand, sprayState } from './command.ts'
import { decode } from './decode.ts'
import { executionResult, requestAnswer, type Address } from './reply.ts'

const sprayer: Address = { mn: '330482A89000160000000001', pw: '123456', st: '39', version: '2017' }
const read = (frame: Uint8Array) => decode(frame, 6, frame.length - 6)
const qn = '20261120140500001'
const validTo = Date.parse('2026-11-20T14:06:00+08:00')

test('a command with any part missing or malformed is no command', () => {
  const whole = `QN=${qn};ST=39;CN=3901;MN=A1;Flag=5;CP=&&Unit=1;On=1;ValidTo=20261120140600;MaxRun=1800&&`
  expect(findSprayCommand(decode(bytesOf(whole)))).toBeDefined()
  for (const [part, other] of [
    [`QN=${qn};`, ''],
    ['CN=3901', 'CN=3902'],
    ['Unit=1', 'Unit=0'],
    ['Unit=1;', ''],
    ['On=1', 'On=2'],
    ['On=1', 'On='],
    ['20261120140600', '20261320140600'],
    ['MaxRun=1800', 'MaxRun=0'],
    ['MaxRun=1800', 'MaxRun=-5'],
  ] as const) {
    expect(findSprayCommand(decode(bytesOf(whole.replace(part, other)))), part).toBeUndefined()
  }
})

test('sayings without their number, their QN or their time are none', () => {
  for (const segment of [
    'ST=91;CN=9011;MN=A1;CP=&&QnRtn=1&&',
    `QN=${qn};ST=91;CN=9011;MN=A1;CP=&&&&`,
    `QN=${qn};ST=91;CN=9012;MN=A1;CP=&&QnRtn=1&&`,
    'ST=39;CN=2021;MN=A1;CP=&&SB1-RS=1&&',
    'ST=39;CN=2021;MN=A1;CP=&&DataTime=20251120094600;SB1-RS=x&&',
    'ST=39;CN=2011;MN=A1;CP=&&DataTime=20251120094600;SB1-RS=1&&',
  ]) {
    expect(findSpraySaying(decode(bytesOf(segment))), segment).toBeUndefined()
  }
})

test('a command is read as it was sent', () => {
  const command = { qn, unit: 2, on: true, validTo, maxRunSeconds: 1800 }
  expect(findSprayCommand(read(sprayCommand(sprayer, command)))).toEqual(command)
  expect(textOf(sprayCommand(sprayer, { ...command, on: false }))).toContain(
    ';CN=3901;PW=123456;MN=330482A89000160000000001;Flag=5;CP=&&Unit=2;On=0;ValidTo=20261120140600;MaxRun=1800&&',
  )
})

test('accepted, executed, effective', () => {
  expect(findSpraySaying(read(requestAnswer(sprayer, qn, 1)))).toEqual({ kind: 'accepted', qn, ok: true, code: 1 })
  expect(findSpraySaying(read(requestAnswer(sprayer, qn, 2)))).toMatchObject({ kind: 'accepted', ok: false, code: 2 })
  expect(findSpraySaying(read(executionResult(sprayer, qn, 5)))).toMatchObject({ kind: 'executed', ok: false })
  const at = Date.parse('2025-11-20T09:46:00+08:00')
  const units = [
    { unit: 1, state: 1 },
    { unit: 2, state: 0 },
  ]
  expect(findSpraySaying(read(getCaptured('f17')))).toEqual({ kind: 'state', at, units })
  expect(sprayState(sprayer, '20251120094600000', at, units)).toEqual(getCaptured('f17'))
})
