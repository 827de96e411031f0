/** Frames made by chance from a seed, for tests: the grammar of valid segments, and damage. */
export type Chance = (below: number) => number

/** mulberry32: whole numbers in [0, below), the same for the same seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export const pick = <T>(chance: Chance, from: readonly T[]): T => from[chance(from.length)]!

const codes = ['a34004', 'a34002', 'a34001', 'a01001', 'a01008', 'LA', 'Leq', 'PM25', 'NOIS', 'SB1', 'SB12', 'a99999Z']
const suffixes = ['Rtd', 'Min', 'Avg', 'Max', 'Cou', 'ZsRtd', 'Data', 'NightData', 'RS', 'RT', 'EFlag', 'SampleTime']
const values = [
  'NaN',
  '',
  '-',
  '1e309',
  '1e3',
  '+5',
  '0x10',
  '1.2.3',
  '.',
  'Infinity',
  '68.0.',
  '1234567890123456',
  '六',
]
const texts = ['北门', '30', 'A-7', '', 'x=y', '20251120093000']

function decimal(chance: Chance): string {
  const whole = String(chance(pick(chance, [10, 1000, 10_000_000])))
  const shape = chance(6)
  if (shape === 0) return whole
  if (shape === 1) return `-${whole}.${chance(100)}`
  if (shape === 2) return `${whole}.`
  if (shape === 3) return `.${chance(1000)}`
  return `${whole}.${String(chance(1000)).padStart(3, '0')}`
}

const digits = (chance: Chance, count: number) => Array.from({ length: count }, () => chance(10)).join('')

const time = (chance: Chance) =>
  `20${String(chance(100)).padStart(2, '0')}${String(chance(13)).padStart(2, '0')}${String(chance(32)).padStart(2, '0')}` +
  `${String(chance(25)).padStart(2, '0')}${digits(chance, 4)}`

function group(chance: Chance): string {
  const code = pick(chance, codes)
  const items = Array.from({ length: 1 + chance(3) }, () => {
    const value = chance(12) === 0 ? pick(chance, values) : decimal(chance)
    return `${code}-${pick(chance, suffixes)}=${value}`
  })
  if (chance(5) > 0) items.push(`${code}-Flag=${pick(chance, ['N', 'N', 'N', 'D', 'T', 'B', 'n', ''])}`)
  if (chance(20) === 0) items.unshift(`${pick(chance, codes)}-Flag=C`)
  return items.join(chance(15) === 0 ? ' , ' : ',')
}

/** A data segment as devices send them: most are tidy, some leave out, space out or garble a part. */
export function segmentOf(chance: Chance): string {
  const often = (part: string) => (chance(30) === 0 ? '' : part)
  const header = [
    often(`QN=${digits(chance, chance(20) === 0 ? 16 : 17)};`),
    often(`ST=${pick(chance, ['22', '39', '23', '91', '3x'])};`),
    often(`CN=${pick(chance, ['2011', '2051', '2061', '9014', '201'])};`),
    often(`PW=${digits(chance, 6)};`),
    often(`MN=${pick(chance, ['330482A89000160000000001', 'LXHB0CS0306310', '33048200000001', 'A B'])};`),
    often(`Flag=${chance(260)};`),
    chance(8) === 0 ? `PNUM=${chance(20)};PNO=${chance(20)};` : '',
    chance(20) === 0 ? 'RF=1;' : '',
    chance(40) === 0 ? ' ; noise;' : '',
  ]
  const data = [`DataTime=${time(chance)}`, ...Array.from({ length: chance(9) }, () => group(chance))]
  if (chance(6) === 0)
    data.push(`${pick(chance, ['SystemTime', 'QnRtn', 'Place', '地点', 'a-b-c'])}=${pick(chance, texts)}`)
  if (chance(20) === 0) data.push('')
  if (chance(40) === 0) data.push('lonely')
  const close = chance(40) === 0 ? pick(chance, ['', '&', '&& ', '&&&&']) : '&&'
  return `${header.join('')}${often('CP=&&')}${data.join(';')}${close}`
}

/** One to four damages: flipped, lost, doubled and foreign bytes, header marks inside the data, lying lengths. */
export function damaged(frame: Uint8Array, chance: Chance): Uint8Array {
  const bytes = [...frame]
  for (let count = 1 + chance(4); count > 0; count -= 1) {
    const at = chance(bytes.length)
    const way = chance(7)
    if (way === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << chance(8))
    else if (way === 1) bytes.splice(at, 1 + chance(20))
    else if (way === 2) bytes.splice(at, 0, ...bytes.slice(at, at + 1 + chance(30)))
    else if (way === 3) bytes.splice(at, 0, 35, 35)
    else if (way === 4) bytes.splice(at, 0, ...pick(chance, foreign))
    else if (way === 5)
      bytes.splice(
        2,
        4,
        ...digits(chance, 4)
          .split('')
          .map((digit) => digit.charCodeAt(0)),
      )
    else bytes[at] = chance(256)
    if (bytes.length === 0) bytes.push(35)
  }
  return Uint8Array.from(bytes)
}

/** GBK for 扬尘, broken UTF-8, CR LF, NUL, ';;,,==' */
const foreign = [[0xd1, 0xef, 0xb3, 0xbe], [0xe6, 0x89], [0xf5, 0xc0, 0x80], [13, 10], [0], [59, 59, 44, 44, 61, 61]]
