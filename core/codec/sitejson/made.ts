import { chanceOf, type Chance } from '../hj212/captures/made.ts'
import { formOf, siteKinds, type SiteKind } from './kinds.ts'
import { marks, type EventKind } from './message.ts'
import { sampleOf } from './sample.ts'

/** Messages made by chance from a seed, for the tests and the torture: most are tidy, some leave out, overdo or garble a part. */
export { chanceOf, type Chance }

const pick = <T>(chance: Chance, from: readonly T[]): T => from[chance(from.length)]!
const text = (value: string) => JSON.stringify(value)
const digits = (chance: Chance, count: number) => Array.from({ length: count }, () => chance(10)).join('')

const oddNumbers = [
  '1e309',
  '-1e309',
  '9007199254740993',
  '123456789012345678901',
  '-0',
  '0.0',
  '1E2',
  '1e-400',
  '"12.5"',
  '"NaN"',
  'true',
  'null',
  '[]',
  '{}',
  'NaN',
  'Infinity',
  '01',
  '+1',
  '.5',
  '1.',
  '0x10',
]
const oddTexts = [
  '',
  'x'.repeat(65),
  'a b',
  '六',
  '\u0000',
  '\ud800',
  '"',
  '\\',
  'a\nb',
  '__proto__',
  'constructor',
  '110101',
]

/** A right identity number of nobody: region 110101, 1 January 1990. */
const identity = '110101199001010015'

function number(chance: Chance): string {
  if (chance(30) === 0) return pick(chance, oddNumbers)
  const whole = chance(pick(chance, [2, 10, 1000, 1_000_000]))
  const sign = chance(5) === 0 ? '-' : ''
  return chance(3) === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits(chance, 1 + chance(4))}`
}

function time(chance: Chance): string {
  const two = (below: number) => String(chance(below)).padStart(2, '0')
  // The highest of each part lies one or two past the calendar's.
  const odd = chance(12) === 0
  const day = [`20${two(100)}`, two(odd ? 14 : 12).replace('00', '12'), two(odd ? 33 : 28).replace('00', '28')]
  const clock = [two(odd ? 26 : 24), two(odd ? 62 : 60), two(odd ? 62 : 60)]
  if (chance(40) === 0)
    return pick(chance, [text('2026-11-20 14:05:00'), text('2026-11-20T14:05Z'), '1795154700', 'null', '""'])
  if (chance(3) === 0) return text([...day, ...clock].join(''))
  const fraction = chance(3) === 0 ? `.${digits(chance, 1 + chance(odd ? 11 : 9))}` : ''
  const offset = pick(chance, ['Z', '+08:00', '+08:00', '-05:30', odd ? '+15:00' : '+00:00', odd ? '+0800' : 'Z'])
  return text(`${day.join('-')}T${clock.join(':')}${fraction}${offset}`)
}

const id = (chance: Chance) =>
  chance(40) === 0
    ? pick(chance, [text(pick(chance, oddTexts)), '7', 'null'])
    : text(`m-${digits(chance, 1 + chance(12))}`)

const point = (chance: Chance) =>
  chance(40) === 0 ? text(pick(chance, oddTexts)) : text(pick(chance, ['S1', 'S2', 'CX1-05', 'Z_3']))

/** Members in an order of chance; now and then one is missing, doubled or unknown. */
function object(chance: Chance, members: readonly (readonly [string, string])[]): string {
  const kept = members.filter(() => chance(40) > 0).map(([name, value]) => `${text(name)}:${value}`)
  if (chance(60) === 0)
    kept.push(`${text(pick(chance, ['虚', 'extra', '7', '3', 'toString', 'a b', '\u0000']))}:${number(chance)}`)
  if (chance(300) === 0) kept.push(`"__proto__":{"polluted":${number(chance)}}`)
  if (chance(300) === 0) kept.push(`"\\u005f_proto__":1`)
  if (chance(300) === 0 && kept.length > 0) kept.push(pick(chance, kept))
  if (chance(400) === 0)
    kept.push(`"note":${text(pick(chance, [`ID${identity}`, identity, `9${identity}`, `f${identity}`]))}`)
  if (chance(600) === 0) kept.push(`"note":"\\u0031${identity.slice(1)}"`)
  if (chance(600) === 0) kept.push(`"deep":${'['.repeat(1 + chance(9))}1`)
  if (chance(400) === 0) kept.push(`"deep":${nested(1 + chance(12))}`)
  if (chance(4) === 0) kept.push(...kept.splice(0, chance(kept.length + 1)))
  const gap = chance(10) === 0 ? pick(chance, [' ', '\n', '\t\r\n', '\u00a0']) : ''
  return `{${gap}${kept.join(`,${gap}`)}${gap}}`
}

const nested = (depth: number): string =>
  depth === 0 ? '0' : depth % 2 ? `[${nested(depth - 1)}]` : `{"d":${nested(depth - 1)}}`

const list = (chance: Chance, most: number, entry: () => string): string => {
  if (chance(80) === 0) return pick(chance, ['{}', '"S1"', 'null', '1', '[null]', '[1]', '[[]]'])
  return `[${Array.from({ length: chance(most + 1) }, entry).join(',')}]`
}

const plates = ['浙F12345', '浙FD12345', '粤Z1234港', '浙f12345', '', '浙F 12345']

function body(chance: Chance, kind: EventKind): string {
  const flag = () => (chance(30) === 0 ? pick(chance, ['1', '"true"', 'null']) : pick(chance, ['true', 'false']))
  switch (kind) {
    case 'exit': {
      const plate = chance(5) === 0 ? 'null' : text(pick(chance, chance(10) === 0 ? plates : plates.slice(0, 3)))
      const weight = chance(2) === 0 ? [['grossWeight', number(chance)] as const] : []
      return object(chance, [['plate', plate], ['washed', flag()], ['covered', flag()], ['legible', flag()], ...weight])
    }
    case 'passage': {
      const digest = Array.from({ length: chance(40) === 0 ? 63 : 64 }, () =>
        pick(chance, [...'0123456789abcdef']),
      ).join('')
      return object(chance, [
        ['cardDigest', text(chance(60) === 0 ? identity : digest)],
        ['direction', text(pick(chance, chance(40) === 0 ? ['IN', '进'] : ['in', 'out']))],
      ])
    }
    case 'intrusion':
      return object(chance, [['zone', point(chance)]])
    case 'cycle':
      return object(chance, [
        ['endedAt', time(chance)],
        ['maxLoad', number(chance)],
        ['endRound', number(chance)],
        ['driverId', id(chance)],
      ])
    case 'track':
      return object(chance, [
        ['lon', `${chance(200)}.${digits(chance, 6)}`],
        ['lat', `-${chance(95)}.${digits(chance, 6)}`],
      ])
  }
}

function word(chance: Chance): string {
  const bits = Array.from({ length: chance(40) === 0 ? 31 : 32 }, () => (chance(6) === 0 ? '1' : '0')).join('')
  return chance(40) === 0 ? `${chance(1000)}` : text(bits)
}

/** One message as JSON text; not every one is well-formed. */
export function messageOf(chance: Chance): string {
  const kind = pick(chance, siteKinds)
  const form = formOf(kind)
  const fields = form.fields
    .filter(() => chance(6) > 0)
    .map(({ name }) => [name, name === 'warning' ? word(chance) : number(chance)] as const)
  const points = list(chance, 4, () =>
    object(chance, [
      ['point', point(chance)],
      ...form.points.filter(() => chance(2) === 0).map(({ name }) => [name, number(chance)] as const),
    ]),
  )
  const flagged = [
    ...fields.map(([name]) => name),
    ...form.points.flatMap(({ name }) => [`${name}@S1`, `${name}@CX1-05`]),
  ]
  const mark = () => text(pick(chance, chance(30) === 0 ? ['X', 'n', '', 'NN'] : marks))
  const events = list(chance, 3, () => {
    const event = pick(
      chance,
      chance(30) === 0 ? (['exit', 'passage', 'track'] as const) : ([...form.events, 'exit'] as const),
    )
    return object(chance, [
      ['id', id(chance)],
      ['at', time(chance)],
      ['kind', text(event)],
      ['body', body(chance, event)],
    ])
  })
  const sometimes = (name: string, wanted: boolean, value: string) =>
    (wanted ? chance(3) > 0 : chance(60) === 0) ? [[name, value] as const] : []
  return object(chance, [
    ['id', id(chance)],
    ['deviceTime', time(chance)],
    ['kind', chance(60) === 0 ? pick(chance, ['"dust"', '"toString"', '7', 'null', '"Crane"']) : text(kind)],
    ...sometimes('driverId', form.driver, id(chance)),
    ...sometimes('driverName', form.driver && chance(4) === 0, text('王师傅')),
    ...fields,
    ...sometimes('points', form.points.length > 0, points),
    ...sometimes(
      'flags',
      flagged.length > 0,
      object(
        chance,
        flagged.filter(() => chance(3) > 0).map((name) => [name, mark()]),
      ),
    ),
    ...sometimes('events', form.events.length > 0, events),
    ...sometimes(
      'replies',
      chance(6) === 0,
      list(chance, 2, () => reply(chance)),
    ),
    ...sometimes(
      'states',
      chance(6) === 0,
      list(chance, 2, () => state(chance)),
    ),
  ])
}

const reply = (chance: Chance): string =>
  object(chance, [
    ['commandId', id(chance)],
    ['mark', text(pick(chance, chance(30) === 0 ? ['done', ''] : ['accepted', 'executed', 'refused']))],
    ...(chance(2) === 0 ? [['code', chance(20) === 0 ? number(chance) : `${chance(200)}`] as const] : []),
  ])

const state = (chance: Chance): string =>
  object(chance, [
    ['unit', chance(20) === 0 ? number(chance) : `${chance(12)}`],
    ['running', pick(chance, chance(30) === 0 ? ['1', '"on"'] : ['true', 'false'])],
  ])

/** Bytes that do not belong: GBK for 扬尘, broken and overlong UTF-8, a byte order mark, UTF-16, NUL, marks of JSON. */
const foreign: readonly (readonly number[])[] = [
  [0xd1, 0xef, 0xb3, 0xbe],
  [0xe6, 0x89],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0],
  [34],
  [92],
  [92, 117],
  [123],
  [93],
  [58, 58],
  [44, 44],
  [...'"__proto__":'].map((letter) => letter.charCodeAt(0)),
  Array.from({ length: 40 }, () => 91),
]

/** One to four damages: flipped, lost, doubled and foreign bytes, a cut, a mark put before. */
export function damaged(message: Uint8Array, chance: Chance): Uint8Array {
  const bytes = [...message]
  for (let count = 1 + chance(4); count > 0; count -= 1) {
    const at = chance(bytes.length + 1)
    const way = chance(8)
    if (way === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << chance(8))
    else if (way === 1) bytes.splice(at, 1 + chance(20))
    else if (way === 2) bytes.splice(at, 0, ...bytes.slice(at, at + 1 + chance(60)))
    else if (way === 3) bytes.splice(at, 0, ...pick(chance, foreign))
    else if (way === 4) bytes[at] = 48 + chance(10)
    else if (way === 5) bytes.splice(chance(20) === 0 ? at : bytes.length)
    else if (way === 6 && chance(20) === 0) bytes.unshift(...pick(chance, foreign))
    else bytes[at] = chance(256)
  }
  return Uint8Array.from(bytes)
}

/** The sample of a kind as it is sent. */
export const sampleText = (kind: SiteKind): string => JSON.stringify(sampleOf(kind))
