export type Freshness = 'live' | 'stale' | 'never'

/**
 * Whether a quantity may be shown as current. Each quantity is asked for itself: a device whose dust head has died while
 * its anemometer still speaks is stale in dust.
 * @param lastAt when the last normal value was taken (milliseconds), or null when there was none
 * @param periodSeconds how old it may be; a value exactly this old is still live
 */
export function freshness(lastAt: number | null, now: number, periodSeconds: number): Freshness {
  if (lastAt === null) return 'never'
  return now - lastAt <= periodSeconds * 1000 ? 'live' : 'stale'
}

/** When a live quantity turns stale if nothing more comes (milliseconds); for timers. */
export function staleFrom(lastAt: number, periodSeconds: number): number {
  return lastAt + periodSeconds * 1000 + 1
}

/**
 * The oldest moment at which a last value still counts as live. A jump of the demo clock is left out: nobody was silent
 * while the clock was moved. All in milliseconds.
 */
export function liveSince(now: number, periodSeconds: number, jump: { from: number; to: number } | null): number {
  const period = periodSeconds * 1000
  const sinceJump = jump ? now - jump.to : period
  return jump && sinceJump >= 0 && sinceJump < period ? jump.from - (period - sinceJump) : now - period
}
