import { mostRegisters, type Table } from './frame.ts'

export const registerTypes = ['u16', 'i16', 'u32', 'i32', 'f32'] as const
export type RegisterType = (typeof registerTypes)[number]

/** One value of a device: where it stands, how it is written, and what it measures. A model's map is a list of these. */
export interface Register {
  /** The first register as the protocol counts, from 0: holding register 40001 of the old notation is 0. */
  register: number
  table: Table
  type: RegisterType
  /** Which half of two registers comes first; 'big' when left out. Within a register the high byte always does. */
  wordOrder?: 'big' | 'little'
  /** The value is what stands in the register times this. */
  scale: number
  quantity: string
}

/** Registers that are read with one request, and what of the map stands in them. */
export interface Read {
  table: Table
  address: number
  count: number
  map: Register[]
}

const widthOf = (type: RegisterType): number => (type === 'u16' || type === 'i16' ? 1 : 2)

/**
 * The requests that read a map: neighbours together, at most 125 registers each, no value cut in two. `gap` is how many
 * registers that nobody asked for may be read between two values; 0 when left out, because many a device answers
 * `illegal_data_address` to the whole request for one register it has not. A map outside of the tables is a RangeError.
 */
export function readsOf(map: readonly Register[], gap = 0): Read[] {
  const reads: Read[] = []
  const inOrder = map.toSorted((one, other) => one.table.localeCompare(other.table) || one.register - other.register)
  for (const entry of inOrder) {
    const { table, register, type } = entry
    const next = register + widthOf(type)
    if (!Number.isInteger(register) || register < 0 || next > 0x10000) {
      throw new RangeError(`register ${register} is not in the table`)
    }
    const last = reads.at(-1)
    const near = last?.table === table && register <= last.address + last.count + gap
    if (last && near && next - last.address <= mostRegisters) {
      last.count = Math.max(last.count, next - last.address)
      last.map.push(entry)
    } else reads.push({ table, address: register, count: next - register, map: [entry] })
  }
  return reads
}

/** What was read. `missing`: quantities whose bits are no number, and those that the registers do not reach. */
export interface RegisterValues {
  values: { quantity: string; value: number }[]
  missing: string[]
}

/** The values that stand in the registers of a read. */
export function valuesIn(read: Read, registers: readonly number[]): RegisterValues {
  const found: RegisterValues = { values: [], missing: [] }
  for (const entry of read.map) {
    const at = entry.register - read.address
    const whole = at + widthOf(entry.type) <= registers.length
    const value = whole ? scaled(rawOf(entry, registers, at), entry.scale) : NaN
    if (Number.isFinite(value)) found.values.push({ quantity: entry.quantity, value })
    else found.missing.push(entry.quantity)
  }
  return found
}

function rawOf({ type, wordOrder }: Register, registers: readonly number[], at: number): number {
  const first = registers[at]!
  if (type === 'u16') return first
  if (type === 'i16') return first < 0x8000 ? first : first - 0x10000
  const second = registers[at + 1]!
  const [high, low] = wordOrder === 'little' ? [second, first] : [first, second]
  if (type === 'u32') return high * 0x10000 + low
  if (type === 'i32') return (high << 16) | low
  return floatOf(high, low)
}

/** IEEE 754 single precision, as the shortest decimal that is this number and no neighbour: 23.4, not 23.399999618530273. */
function floatOf(high: number, low: number): number {
  const sign = high & 0x8000 ? -1 : 1
  const exponent = (high >> 7) & 0xff
  const fraction = (high & 0x7f) * 0x10000 + low
  if (exponent === 0xff) return fraction === 0 ? sign * Infinity : NaN
  const value = sign * (exponent === 0 ? fraction * 2 ** -149 : (fraction + 0x800000) * 2 ** (exponent - 150))
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return Number(value.toPrecision(9))
}

/** Fifteen digits bring back what was meant: 225 × 0.1 is 22.5. Minus nought is nought. */
const scaled = (raw: number, scale: number): number => (scale === 1 ? raw : Number((raw * scale).toPrecision(15))) + 0
