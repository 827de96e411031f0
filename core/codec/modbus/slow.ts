import { exceptionNames, type Frame, type BrokenReason, type ReadRequest, type Told } from './frame.ts'
import type { Read, RegisterValues } from './registers.ts'

/** The reference: the same frames and values read from hexadecimal text and through DataView. Serves the tests and nobody else. */

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

export function takeFramesSlowly(
  buffer: Uint8Array,
  end: number,
): { frames: Frame[]; used: number; broken: BrokenReason | undefined } {
  const frames: Frame[] = []
  const hex = hexOf(buffer.subarray(0, end))
  let rest = hex
  let broken: BrokenReason | undefined
  for (;;) {
    const [, transaction, protocol, length] = /^(.{4})(.{4})?(.{4})?/.exec(rest) ?? []
    if (protocol !== undefined && protocol !== '0000') broken = 'protocol'
    else if (length !== undefined && !/^00(?!0[01]|ff)../.test(length)) broken = 'length'
    const chars = length === undefined ? Infinity : 12 + 2 * Number.parseInt(length, 16)
    if (broken || rest.length < chars) return { frames, used: (hex.length - rest.length) / 2, broken }
    const unit = Number.parseInt(rest.slice(12, 14), 16)
    frames.push({ transaction: Number.parseInt(transaction!, 16), unit, pdu: bytesOf(rest.slice(14, chars)) })
    rest = rest.slice(chars)
  }
}

export function judgeAnswerSlowly(request: ReadRequest, { transaction, unit, pdu }: Frame): Told {
  const code = request.table === 'holding' ? '3' : '4'
  const hex = hexOf(pdu)
  if (transaction !== request.transaction) return { kind: 'other' }
  if (unit !== request.unit) return { kind: 'wrong', reason: 'unit' }
  if (!hex.startsWith(`0${code}`) && !hex.startsWith(`8${code}`)) return { kind: 'wrong', reason: 'function' }
  if (hex.startsWith('8')) {
    if (hex.length !== 4) return { kind: 'wrong', reason: 'length' }
    return { kind: 'exception', code: pdu[1]!, name: exceptionNames[pdu[1]!] ?? 'unknown_exception' }
  }
  const counted = (request.count * 2).toString(16).padStart(2, '0')
  const words = hex.slice(4).match(/.{1,4}/g) ?? []
  const whole = words.length === request.count && words.every((word) => word.length === 4)
  if (hex.slice(2, 4) !== counted || !whole) return { kind: 'wrong', reason: 'length' }
  return { kind: 'registers', registers: words.map((word) => Number.parseInt(word, 16)) }
}

export function valuesInSlowly(read: Read, registers: readonly number[]): RegisterValues {
  const found: RegisterValues = { values: [], missing: [] }
  for (const { register, type, wordOrder, scale, quantity } of read.map) {
    const wide = Number(type.slice(1)) / 16
    const words = registers.slice(register - read.address).slice(0, wide)
    const view = new DataView(new ArrayBuffer(4))
    const ordered = wordOrder === 'little' ? words.toReversed() : words
    ordered.forEach((word, index) => view.setUint16(index * 2, word))
    const raws = {
      u16: () => view.getUint16(0),
      i16: () => view.getInt16(0),
      u32: () => view.getUint32(0),
      i32: () => view.getInt32(0),
      f32: () => shortest(view.getFloat32(0)),
    }
    const raw = words.length === wide ? raws[type]() : NaN
    const value = scale === 1 ? raw : Number((raw * scale).toPrecision(15))
    if (Number.isFinite(value)) found.values.push({ quantity, value: value + 0 })
    else found.missing.push(quantity)
  }
  return found
}

/** The shortest of the decimals of 1–9 digits that is the same single-precision number. */
const shortest = (value: number): number =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9]
    .map((digits) => Number(value.toPrecision(digits)))
    .find((short) => new Float32Array([short])[0] === value) ?? value
