import { dayOf, sayInstant } from '@plumbline/core/kit'

/** An instant or a legal day as people here read it: 2026-11-20 14:05, or the day alone. */
export function When({ at, day }: { at: string | Date | null | undefined; day?: boolean }) {
  if (!at) return <span className="muted">—</span>
  // A legal day has no hour; making an instant of it would invent one.
  if (typeof at === 'string' && at.length === 10) return <time dateTime={at}>{at}</time>
  const instant = typeof at === 'string' ? new Date(at) : at
  if (Number.isNaN(instant.getTime())) return <span className="muted">—</span>
  return <time dateTime={instant.toISOString()}>{day ? dayOf(instant) : sayInstant(instant)}</time>
}
