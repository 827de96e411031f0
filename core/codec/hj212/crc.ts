/**
 * The check value of HJ 212-2017 Annex A: for each byte `crc = (crc >> 8) ^ byte`, then eight shifts with 0xA001.
 * It is not CRC-16/MODBUS, for which several devices mistake it; a device may be allowed that by its tolerance.
 *
 * The low byte of the register is thrown away before each byte comes in, so only 256 values exist. Each step is a
 * bijection: one damaged byte is always caught, of frames damaged in more one in 256 passes (TCP has a check of its
 * own beneath). What passes must still name a known number with its password, have the grammar and a time near the
 * present, and say values that an instrument can say. `torture/hj212.ts` counts what each of these catches; a changed
 * digit of a value that stays likely is caught by none.
 */
export type CrcMode = 'strict' | 'modbus' | 'either'

const initial = 0xffff

const table = Uint16Array.from({ length: 256 }, (_, index) => {
  let register = index
  for (let bit = 0; bit < 8; bit += 1) register = register & 1 ? (register >>> 1) ^ 0xa001 : register >>> 1
  return register
})

/** The high byte that one byte leaves behind. The step is linear and a bijection, so bytes can go in eights. */
const h1 = Uint8Array.from(table, (register) => register >>> 8)
const onward = (before: Uint8Array) => Uint8Array.from(before, (high) => h1[high]!)
const h2 = onward(h1)
const h3 = onward(h2)
const h4 = onward(h3)
const h5 = onward(h4)
const h6 = onward(h5)
const h7 = onward(h6)
const h8 = onward(h7)

/** The check value over `bytes[start, end)`, 0–0xFFFF. */
export function crcOf(bytes: Uint8Array, start = 0, end = bytes.length): number {
  if (end <= start) return initial
  let high = initial >>> 8
  let index = start
  for (const eights = end - 8; index < eights; index += 8) {
    high =
      h8[high ^ bytes[index]!]! ^
      h7[bytes[index + 1]!]! ^
      h6[bytes[index + 2]!]! ^
      h5[bytes[index + 3]!]! ^
      h4[bytes[index + 4]!]! ^
      h3[bytes[index + 5]!]! ^
      h2[bytes[index + 6]!]! ^
      h1[bytes[index + 7]!]!
  }
  for (const last = end - 1; index < last; index += 1) high = h1[high ^ bytes[index]!]!
  return table[high ^ bytes[index]!]!
}

/** CRC-16/MODBUS over `bytes[start, end)`, which some devices print in place of the standard's. */
export function modbusOf(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let register = initial
  for (let index = start; index < end; index += 1) {
    register = (register >>> 8) ^ table[(register ^ bytes[index]!) & 0xff]!
  }
  return register
}

/** Whether `given` is the right check value over `bytes[start, end)` for a device read in this mode. */
export function crcFits(bytes: Uint8Array, start: number, end: number, given: number, mode: CrcMode): boolean {
  return (
    (mode !== 'modbus' && crcOf(bytes, start, end) === given) ||
    (mode !== 'strict' && modbusOf(bytes, start, end) === given)
  )
}

/** Four upper-case hexadecimal digits, high byte first. */
export function sayCrc(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0')
}
