import { expect, test } from 'vitest'
import { decode } from './decode.ts'
import { siteKinds } from './kinds.ts'
import { sampleText } from './made.ts'
import { longestMessage, mostProblems, type SiteMessage } from './message.ts'
import { messageSchema } from './schema.ts'
import { decodeSlowly } from './slow.ts'
import { bytesOf, jsonOf } from './text.ts'

/** What both decoders say; a test that asks one asks the other. */
function both(bytes: Uint8Array) {
  const said = decode(bytes)
  expect(decodeSlowly(bytes)).toEqual(said)
  return said
}

const refused = (bytes: Uint8Array | string) => {
  const said = both(typeof bytes === 'string' ? bytesOf(bytes) : bytes)
  return said.ok ? 'taken' : `${said.reason}${said.path && ` ${said.path}`}`
}

function taken(message: Record<string, unknown> | string): SiteMessage {
  const said = both(typeof message === 'string' ? bytesOf(message) : jsonOf(message))
  if (!said.ok) expect.fail(`refused: ${said.reason} ${said.path}`)
  return said.message
}

const time = '2026-11-20T14:05:00+08:00'
const meter = { id: 'm1', deviceTime: time, kind: 'meter', power: 41.7 }
const problems = (message: SiteMessage) => message.problems.map(({ rule, path }) => `${rule} ${path}`)

test('bytes that are no message are refused by name', () => {
  const whole = JSON.stringify(meter)
  expect(refused(new Uint8Array(0))).toBe('not_json')
  expect(refused(new Uint8Array(longestMessage + 1).fill(32))).toBe('too_long')
  expect(refused(Uint8Array.from([0xef, 0xbb, 0xbf, ...bytesOf(whole)]))).toBe('byte_order_mark')
  // GBK for 扬尘, an overlong NUL, a surrogate, UTF-16 with its mark.
  for (const wrong of [
    [0xd1, 0xef, 0xb3, 0xbe],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xff, 0xfe],
  ]) {
    expect(refused(Uint8Array.from([...bytesOf('{"id":"'), ...wrong, ...bytesOf('"}')]))).toBe('not_utf8')
  }
  for (const wrong of [
    '',
    ' ',
    '{',
    whole.slice(0, -1),
    `${whole},`,
    `${whole}{}`,
    whole.replace('41.7', 'NaN'),
    "{'id':1}",
  ]) {
    expect(refused(wrong), wrong).toBe('not_json')
  }
  for (const wrong of ['41.7', '41.70', '041.7', '.5', '+1', '1.', '0x10', 'Infinity', '1_000']) {
    expect(refused(whole.replace('41.7', wrong)), wrong).toBe(['41.7', '41.70'].includes(wrong) ? 'taken' : 'not_json')
  }
  for (const wrong of ['[]', '"a"', '1', 'null', `[${whole}]`]) expect(refused(wrong), wrong).toBe('not_object')
})

test('deep nesting is refused before it is parsed', () => {
  expect(refused(`${'['.repeat(9)}${']'.repeat(9)}`)).toBe('too_deep')
  expect(refused('['.repeat(longestMessage))).toBe('too_deep')
  expect(refused('{"a":'.repeat(10_000))).toBe('too_deep')
  expect(refused(`${'['.repeat(8)}${']'.repeat(8)}`)).toBe('not_object')
  // Brackets inside a text are letters.
  expect(refused(JSON.stringify({ ...meter, note: '[[[[[[[[[[[[\\"{{{{' }))).toBe('taken')
})

test('a key said twice and a key that reaches into the prototype are refused', () => {
  const whole = JSON.stringify(meter)
  expect(refused(whole.replace('"power":41.7', '"power":41.7,"power":4.17'))).toBe('duplicate_key')
  expect(refused(whole.replace('"power":41.7', '"power":41.7,"p\\u006fwer":4.17'))).toBe('duplicate_key')
  expect(refused(whole.replace('41.7', '41.7,"flags":{"power":"N","power":"D"}'))).toBe('duplicate_key')
  for (const key of ['"__proto__"', '"\\u005f_proto__"']) {
    expect(refused(whole.replace('41.7', `41.7,${key}:{"ok":true}`))).toBe('forbidden_key')
    expect(refused(whole.replace('41.7', `41.7,"flags":{${key}:"N"}`))).toBe('forbidden_key')
  }
  expect(({} as Record<string, unknown>).ok).toBeUndefined()
  expect(
    problems(taken(whole.replace('41.7', '41.7,"constructor":{"prototype":{}},"toString":1,"hasOwnProperty":1'))),
  ).toEqual(['field_unknown constructor', 'field_unknown toString', 'field_unknown hasOwnProperty'])
})

test('an identity number refuses the message wherever it stands; a digest and a serial number do not', () => {
  const person = '110101199001010015'
  const with_ = (part: Record<string, unknown>) => refused(jsonOf({ ...meter, ...part }))
  expect(with_({ note: person })).toBe('personal_data')
  expect(with_({ note: `身份证${person}，` })).toBe('personal_data')
  expect(with_({ note: `\n${person}` })).toBe('personal_data')
  expect(with_({ note: '11010119900101004x' })).toBe('personal_data')
  expect(with_({ id: person })).toBe('personal_data')
  expect(with_({ [person]: 1 })).toBe('personal_data')
  expect(refused(JSON.stringify(meter).replace('41.7', person))).toBe('personal_data')
  expect(refused(JSON.stringify({ ...meter, note: 'P' }).replace('P', `\\u0031${person.slice(1)}`))).toBe(
    'personal_data',
  )
  const passage = { cardDigest: person, direction: 'in' }
  const events = [{ id: 'e1', at: time, kind: 'passage', body: passage }]
  expect(refused(jsonOf({ id: 't1', deviceTime: time, kind: 'turnstile', events }))).toBe('personal_data')
  // The wrong check character, a month 13, a longer number, the digits of a digest and of a fraction.
  for (const other of ['110101199001010016', '110101199013010015', `9${person}`, `a${person}f`, `0.${person}`]) {
    expect(with_({ note: other }), other).toBe('taken')
  }
})

test('an envelope that cannot be read refuses the message', () => {
  const wrong: [Record<string, unknown>, string][] = [
    [{ id: undefined }, 'field_missing id'],
    [{ id: null }, 'field_missing id'],
    [{ id: 7 }, 'field_malformed id'],
    [{ id: 'a b' }, 'field_malformed id'],
    [{ id: 'a\u0000' }, 'field_malformed id'],
    [{ id: 'x'.repeat(65) }, 'field_malformed id'],
    [{ kind: undefined }, 'field_missing kind'],
    [{ kind: 7 }, 'field_malformed kind'],
    [{ kind: 'dust' }, 'kind_unknown kind'],
    [{ kind: 'toString' }, 'kind_unknown kind'],
    [{ flags: [] }, 'field_malformed flags'],
    [{ replies: {} }, 'field_malformed replies'],
    [{ states: 'on' }, 'field_malformed states'],
    [{ kind: 'pit', points: {} }, 'field_malformed points'],
    [{ kind: 'crane', events: 1 }, 'field_malformed events'],
  ]
  for (const [part, said] of wrong) expect(refused(jsonOf({ ...meter, ...part })), JSON.stringify(part)).toBe(said)
})

test('what is not a number never becomes one, and the rest stands', () => {
  const whole = '{"id":"m1","deviceTime":"20261120140500","kind":"meter","power":P,"water":1204.35}'
  const told: [string, string][] = [
    ['"41.7"', 'value_not_a_number power'],
    ['"NaN"', 'value_not_a_number power'],
    ['""', 'value_not_a_number power'],
    ['true', 'value_not_a_number power'],
    ['[]', 'value_not_a_number power'],
    ['{}', 'value_not_a_number power'],
    ['1e309', 'value_too_large power'],
    ['-1e309', 'value_too_large power'],
    ['9007199254740993', 'value_too_large power'],
    ['123456789012345678901234567890', 'value_too_large power'],
  ]
  for (const [text, problem] of told) {
    const message = taken(whole.replace('P', text))
    expect(message.values).toEqual([{ quantity: 'water', value: 1204.35, flag: null }])
    expect(problems(message)).toEqual([problem])
  }
  expect(taken(whole.replace('P', 'null'))).toMatchObject({ values: [{ quantity: 'water' }], problems: [] })
  expect(Object.is(taken(whole.replace('P', '-0')).values[0]!.value, 0)).toBe(true)
  expect(taken(whole.replace('P', '4.17E1')).values[0]).toEqual({ quantity: 'power', value: 41.7, flag: null })
})

test('impossible times are told, and no time is made up', () => {
  for (const wrong of [
    '2026-11-20 14:05:00',
    '2026-11-20T14:05:00',
    '2026-11-20T14:05+08:00',
    '2026-11-20T14:05:00+0800',
    '2026-11-20T14:05:00.+08:00',
    '2026-11-20T14:05:00.1234567890Z',
    '2025-02-29T14:05:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-20T24:00:00Z',
    '2026-11-20T23:59:60Z',
    '2026-11-20T14:05:00+15:00',
    '2026-11-20T14:05:00Z ',
    '20261320140500',
    '2026112014050',
    '1899-12-31T00:00:00Z',
    '',
    1795154700,
  ]) {
    const message = taken({ ...meter, deviceTime: wrong })
    expect(message.dataTime, String(wrong)).toBeUndefined()
    expect(problems(message)).toEqual(['time_malformed deviceTime'])
  }
  expect(problems(taken({ ...meter, deviceTime: undefined }))).toEqual(['field_missing deviceTime'])
})

test('the forms of a time say the same instant', () => {
  const at = Date.parse(time)
  for (const right of [time, '20261120140500', '2026-11-20T06:05:00Z', '2026-11-20T00:35:00-05:30']) {
    expect(taken({ ...meter, deviceTime: right })).toMatchObject({ dataTime: at, problems: [] })
  }
  expect(taken({ ...meter, deviceTime: '2026-11-20T14:05:00.1239+08:00' }).dataTime).toBe(at + 123)
  expect(taken({ ...meter, deviceTime: '2024-02-29T23:59:59.5Z' }).dataTime).toBe(
    Date.parse('2024-02-29T23:59:59.500Z'),
  )
})

test('flags: an unknown mark is no mark, and one without its value is told', () => {
  const message = taken({ ...meter, water: 1, flags: { power: 'D', water: 'n', electricity: 'N', toString: 'N' } })
  expect(message.values).toEqual([
    { quantity: 'power', value: 41.7, flag: 'D' },
    { quantity: 'water', value: 1, flag: null },
  ])
  expect(problems(message)).toEqual([
    'flag_unknown flags.water',
    'flag_without_value flags.electricity',
    'flag_without_value flags.toString',
  ])
})

test('points: a nameless one is left out, the same one twice counts once', () => {
  const points = [
    { point: 'S1', subside: -3.2, displace: '4' },
    { point: 'S@1', subside: 1 },
    { subside: 1 },
    7,
    { point: 'S1', subside: -9, waterLevel: -4.82, colour: 1 },
  ]
  const message = taken({ ...meter, kind: 'pit', power: undefined, points, flags: { 'subside@S1': 'N', subside: 'N' } })
  expect(message.values).toEqual([
    { quantity: 'subside@S1', value: -3.2, flag: 'N' },
    { quantity: 'waterLevel@S1', value: -4.82, flag: null },
  ])
  expect(problems(message)).toEqual([
    'value_not_a_number points[0].displace',
    'field_malformed points[1].point',
    'field_malformed points[2].point',
    'field_malformed points[3]',
    'value_repeated points[4].subside',
    'field_unknown points[4].colour',
    'flag_without_value flags.subside',
  ])
})

test('a crane: the alarm word as a number, the driver by number and never by name', () => {
  const word = '1'.padEnd(32, '0')
  const crane = { id: 'c1', deviceTime: time, kind: 'crane', driverId: 'D1002', driverName: '王师傅', warning: word }
  const message = taken({ ...crane, flags: { warning: 'N' } })
  expect(message).toMatchObject({ driverId: 'D1002', problems: [] })
  expect(message.values).toEqual([{ quantity: 'warningWord', value: 1, flag: 'N' }])
  expect(JSON.stringify(message)).not.toContain('王师傅')
  // Items 1 and 31: overload, and the last reserved one.
  expect(taken({ ...crane, warning: `01${'0'.repeat(29)}1` }).values[0]!.value).toBe(2 + 2 ** 31)
  expect(taken({ ...crane, warning: '1'.repeat(32) }).values[0]!.value).toBe(0xffff_ffff)
  for (const wrong of ['1'.repeat(31), '2'.padEnd(32, '0'), 1, '']) {
    expect(problems(taken({ ...crane, warning: wrong }))).toEqual(['field_malformed warning'])
  }
  expect(problems(taken({ ...crane, driverId: '王师傅' }))).toEqual(['field_malformed driverId'])
})

test('a list of problems ends, and what it names can be stored', () => {
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`x${index}`, 1]))
  expect(taken({ ...meter, ...many }).problems).toHaveLength(mostProblems)
  expect(problems(taken(JSON.stringify(meter).replace('41.7', '41.7,"a\\u0000\\ud800\\"风速":1')))).toEqual([
    'field_unknown a???风速',
  ])
})

test('the samples: taken without a problem, by both decoders and by the published form', () => {
  for (const kind of siteKinds) {
    expect(taken(sampleText(kind))).toMatchObject({ kind, problems: [] })
    expect(messageSchema(kind).safeParse(JSON.parse(sampleText(kind))).error).toBeUndefined()
  }
})
