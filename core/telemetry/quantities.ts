import { measured, type Reading, type UnitProfile } from '../codec/hj212/index.ts'
import { findQuantity } from '../device/index.ts'

export { findQuantity, pointed, quantities, type Quantity } from '../device/index.ts'

/** r: at a moment (2011, 2021); m, h, d: mean of the minutes, the hour, the day that begins then (2051, 2061, 2031). */
export type Span = 'r' | 'm' | 'h' | 'd'
const spans: Record<string, Span> = { '2011': 'r', '2021': 'r', '2051': 'm', '2061': 'h', '2031': 'd' }
export const spanOf = (cn: string | undefined): Span | undefined => (cn === undefined ? undefined : spans[cn])

/** A value in the house's unit and code. `flag` is the mark of table 8, '!' when the value cannot be true, or null. */
export interface Measurement {
  quantity: string
  span: Span
  value: number
  flag: string | null
}

/** What is kept of a frame's readings: momentary values, and of statistics the mean. The same quantity, unit and code for every vendor. */
export function measurementsOf(readings: readonly Reading[], span: Span, profile: UnitProfile): Measurement[] {
  const kept: Measurement[] = []
  for (const reading of readings) {
    const one = measurementOf(reading, span, profile)
    if (one) kept.push(one)
  }
  return kept
}

function measurementOf(reading: Reading, span: Span, profile: UnitProfile): Measurement | undefined {
  const { kind, code, flag } = reading
  if (kind === 'RS')
    return /^SB\d{1,3}$/.test(code) ? { quantity: code, span, value: reading.value, flag: 'N' } : undefined
  const wanted = span === 'r' ? kind === 'Rtd' : kind === 'Avg' || kind === 'Data'
  const found = wanted ? measured(reading, profile) : undefined
  if (!found) return undefined
  const { value, factor } = found
  const { low, high } = findQuantity(factor.code)!
  return { quantity: factor.code, span, value, flag: value >= low && value <= high ? markOf(kind, flag) : '!' }
}

/** HJ 212-2017 table C.26: noise statistics carry no mark. Elsewhere a value without one is not taken for normal. */
const markOf = (kind: Reading['kind'], flag: string | undefined): string | null =>
  flag === undefined ? (kind === 'Data' ? 'N' : null) : flag === 'N' || /^[A-Z]$/.test(flag) ? flag : null

/** A value of a known quantity, marked '!' where no working instrument says so; undefined for a code we do not know. */
export function measurement(code: string, value: number, flag: string | null): Measurement | undefined {
  const found = findQuantity(code)
  if (!found) return undefined
  const possible = value >= found.low && value <= found.high
  return { quantity: code, span: 'r', value, flag: possible ? flag : '!' }
}
