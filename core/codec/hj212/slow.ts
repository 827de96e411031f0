import { blankMessage, kinds, noteMissing, parseTime, setFlag, type Kind, type Message } from './message.ts'

/**
 * The reference decoder: the format as one reads it, with `split`. Several times slower than `decode`, and easy to check
 * against the standard by eye; it serves the tests and nobody else. Takes the data segment as text, never throws.
 */
export function decodeSlowly(text: string): Message {
  const message = blankMessage()
  const open = /(^|;) *CP=&&/.exec(text)
  const header = open ? text.slice(0, open.index) : text
  for (const pair of header.split(';')) readPair(message, trim(pair))
  if (!open) message.problems.push({ rule: 'field_missing', field: 'CP', text: '' })
  else {
    const body = text.slice(open.index + open[0].length)
    const close = body.lastIndexOf('&&')
    if (close < 0) message.problems.push({ rule: 'data_unclosed', field: 'CP', text: '' })
    for (const group of (close < 0 ? body : body.slice(0, close)).split(';')) readGroup(message, group)
  }
  noteMissing(message)
  return message
}

const shapes: Record<string, RegExp> = {
  QN: /^\d{17}$/,
  ST: /^\d{2}$/,
  CN: /^\d{4}$/,
  PW: /^[!"$%'-+\--~]{1,16}$/,
  MN: /^[!"$%'-+\--~]{1,24}$/,
  Flag: /^\d{1,5}$/,
  PNUM: /^\d{1,5}$/,
  PNO: /^\d{1,5}$/,
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
  if (!isWord(name)) {
    message.problems.push({ rule: 'name_malformed', field: pair, text: '' })
    return
  }
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined
  if (!shape) message.fields.push({ name, text })
  else if (!shape.test(text) || (name === 'Flag' && Number(text) > 255)) {
    message.problems.push({ rule: 'field_malformed', field: name, text })
  } else if (name === 'QN') message.qn = text
  else if (name === 'ST') message.st = text
  else if (name === 'CN') message.cn = text
  else if (name === 'PW') message.pw = text
  else if (name === 'MN') message.mn = text
  else if (name === 'PNUM') message.pnum = Number(text)
  else if (name === 'PNO') message.pno = Number(text)
  else setFlag(message, Number(text))
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
    } else if (name === 'DataTime') {
      message.dataTime = parseTime(text)
      if (message.dataTime === undefined) message.problems.push({ rule: 'time_malformed', field: name, text })
    } else message.fields.push({ name, text })
  }
  for (const reading of message.readings.slice(first)) reading.flag = marks.get(reading.code)
}

const isWord = (text: string) => /^[A-Za-z0-9_]{1,24}$/.test(text)

const isKind = (text: string | undefined): text is Kind => kinds.some((kind) => kind === text)

/** A plain decimal of at most fifteen digits. */
const isDecimal = (text: string) => /^-?(\d+\.?\d*|\.\d+)$/.test(text) && text.replace(/\D/g, '').length <= 15

const trim = (text: string) => text.replace(/^ +| +$/g, '')
