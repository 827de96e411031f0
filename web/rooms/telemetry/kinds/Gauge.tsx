import type { HeldTo, Latest } from '@plumbline/core/telemetry'
import { Tag, When } from '../../../kit/ui/index.ts'
import { FreshnessTag, sayMark } from '../words.tsx'
import { isCurrent, limitsOf, type Live, rowOf, sayHeld, standingNow, standingWords } from './readings.ts'

const tones = { alarm: 'red', warn: 'yellow', calm: 'calm' } as const

/** Where a value stands among its limits; of one that is not current, why it is none. */
export function StandingTag({ live, row }: { live: Live; row: Latest | undefined }) {
  if (!row || row.value === null) return <FreshnessTag freshness="never" />
  if (row.freshness !== 'live') return <FreshnessTag freshness={row.freshness} />
  if (row.flag !== 'N') return <Tag tone="plain">{sayMark(row.flag)}</Tag>
  const standing = standingNow(live, row)!
  return standing === 'unwatched' ? null : <Tag tone={tones[standing]}>{standingWords[standing]}</Tag>
}

interface GaugeProps {
  live: Live
  quantity: string
  /** Instead of the quantity's own name. */
  label?: string
  /** Grey words behind the value: of what it is a share. */
  note?: string
  /** Instead of the number with its unit. */
  say?: (value: number) => string
}

/** One quantity: its value, where it stands, and a bar up to its highest limit. An old value is grey and keeps its time. */
export function Gauge({ live, quantity, label, note, say }: GaugeProps) {
  const row = rowOf(live, quantity)
  const limits = limitsOf(live, quantity)
  const current = isCurrent(row)
  const text = row === undefined || row.value === null ? '—' : say ? say(row.value) : `${row.value} ${row.unit}`.trim()
  return (
    <div className={current ? 'gauge' : 'gauge gauge-old'}>
      <span className="gauge-label">{label ?? row?.name ?? quantity}</span>
      <span>
        <b className="num">{text}</b>
        {note && <span className="tiny muted num"> {note}</span>}
      </span>
      <StandingTag live={live} row={row} />
      {row && row.value !== null && <Bar value={row.value} limits={limits} />}
      {limits.length > 0 && <span className="gauge-limits tiny muted num">{sayHeld(limits)}</span>}
      {row && !current && row.at && (
        <span className="gauge-limits tiny muted num">
          最后数值 <When at={row.at} />
        </span>
      )}
    </div>
  )
}

/** Only limits from nought upwards have a length to draw. */
function Bar({ value, limits }: { value: number; limits: readonly HeldTo[] }) {
  const drawn = limits.filter(({ side, centre, measure }) => side !== 'below' && centre === 0 && measure === 'value')
  const ticks = drawn.flatMap(({ warn, alarm }) => [
    ...(warn ? [{ at: warn.value, level: 'warn' }] : []),
    ...(alarm ? [{ at: alarm.value, level: 'alarm' }] : []),
  ])
  const most = Math.max(...ticks.map(({ at }) => at))
  if (ticks.length === 0 || most <= 0) return null
  const whole = Math.max(most * 1.1, Math.abs(value))
  const share = (at: number) => `${Math.min(100, (Math.abs(at) / whole) * 100)}%`
  return (
    <span className="gauge-bar" aria-hidden="true">
      <i style={{ width: share(value) }} />
      {ticks.map(({ at, level }) => (
        <u key={`${level} ${at}`} className={level} style={{ left: share(at) }} />
      ))}
    </span>
  )
}
