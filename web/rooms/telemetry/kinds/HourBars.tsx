import { sayInstant } from '@plumbline/core/kit'

export interface HourBar {
  /** Its beginning. */
  from: string
  /** Stacked from the ground up; null where nothing is known. */
  parts: readonly (number | null)[]
  /** What a reader hears of this hour. */
  label: string
  /** Drawn darker: an hour of the night. */
  dark?: boolean
}

/** Hours as bars of one scale, quiet and without axes: the numbers stand in words beside them. */
export function HourBars({ bars, label }: { bars: readonly HourBar[]; label: string }) {
  const sumOf = ({ parts }: HourBar) => parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
  const most = Math.max(0, ...bars.map(sumOf))
  return (
    <ol className="hour-bars" aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.from} title={bar.label} className={bar.dark ? 'hour-dark' : undefined}>
          <span className="unseen">{bar.label}</span>
          <span className="hour-stack" aria-hidden="true">
            {bar.parts.map((part, at) => (
              <i key={at} style={{ height: `${most > 0 ? ((part ?? 0) / most) * 100 : 0}%` }} />
            ))}
          </span>
          <small aria-hidden="true">{hourOf(bar.from)}</small>
        </li>
      ))}
    </ol>
  )
}

export const hourOf = (from: string): string => sayInstant(new Date(from)).slice(11, 13)
