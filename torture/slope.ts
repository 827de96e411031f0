/** A straight line through points: how it rises, and within how much that is known. */
export interface Slope {
  /** Per hour. */
  perHour: number
  /** Half the width of the 95 % interval, per hour. */
  within: number
}

export interface Point {
  /** Milliseconds. */
  at: number
  value: number
}

const hour = 3_600_000

/** Least squares through at least three points. */
export function slopeOf(points: readonly Point[]): Slope {
  if (points.length < 3) return { perHour: 0, within: Infinity }
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const hours = points.map(({ at }) => at / hour)
  const [x, y] = [mean(hours), mean(points.map(({ value }) => value))]
  const spread = hours.reduce((sum, one) => sum + (one - x) ** 2, 0)
  const perHour = points.reduce((sum, { value }, index) => sum + (hours[index]! - x) * (value - y), 0) / spread
  const rest = points.reduce((sum, { value }, index) => sum + (value - y - perHour * (hours[index]! - x)) ** 2, 0)
  return { perHour, within: 1.96 * Math.sqrt(rest / (points.length - 2) / spread) }
}

/** The least value of each stretch: memory between two collections says what is in use, not what is waiting to be freed. */
export function lowsOf(points: readonly Point[], stretchMillis: number): Point[] {
  const stretches = Map.groupBy(points, ({ at }) => Math.floor(at / stretchMillis))
  return [...stretches.values()].map((all) => all.reduce((low, one) => (one.value < low.value ? one : low)))
}
