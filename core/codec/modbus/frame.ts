/**
 * Modbus TCP: requests of a master, and frames cut from a stream. Sources: MODBUS Application Protocol
 * Specification V1.1b3 ("protocol") and MODBUS Messaging on TCP/IP Implementation Guide V1.0b ("guide").
 */

/** Holding registers are read with function 3, input registers with function 4 (protocol 6.3, 6.4). */
export type Table = 'holding' | 'input'
export const functionOf: Readonly<Record<Table, number>> = { holding: 3, input: 4 }

/** Most registers that one request may ask for (protocol 6.3). */
export const mostRegisters = 125
/** Transaction, protocol and length, before what the length counts (guide, MBAP header). */
const before = 6
/** What the length counts is the unit and a PDU of 1–253 bytes (protocol 4.1). */
const longestCounted = 254

export interface ReadRequest {
  /** Names the exchange, 0–65535. */
  transaction: number
  /** The slave behind the address, 0–255; 255 when the device has no others behind it (guide). */
  unit: number
  table: Table
  /** The first register as the protocol counts, from 0. */
  address: number
  count: number
}

/** The bytes of a request. Numbers out of their range are a RangeError. */
export function readRequest({ transaction, unit, table, address, count }: ReadRequest): Uint8Array {
  demand('transaction', transaction, 0, 0xffff)
  demand('unit', unit, 0, 0xff)
  demand('address', address, 0, 0xffff)
  demand('count', count, 1, Math.min(mostRegisters, 0x10000 - address))
  const bytes = new Uint8Array(12)
  putWord(bytes, 0, transaction)
  bytes[5] = 6
  bytes[6] = unit
  bytes[7] = functionOf[table]
  putWord(bytes, 8, address)
  putWord(bytes, 10, count)
  return bytes
}

function demand(name: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) throw new RangeError(`${name} is ${low}–${high}`)
}

export function putWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >> 8
  bytes[at + 1] = word & 0xff
}

export const wordAt = (bytes: Uint8Array, at: number): number => bytes[at]! * 256 + bytes[at + 1]!

/** One request or answer, not yet judged. `pdu` is a copy. */
export interface Frame {
  transaction: number
  unit: number
  pdu: Uint8Array
}

/** Why a stream cannot be read on: the protocol has no mark to find the next frame by, so the connection is closed. */
export type BrokenReason = 'protocol' | 'length'

/**
 * Cuts `buffer[0, end)` into frames, on either side of a connection. `used` bytes are done with: the caller drops them, keeps the rest, which is shorter
 * than 260 bytes, and calls again when more has come. After `broken` nothing more is read.
 */
export function takeFrames(
  buffer: Uint8Array,
  end: number,
): { frames: Frame[]; used: number; broken: BrokenReason | undefined } {
  const frames: Frame[] = []
  let at = 0
  for (;;) {
    // Each part of the header is judged as soon as it is there.
    if (end - at >= 4 && wordAt(buffer, at + 2) !== 0) return { frames, used: at, broken: 'protocol' }
    if (end - at < before) return { frames, used: at, broken: undefined }
    const length = wordAt(buffer, at + 4)
    if (length < 2 || length > longestCounted) return { frames, used: at, broken: 'length' }
    const next = at + before + length
    if (next > end) return { frames, used: at, broken: undefined }
    frames.push({
      transaction: wordAt(buffer, at),
      unit: buffer[at + before]!,
      pdu: buffer.slice(at + before + 1, next),
    })
    at = next
  }
}

/** Protocol chapter 7. */
export const exceptionNames: Readonly<Record<number, string>> = {
  1: 'illegal_function',
  2: 'illegal_data_address',
  3: 'illegal_data_value',
  4: 'server_device_failure',
  5: 'acknowledge',
  6: 'server_device_busy',
  8: 'memory_parity_error',
  10: 'gateway_path_unavailable',
  11: 'gateway_target_failed_to_respond',
}

/**
 * What an answer says to a request. `other`: it belongs to another exchange, one that was given up perhaps, and is passed
 * over. `wrong`: it belongs to this one and is not what was asked for.
 */
export type Told =
  | { kind: 'registers'; registers: number[] }
  | { kind: 'exception'; code: number; name: string }
  | { kind: 'other' }
  | { kind: 'wrong'; reason: 'unit' | 'function' | 'length' }

/** Judges an answer against the request that it should belong to. Never throws. */
export function judgeAnswer(request: ReadRequest, { transaction, unit, pdu }: Frame): Told {
  if (transaction !== request.transaction) return { kind: 'other' }
  if (unit !== request.unit) return { kind: 'wrong', reason: 'unit' }
  const asked = functionOf[request.table]
  if (pdu[0] === (asked | 0x80)) {
    if (pdu.length !== 2) return { kind: 'wrong', reason: 'length' }
    const code = pdu[1]!
    return { kind: 'exception', code, name: exceptionNames[code] ?? 'unknown_exception' }
  }
  if (pdu[0] !== asked) return { kind: 'wrong', reason: 'function' }
  const bytes = request.count * 2
  if (pdu[1] !== bytes || pdu.length !== bytes + 2) return { kind: 'wrong', reason: 'length' }
  return {
    kind: 'registers',
    registers: Array.from({ length: request.count }, (_, index) => wordAt(pdu, 2 + index * 2)),
  }
}
