import { factors, measured, type Reading, type UnitProfile } from '../codec/hj212/index.ts'

/** A monitored quantity as the pages name it; what lies outside [low, high] no working instrument says. */
export interface Quantity {
  code: string
  name: string
  unit: string
  mean: 'arithmetic' | 'energy' | 'direction'
  low: number
  high: number
}

/** Bounds of what is taken for a measurement: ours, wide, against damaged frames and wrong unit profiles. */
const bounds: Record<string, [low: number, high: number]> = {
  'µg/m³': [0, 10_000],
  't/(km²·月)': [0, 1_000],
  '℃': [-50, 70],
  '%': [0, 100],
  kPa: [50, 115],
  'm/s': [0, 75],
  '°': [0, 360],
  'dB(A)': [0, 160],
}

export const quantities: readonly Quantity[] = factors.map(({ code, name, unit, mean }) => {
  const [low, high] = bounds[unit]!
  return { code, name, unit, mean, low, high }
})

const byCode = new Map(quantities.map((quantity) => [quantity.code, quantity]))

/** The quantity of a code; SBn is the state of a pump or valve. */
export function findQuantity(code: string): Quantity | undefined {
  const unit = /^SB(\d{1,3})$/.exec(code)
  if (unit) return { code, name: `${unit[1]} 号喷淋`, unit: '', mean: 'arithmetic', low: 0, high: 5 }
  return byCode.get(code)
}

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
  return readings.flatMap((reading) => {
    const { kind, code, value, flag } = reading
    if (kind === 'RS') return /^SB\d{1,3}$/.test(code) ? [{ quantity: code, span, value, flag: 'N' }] : []
    const wanted = span === 'r' ? kind === 'Rtd' : kind === 'Avg' || kind === 'Data'
    const found = wanted ? measured(reading, profile) : undefined
    if (!found) return []
    const { code: quantity } = found.factor
    const { low, high } = findQuantity(quantity)!
    const possible = found.value >= low && found.value <= high
    return [{ quantity, span, value: found.value, flag: possible ? markOf(kind, flag) : '!' }]
  })
}

/** HJ 212-2017 table C.26: noise statistics carry no mark. Elsewhere a value without one is not taken for normal. */
const markOf = (kind: Reading['kind'], flag: string | undefined): string | null =>
  flag === undefined ? (kind === 'Data' ? 'N' : null) : /^[A-Z]$/.test(flag) ? flag : null
