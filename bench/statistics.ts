/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The smallest value that a share of the values does not exceed: 0.95 is the p95. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!
}

/** Slope of the least-squares line through (log size, log cost): 0 is flat, 1 is proportional. */
export function growth(points: readonly { size: number; cost: number }[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }))
  const x = logs.reduce((sum, point) => sum + point.x, 0) / logs.length
  const y = logs.reduce((sum, point) => sum + point.y, 0) / logs.length
  const over = logs.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0)
  return over / logs.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
}
