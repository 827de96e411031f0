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
 * The time since `lastAt` with a jump of the demo clock left out: nobody was silent while the clock was moved.
 * All in milliseconds.
 */
export function silenceSince(lastAt: number, now: number, jump: { from: number; to: number } | null): number {
  const inside = jump ? Math.max(0, Math.min(now, jump.to) - Math.max(lastAt, jump.from)) : 0
  return now - lastAt - inside
}
