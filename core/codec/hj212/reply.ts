import { bytesOf } from './bytes.ts'
import { crcOf } from './crc.ts'
import { longestData } from './frame.ts'
import { sayTime, type Message } from './message.ts'
import { hash } from './scan.ts'

/** Whom a frame is for, as its own frames named it. */
export interface Address {
  mn: string
  pw: string | undefined
  st: string
  version: Message['version']
}

/** The address that a decoded message came from; undefined when it named no number or system. */
export function findAddress(message: Message): Address | undefined {
  const { mn, pw, st, version } = message
  return mn === undefined || st === undefined ? undefined : { mn, pw, st, version }
}

/** Wraps a data segment: '##', length in bytes, segment, check value, CR LF. Over-long segments are a RangeError. */
export function frameOf(segment: string): Uint8Array {
  return asciiFrame(segment) ?? wrap(bytesOf(segment))
}

function wrap(data: Uint8Array): Uint8Array {
  const frame = startFrame(data.length)
  frame.set(data, headLength)
  return endFrame(frame)
}

/** Nearly all frames are ASCII, a byte for each character; undefined for one that is not. */
function asciiFrame(segment: string): Uint8Array | undefined {
  const frame = startFrame(segment.length)
  let all = 0
  for (let index = 0; index < segment.length; index += 1) {
    const code = segment.charCodeAt(index)
    all |= code
    frame[headLength + index] = code
  }
  return all < 0x80 ? endFrame(frame) : undefined
}

/** '##' and four digits. */
const headLength = 6
const zero = 48

/** A frame with its head, and room for so many bytes of data and what follows them. */
function startFrame(length: number): Uint8Array {
  if (length > longestData) throw new RangeError(`a data segment holds at most ${longestData} bytes`)
  const frame = new Uint8Array(headLength + length + 6)
  frame[0] = frame[1] = hash
  for (let index = 5, rest = length; index > 1; index -= 1, rest = Math.floor(rest / 10))
    frame[index] = zero + (rest % 10)
  return frame
}

const digits = '0123456789ABCDEF'

/** Writes the check value of the data, and CR LF. */
function endFrame(frame: Uint8Array): Uint8Array {
  const end = frame.length - 6
  const crc = crcOf(frame, headLength, end)
  for (let index = 0; index < 4; index += 1) frame[end + index] = digits.charCodeAt((crc >> (12 - index * 4)) & 15)
  frame[end + 4] = 13
  frame[end + 5] = 10
  return frame
}

/** ST of all answers (HJ 212-2017 table 5). */
const interaction = '91'

const versionBits: Record<Message['version'], number> = { '2005': 0, '2017': 4, '2025': 8, unknown: 4 }

/** A whole frame to or from a device. `cp` is what stands between `CP=&&` and `&&`; an answer is wanted or not. */
export function messageFrame(
  to: Address,
  part: { qn: string | undefined; st?: string; cn: string; wantsAnswer: boolean; cp?: string },
): Uint8Array {
  const fields = [
    part.qn === undefined ? '' : `QN=${part.qn};`,
    `ST=${part.st ?? to.st};CN=${part.cn};`,
    to.pw === undefined ? '' : `PW=${to.pw};`,
    `MN=${to.mn};Flag=${versionBits[to.version] + (part.wantsAnswer ? 1 : 0)};`,
  ].join('')
  // What is put into a frame must not be able to end a field, the data area or the frame.
  if (/[\r\n#&]/.test(fields) || /[\r\n#&]/.test(part.cp ?? '')) throw new RangeError('a field holds a delimiter')
  return frameOf(`${fields}CP=&&${part.cp ?? ''}&&`)
}

/** 9014: the uploaded data is received and safe. Sent by the platform when the upload wants an answer. */
export const dataAnswer = (to: Address, qn: string | undefined): Uint8Array => answer(to, qn, '9014')

/** 9013: the notice is received (clock request 1013, heartbeat 9015 of 2025). Either side. */
export const noticeAnswer = (to: Address, qn: string | undefined): Uint8Array => answer(to, qn, '9013')

/** 9011: the device's answer to a request; `qnRtn` 1 = will execute (table 6, names in `requestReturns`). */
export const requestAnswer = (to: Address, qn: string | undefined, qnRtn: number): Uint8Array =>
  answer(to, qn, '9011', `QnRtn=${qnRtn}`)

/** 9012: the device's result of a request; `exeRtn` 1 = done (table 7, names in `executionReturns`). */
export const executionResult = (to: Address, qn: string | undefined, exeRtn: number): Uint8Array =>
  answer(to, qn, '9012', `ExeRtn=${exeRtn}`)

function answer(to: Address, qn: string | undefined, cn: string, cp = ''): Uint8Array {
  return messageFrame(to, { qn, st: interaction, cn, wantsAnswer: false, cp })
}

function request(to: Address, qn: string, cn: string, cp = ''): Uint8Array {
  return messageFrame(to, { qn, cn, wantsAnswer: true, cp })
}

/** 1000: how long (seconds) and how often the device tries again. */
export const setRetries = (to: Address, qn: string, overTime: number, reCount: number): Uint8Array =>
  request(to, qn, '1000', `OverTime=${overTime};ReCount=${reCount}`)

/** 1011: asks for the device's clock. */
export const askClock = (to: Address, qn: string): Uint8Array => request(to, qn, '1011')

/** 1012: sets the device's clock to the instant `at` (milliseconds). */
export const setClock = (to: Address, qn: string, at: number): Uint8Array =>
  request(to, qn, '1012', `SystemTime=${sayTime(at)}`)

/** 1061: asks for the interval of real-time data. */
export const askRealtimeInterval = (to: Address, qn: string): Uint8Array => request(to, qn, '1061')

/** 1062: sets the interval of real-time data, 30–3600 s (table 9). */
export function setRealtimeInterval(to: Address, qn: string, seconds: number): Uint8Array {
  if (!Number.isInteger(seconds) || seconds < 30 || seconds > 3600) throw new RangeError('RtdInterval is 30–3600 s')
  return request(to, qn, '1062', `RtdInterval=${seconds}`)
}

/** 1063: asks for the interval of minute data. */
export const askMinuteInterval = (to: Address, qn: string): Uint8Array => request(to, qn, '1063')

/** 1064: sets the interval of minute data, a divisor of the hour (table 9). */
export function setMinuteInterval(to: Address, qn: string, minutes: number): Uint8Array {
  if (![1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].includes(minutes)) throw new RangeError('MinInterval divides the hour')
  return request(to, qn, '1064', `MinInterval=${minutes}`)
}

/** 2011 and 2012: start and stop real-time data. The stop is a notice, answered with 9013. */
export const startRealtime = (to: Address, qn: string): Uint8Array => request(to, qn, '2011')
export const stopRealtime = (to: Address, qn: string): Uint8Array => request(to, qn, '2012')

/** 2051: asks again for minute data between two instants (milliseconds). */
export const askMinutes = (to: Address, qn: string, from: number, until: number): Uint8Array =>
  request(to, qn, '2051', `BeginTime=${sayTime(from)};EndTime=${sayTime(until)}`)
