import { chanceOf, type Chance } from '../hj212/captures/made.ts'
import { readRequest, type ReadRequest } from './frame.ts'
import { registerTypes, type Register } from './registers.ts'

/** Conversations made by chance from a seed, for the tests and the torture. */
export { chanceOf, type Chance }

const pick = <T>(chance: Chance, from: readonly T[]): T => from[chance(from.length)]!

export function requestOf(chance: Chance): ReadRequest {
  const count = 1 + chance(pick(chance, [3, 20, 125]))
  return {
    transaction: chance(chance(4) === 0 ? 3 : 0x10000),
    unit: pick(chance, [0, 1, 17, 255]),
    table: pick(chance, ['holding', 'input']),
    address: chance(0x10000 - count),
    count,
  }
}

/** An answer to a request: most are whole, some are exceptions, of another exchange, or wrong in one part. */
export function answerTo(request: ReadRequest, chance: Chance): Uint8Array {
  const header = readRequest(request).slice(0, 8)
  const pdu = [header[7]!, request.count * 2, ...Array.from({ length: request.count * 2 }, () => chance(256))]
  const way = chance(20)
  if (way === 0) pdu.splice(0, pdu.length, header[7]! | 0x80, chance(13))
  else if (way === 1) pdu.pop()
  else if (way === 2) pdu[1] = chance(256)
  else if (way === 3) pdu[0] = chance(256)
  else if (way === 4) pdu.splice(chance(pdu.length - 1) + 1)
  const bytes = Uint8Array.from([
    ...header.subarray(0, 4),
    (pdu.length + 1) >> 8,
    (pdu.length + 1) & 255,
    header[6]!,
    ...pdu,
  ])
  if (way === 5) bytes[chance(2)] = chance(256)
  if (way === 6) bytes[6] = chance(256)
  return bytes
}

/** One to four damages: flipped, lost, doubled and foreign bytes, lying lengths. */
export function damaged(stream: Uint8Array, chance: Chance): Uint8Array {
  const bytes = [...stream]
  for (let count = 1 + chance(4); count > 0; count -= 1) {
    const at = chance(bytes.length + 1)
    const way = chance(5)
    if (way === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << chance(8))
    else if (way === 1) bytes.splice(at, 1 + chance(20))
    else if (way === 2) bytes.splice(at, 0, ...bytes.slice(at, at + 1 + chance(30)))
    else if (way === 3) bytes[4 + chance(2)] = chance(256)
    else bytes[at] = chance(256)
  }
  return Uint8Array.from(bytes)
}

/** A map of a few values near each other, so that reads are joined and split. */
export function mapOf(chance: Chance): Register[] {
  const base = chance(0xff00)
  return Array.from({ length: 1 + chance(12) }, (_, index) => ({
    register: base + chance(pick(chance, [6, 40, 240])),
    table: pick(chance, ['holding', 'holding', 'input']),
    type: pick(chance, registerTypes),
    wordOrder: pick(chance, ['big', 'little', undefined]),
    scale: pick(chance, [1, 1, 0.1, 0.01, 0.001, 10, 1 / 3]),
    quantity: `q${index}`,
  }))
}

/** Words of registers, among them those of NaN, infinities, noughts of either sign and the smallest floats. */
export const wordsOf = (count: number, chance: Chance): number[] =>
  Array.from({ length: count }, () =>
    chance(4) === 0 ? pick(chance, [0, 0xffff, 0x7fff, 0x8000, 0x7f80, 0x7fc0, 0xff80, 1]) : chance(0x10000),
  )
