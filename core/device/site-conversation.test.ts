import { expect, test } from 'vitest'
import { bytesOf } from '../codec/hj212/index.ts'
import {
  ack,
  type BadReason,
  clockCommand,
  decode,
  refusal,
  sampleOf,
  siteKinds,
  switchCommand,
} from '../codec/sitejson/index.ts'
import { shownFields, shownParts } from './conversation.ts'
import { findModel, models } from './models.ts'
import type { Spoken } from './schema.ts'
import { badReasonNames, siteProblemNames } from './site-conversation.ts'

const crane = findModel('crane-gbt37366')!
const json = (value: object) => bytesOf(JSON.stringify(value))
const heard = (fault: Spoken['fault'] = null) => ({ way: 'in', verdict: 'stored', fault }) as const
const sample = (more: object = {}) => ({ ...sampleOf('crane'), ...more })

/** A message of each reason for which one is not taken. */
const refused: Record<BadReason, Uint8Array> = {
  too_long: bytesOf(`{"id":"${'x'.repeat(70_000)}"}`),
  byte_order_mark: Uint8Array.from([0xef, 0xbb, 0xbf, ...json(sample())]),
  not_utf8: Uint8Array.from([0x7b, 0xff, 0x7d]),
  too_deep: bytesOf(`{"id":"a","kind":"crane","x":${'['.repeat(12)}${']'.repeat(12)}}`),
  not_json: bytesOf('{"id":'),
  forbidden_key: bytesOf('{"id":"a","kind":"crane","__proto__":{}}'),
  duplicate_key: bytesOf('{"id":"a","id":"b","kind":"crane"}'),
  personal_data: json(sample({ driverId: '11010519491231002X' })),
  not_object: bytesOf('[]'),
  field_missing: json({ kind: 'crane' }),
  field_malformed: json(sample({ events: 7 })),
  kind_unknown: json(sample({ kind: 'ufo' })),
}

test('every reason for refusing a message has its sentence, and stands in the conversation', () => {
  for (const [reason, raw] of Object.entries(refused)) {
    const decoded = decode(raw)
    expect(decoded).toMatchObject({ ok: false, reason })
    if (decoded.ok) continue
    const fault = { reason: decoded.reason, path: decoded.path }
    const said = shownFields(raw, { ...heard(fault), verdict: 'not_understood' }, crane)
    expect(said.map(({ bad }) => bad)).toContain(badReasonNames[decoded.reason])
    const parts = shownParts(raw, { ...heard(fault), verdict: 'not_understood' }, crane)
    expect(
      parts.some(({ bad }) => bad?.endsWith(badReasonNames[decoded.reason])),
      reason,
    ).toBe(true)
  }
  for (const sentence of [...Object.values(badReasonNames), ...Object.values(siteProblemNames)])
    expect(sentence).toMatch(/\p{Script=Han}/u)
})

test('a message of another kind than its device is marked at its kind', () => {
  const parts = shownParts(json(sampleOf('hoist')), heard({ reason: 'kind_unknown', path: '/kind' }), crane)
  expect(parts.find(({ bad }) => bad)).toEqual({
    part: 'data',
    text: '  "kind": "hoist",\n',
    bad: badReasonNames.kind_unknown,
  })
})

test('a part that was left out is marked where it stands, and every rule is met', () => {
  const raw = json({
    ...{ id: 'p1', kind: 'pit', deviceTime: '2026-13-20T14:05:00+08:00', colour: 'red' },
    points: [
      { point: 'S1', subside: '3', displace: 1e300 },
      { point: 'S1', deepDisplace: 1 },
      { point: 'S1', deepDisplace: 2 },
      { point: '?' },
    ],
    flags: { 'deepDisplace@S1': 'Q', 'subside@S9': 'N' },
  })
  const decoded = decode(raw)
  const problems = decoded.ok ? decoded.message.problems : []
  const marked = shownParts(raw, heard({ problems }), findModel('pit-logger')!).filter(({ bad }) => bad)
  expect(marked.map(({ text, bad }) => [text.trim(), bad])).toEqual([
    ['"deviceTime": "2026-13-20T14:05:00+08:00",', siteProblemNames.time_malformed],
    ['"colour": "red",', siteProblemNames.field_unknown],
    ['"subside": "3",', siteProblemNames.value_not_a_number],
    ['"displace": 1e+300', siteProblemNames.value_too_large],
    ['"deepDisplace": 2', siteProblemNames.value_repeated],
    ['"point": "?"', siteProblemNames.field_malformed],
    ['"deepDisplace@S1": "Q",', siteProblemNames.flag_unknown],
    ['"subside@S9": "N"', siteProblemNames.flag_without_value],
  ])
  const other = decode(json({ id: 'p1', kind: 'pit', deviceTime: null, events: null }))
  expect(other.ok && other.message.problems.map(({ rule }) => rule)).toEqual(['field_missing'])
  const exits = decode(json({ ...sampleOf('wheel_wash'), events: [{ kind: 'track' }] }))
  expect(exits.ok && exits.message.problems.map(({ rule }) => rule)).toEqual(['event_unknown'])
})

test('every kind of message is told with names, units and marks', () => {
  for (const kind of siteKinds) {
    const model = models.find((one) => one.kind === kind)
    const fields = shownFields(json(sampleOf(kind)), heard(), model)
    expect(fields.filter(({ bad }) => bad)).toEqual([])
    for (const { meaning } of fields) expect(meaning).toMatch(/\p{Script=Han}/u)
  }
  const fields = shownFields(json(sample()), heard(), crane)
  expect(fields).toContainEqual({ name: 'momentPercent', text: '61.2', meaning: '力矩百分比（%），正常' })
})

test('what goes down is explained, and a refused sign-in says why', () => {
  const out = { way: 'out', verdict: 'sent', fault: null } as const
  const said = (raw: Uint8Array) => shownFields(raw, out, crane).map(({ meaning }) => meaning)
  expect(said(ack('c1'))).toEqual(['这条消息已入库'])
  expect(said(refusal('not_json', ''))).toEqual([badReasonNames.not_json])
  expect(said(clockCommand(0))).toEqual(['把设备时钟设为这个时刻'])
  expect(said(switchCommand({ id: 'k', unit: 2, on: true, validTo: 0, maxRunSeconds: 60 }))[0]).toBe('2 号开启')
  const signIn = shownFields(bytesOf('CONNECT A1'), { ...heard(), verdict: 'wrong_password' }, crane)
  expect(signIn).toEqual([
    expect.objectContaining({ name: 'CONNECT', text: 'A1', bad: expect.stringContaining('密码不符') }),
  ])
})

test('a device that speaks another protocol than its model is shown as it speaks', () => {
  const asDust = findModel('dust-ug')!
  expect(shownFields(json(sample()), heard(), asDust).some(({ name }) => name === 'kind')).toBe(true)
  expect(shownParts(bytesOf('##0000\r\n'), heard(), crane)).toHaveLength(5)
})
