/** A time without an offset is of Asia/Shanghai: +08:00, without summer time since 1991. */
const zone = 8 * 3_600_000
const minute = 60_000

/**
 * The instant of `YYYYMMDDhhmmss` (Asia/Shanghai) or of ISO 8601 with seconds and an offset, `2026-11-20T14:05:00+08:00`,
 * in milliseconds; undefined when it is neither or when no calendar has it. Digits after the third of a fraction are cut off.
 */
export function findInstant(text: string): number | undefined {
  if (text.length === 14) {
    const wall = wallOf(text, 0, 4, 6, 8, 10, 12)
    return wall === undefined ? undefined : wall - zone
  }
  if (text.length < 20 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return undefined
  if (text[13] !== ':' || text[16] !== ':') return undefined
  const wall = wallOf(text, 0, 5, 8, 11, 14, 17)
  if (wall === undefined) return undefined
  let index = 19
  let millis = 0
  if (text[index] === '.') {
    const first = index + 1
    for (index = first; digit(text, index) >= 0; index += 1) {
      if (index - first < 3) millis += digit(text, index) * 10 ** (2 - (index - first))
    }
    if (index === first || index - first > 9) return undefined
  }
  const offset = offsetOf(text, index)
  return offset === undefined ? undefined : wall + millis - offset
}

/** 'Z' or ±hh:mm at the end of the text, in milliseconds. */
function offsetOf(text: string, at: number): number | undefined {
  const sign = text[at]
  if (sign === 'Z') return text.length === at + 1 ? 0 : undefined
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') return undefined
  const hours = pair(text, at + 1)
  const minutes = pair(text, at + 4)
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return undefined
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * minute
}

/** The wall time whose parts stand at these places, as if it were of UTC. */
function wallOf(
  text: string,
  atYear: number,
  atMonth: number,
  atDay: number,
  atHour: number,
  atMinute: number,
  atSecond: number,
): number | undefined {
  const century = pair(text, atYear)
  const years = pair(text, atYear + 2)
  const month = pair(text, atMonth)
  const day = pair(text, atDay)
  const hour = pair(text, atHour)
  const minutes = pair(text, atMinute)
  const second = pair(text, atSecond)
  if (century < 19 || years < 0 || month < 1 || month > 12 || day < 1) return undefined
  if (hour < 0 || hour > 23 || minutes < 0 || minutes > 59 || second < 0 || second > 59) return undefined
  const year = century * 100 + years
  if (day > 28 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined
  return Date.UTC(year, month - 1, day, hour, minutes, second)
}

function digit(text: string, at: number): number {
  const code = text.charCodeAt(at) - 48
  return code >= 0 && code <= 9 ? code : -1
}

/** Two digits, or a negative number. */
function pair(text: string, at: number): number {
  const tens = digit(text, at)
  const ones = digit(text, at + 1)
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones
}

/** ISO 8601 of an instant with the offset of Asia/Shanghai. */
export const sayInstant = (at: number): string => new Date(at + zone).toISOString().replace('Z', '+08:00')
