/** An hour of a counter: the least and the greatest normal reading in it. */
export interface CounterHour {
  /** Its beginning (ms). */
  at: number
  min: number
  max: number
}

export interface Used {
  at: number
  /** What was used up to the end of this hour since the last hour known; null where the counter fell. */
  used: number | null
  /** Over how many hours: more than one after a gap. */
  hours: number
}

const hour = 3_600_000

/**
 * What a counter says was used, hour by hour. `before` is the last hour known before the first, or null for a counter
 * that nothing is known of: its first hour then counts from its own first reading. After a gap the whole is told once,
 * with the number of hours it took. A counter that falls was reset or changed: that hour is not known.
 */
export function consumption(before: CounterHour | null, hours: readonly CounterHour[]): Used[] {
  return hours.map(({ at, min, max }, index) => {
    const last = index > 0 ? hours[index - 1]! : before
    if (!last) return { at, used: max - min, hours: 1 }
    // The least reading tells it also where the new counter has overtaken the old one within the hour.
    const fell = min < last.max
    return { at, used: fell ? null : max - last.max, hours: Math.round((at - last.at) / hour) }
  })
}

export interface UsedSum {
  total: number
  night: number
  /** Of the hours that are known one by one; null where nothing was used. */
  nightShare: number | null
}

/** Sums up; what was used over a gap counts for the total, and neither for the day nor for the night. */
export function sumUsed(used: readonly Used[], isNight: (at: number) => boolean): UsedSum {
  const sum = (rows: readonly Used[]) => rows.reduce((total, one) => total + (one.used ?? 0), 0)
  const single = used.filter(({ hours }) => hours === 1)
  const placed = sum(single)
  const night = sum(single.filter(({ at }) => isNight(at)))
  return { total: sum(used), night, nightShare: placed > 0 ? night / placed : null }
}
