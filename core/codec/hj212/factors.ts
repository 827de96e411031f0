import type { Kind, Reading } from './message.ts'

/** In which unit a device sends particulate matter. The standard says ng/m³; many devices send µg/m³, some mg/m³. */
export type UnitProfile = 'ng' | 'ug' | 'mg'

/** One quantity on a construction site, under its code in HJ 212-2017 tables B.2 and B.3. */
export interface Factor {
  code: string
  name: string
  /** The unit after `measured`; particulate matter is always µg/m³ there. */
  unit: 'µg/m³' | 't/(km²·月)' | '℃' | '%' | 'kPa' | 'm/s' | '°' | 'dB(A)'
  /** Sound levels average by energy, wind directions on the circle. */
  mean: 'arithmetic' | 'energy' | 'direction'
}

function factor(code: string, name: string, unit: Factor['unit'], mean: Factor['mean'] = 'arithmetic'): Factor {
  return { code, name, unit, mean }
}

export const factors: readonly Factor[] = [
  factor('a34004', 'PM2.5', 'µg/m³'),
  factor('a34002', 'PM10', 'µg/m³'),
  factor('a34001', 'TSP', 'µg/m³'),
  factor('a34005', 'PM1.0', 'µg/m³'),
  factor('a34011', '降尘', 't/(km²·月)'),
  factor('a01001', '温度', '℃'),
  factor('a01002', '湿度', '%'),
  factor('a01006', '气压', 'kPa'),
  factor('a01007', '风速', 'm/s'),
  factor('a01008', '风向', '°', 'direction'),
  factor('LA', 'A声级', 'dB(A)', 'energy'),
  factor('Leq', '等效声级', 'dB(A)', 'energy'),
  factor('Ld', '昼间等效声级', 'dB(A)', 'energy'),
  factor('Ln', '夜间等效声级', 'dB(A)', 'energy'),
  factor('Ldn', '昼夜等效声级', 'dB(A)', 'energy'),
  factor('L5', '累积百分声级L5', 'dB(A)'),
  factor('L10', '累积百分声级L10', 'dB(A)'),
  factor('L50', '累积百分声级L50', 'dB(A)'),
  factor('L90', '累积百分声级L90', 'dB(A)'),
  factor('L95', '累积百分声级L95', 'dB(A)'),
  factor('LMx', '最大声级', 'dB(A)'),
  factor('LMn', '最小声级', 'dB(A)'),
]

/** Codes of vendor and city dialects. None is in HJ 212-2017. */
const dialects: Record<string, string> = {
  PM25: 'a34004', // standards 3.5 V:S3
  PM10: 'a34002', // V:S3
  NOIS: 'LA', // V:S3
  TEM: 'a01001', // V:S3
  RH: 'a01002', // V:S3
  WS: 'a01007', // V:S3
  WD: 'a01008', // V:S3
  a50001: 'LA', // M
  B03: 'LA', // M
}

const byCode = new Map(factors.map((each) => [each.code, each]))
for (const [dialect, code] of Object.entries(dialects)) byCode.set(dialect, byCode.get(code)!)

/** The factor of a code as sent, dialects included; undefined for codes we do not know. Case matters. */
export function findFactor(code: string): Factor | undefined {
  return byCode.get(code)
}

/** A particulate value in µg/m³. */
export function toMicrograms(value: number, profile: UnitProfile): number {
  if (profile === 'ug') return value
  // A shift of the decimal point: fifteen digits bring back exactly what was written, so 0.0751 mg is 75.1 µg.
  return Number((profile === 'ng' ? value / 1000 : value * 1000).toPrecision(15))
}

/**
 * The equivalent level of the day and of the night, which the daily data of ST=23 say as Leq-DayData and Leq-NightData,
 * are factors of their own.
 */
const partsOfDay: Partial<Record<Kind, Record<string, string>>> = {
  DayData: { Leq: 'Ld' },
  NightData: { Leq: 'Ln' },
}

/**
 * What a reading measures, in the factor's unit; undefined for codes we do not know, for equipment, and for the other
 * statistics of the day and of the night.
 */
export function measured(reading: Reading, profile: UnitProfile): { factor: Factor; value: number } | undefined {
  const { kind, code } = reading
  if (kind === 'RS' || kind === 'RT') return undefined
  const partOfDay = partsOfDay[kind]
  const found = findFactor(partOfDay ? (partOfDay[code] ?? '') : code)
  if (!found) return undefined
  const value = found.unit === 'µg/m³' ? toMicrograms(reading.value, profile) : reading.value
  return { factor: found, value }
}
