import { kinds, type Kind, type Message } from './message.ts'

/**
 * The reference: the format as one reads it, with `split` and regular expressions. Several times slower than `decode`
 * and `takeFrames`, and easy to check against the standard by eye; it serves tests and measurements and nobody else.
 * It shares no code with them, only the types and the list of suffixes.
 */
export function decodeSlowly(text: string): Message {
  const message: Message = {
    qn: undefined,
    st: undefined,
    cn: undefined,
    pw: undefined,
    mn: undefined,
    flag: 0,
    version: '2005',
    wantsAnswer: false,
    split: false,
    pnum: undefined,
    pno: undefined,
    resent: false,
    dataTime: undefined,
    readings: [],
    fields: [],
    problems: [],
  }
  const open = /(^|;) *CP=&&/.exec(text)
  const header = open ? text.slice(0, open.index) : text
  for (const pair of header.split(';')) readPair(message, trim(pair))
  if (!open) message.problems.push({ rule: 'field_missing', field: 'CP', text: '' })
  else readArea(message, text.slice(open.index + open[0].length))
  for (const [field, value] of Object.entries({ ST: message.st, CN: message.cn, MN: message.mn })) {
    const told = message.problems.some((problem) => problem.field === field)
    if (value === undefined && !told) message.problems.push({ rule: 'field_missing', field, text: '' })
  }
  return message
}

/**
 * Whether these bytes are one whole frame of the standard: head, length, check value of annex A bit by bit, CR LF.
 * Data may hold anything but CR.
 */
export function isFrameSlowly(bytes: Uint8Array): boolean {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  const [, length, data, crc] = /^##(\d{4})([^\r]*)([0-9A-Fa-f]{4})\r\n$/.exec(text) ?? []
  if (data === undefined || data.length !== Number(length) || data.length > 1024) return false
  let register = 0xffff
  for (const letter of data) {
    register = (register >> 8) ^ letter.charCodeAt(0)
    for (let bit = 0; bit < 8; bit += 1) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1
  }
  return register === Number.parseInt(crc!, 16)
}

const isWhole = (text: string, most: number) => /^\d{1,5}$/.test(text) && Number(text) <= most

const shapes: Record<string, (text: string) => boolean> = {
  QN: (text) => /^\d{17}$/.test(text),
  ST: (text) => /^\d{2}$/.test(text),
  CN: (text) => /^\d{4}$/.test(text),
  PW: (text) => /^[!"$%'-+\--:<-~]{1,16}$/.test(text),
  MN: (text) => /^[!"$%'-+\--:<-~]{1,24}$/.test(text),
  Flag: (text) => isWhole(text, 255),
  PNUM: (text) => isWhole(text, 99_999),
  PNO: (text) => isWhole(text, 99_999),
  RF: (text) => isWhole(text, 1) && Number(text) === 1,
}

function readPair(message: Message, pair: string): void {
  if (pair === '') return
  const sign = pair.indexOf('=')
  if (sign < 0) {
    message.problems.push({ rule: 'field_malformed', field: pair, text: '' })
    return
  }
  const name = trim(pair.slice(0, sign))
  const text = trim(pair.slice(sign + 1))
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined
  if (!isWord(name)) message.problems.push({ rule: 'name_malformed', field: pair, text: '' })
  else if (!shape) message.fields.push({ name, text })
  else if (!shape(text)) message.problems.push({ rule: 'field_malformed', field: name, text })
  else if (name === 'QN') message.qn = text
  else if (name === 'ST') message.st = text
  else if (name === 'CN') message.cn = text
  else if (name === 'PW') message.pw = text
  else if (name === 'MN') message.mn = text
  else if (name === 'PNUM') message.pnum = Number(text)
  else if (name === 'PNO') message.pno = Number(text)
  else if (name === 'RF') message.resent = true
  else readFlag(message, Number(text))
}

/** V5 V4 V3 V2 V1 V0 D A, as they are printed. */
function readFlag(message: Message, flag: number): void {
  const bits = flag.toString(2).padStart(8, '0')
  const versions: Record<string, Message['version']> = { '000000': '2005', '000001': '2017', '000010': '2025' }
  message.flag = flag
  message.version = versions[bits.slice(0, 6)] ?? 'unknown'
  message.split = bits[6] === '1'
  message.wantsAnswer = bits[7] === '1'
}

function readArea(message: Message, body: string): void {
  const close = body.lastIndexOf('&&')
  if (close < 0) message.problems.push({ rule: 'data_unclosed', field: 'CP', text: '' })
  const area = close < 0 ? body : body.slice(0, close)
  const ciphered = message.version === '2025' && !/^ *[\w-]+ *=/.test(area) && [...area].length >= 16
  if (ciphered) message.problems.push({ rule: 'data_ciphered', field: 'CP', text: '' })
  else for (const group of area.split(';')) readGroup(message, group)
}

function readGroup(message: Message, group: string): void {
  const marks = new Map<string, string>()
  const first = message.readings.length
  for (const item of group.split(',').map(trim)) {
    if (item === '') continue
    const sign = item.indexOf('=')
    if (sign < 0) {
      message.problems.push({ rule: 'field_malformed', field: item, text: '' })
      continue
    }
    const name = trim(item.slice(0, sign))
    const text = trim(item.slice(sign + 1))
    const hyphen = name.lastIndexOf('-')
    const code = hyphen < 0 ? name : name.slice(0, hyphen)
    const suffix = hyphen < 0 ? undefined : name.slice(hyphen + 1)
    if (!isWord(code) || (suffix !== undefined && !isWord(suffix))) {
      message.problems.push({ rule: 'name_malformed', field: name, text })
    } else if (suffix === 'Flag') marks.set(code, text)
    else if (isKind(suffix)) {
      if (isDecimal(text)) message.readings.push({ code, kind: suffix, value: Number(text) + 0, flag: undefined })
      else message.problems.push({ rule: 'value_not_a_number', field: name, text })
    } else readOther(message, name, suffix, text)
  }
  for (const reading of message.readings.slice(first)) reading.flag = marks.get(reading.code)
}

function readOther(message: Message, name: string, suffix: string | undefined, text: string): void {
  const time = timeOf(text)
  if (name === 'DataTime') message.dataTime = time
  if ((name === 'DataTime' || suffix === 'SampleTime') && time === undefined) {
    message.problems.push({ rule: 'time_malformed', field: name, text })
  } else if (name !== 'DataTime') message.fields.push({ name, text })
}

const isWord = (text: string) => /^[A-Za-z0-9_]{1,24}$/.test(text)

const isKind = (text: string | undefined): text is Kind => kinds.some((kind) => kind === text)

/** A plain decimal of at most fifteen digits. */
const isDecimal = (text: string) => /^-?(\d+\.?\d*|\.\d+)$/.test(text) && text.replace(/\D/g, '').length <= 15

/** A calendar that knows the date says it back. */
function timeOf(text: string): number | undefined {
  const iso = /^\d{14}$/.test(text) ? text.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6') : ''
  const at = Date.parse(`${iso}Z`)
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 19) !== iso || iso < '1900') return undefined
  return Date.parse(`${iso}+08:00`)
}

const trim = (text: string) => text.replace(/^ +| +$/g, '')
