import type { ReactNode } from 'react'
import { Link } from 'react-router'

const grouped = new Intl.NumberFormat('zh-CN')
const wan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

export function Count({ value, unit }: { value: number; unit?: string }) {
  return (
    <span className="num">
      {grouped.format(value)}
      {unit && ` ${unit}`}
    </span>
  )
}

/** Every number opens its rows: `to` is the list filtered to just these. */
export function CountLink({ value, to, label }: { value: number; to: string; label: string }) {
  return (
    <Link to={to} className="num" aria-label={`${label} ${value}，查看明细`}>
      {grouped.format(value)}
    </Link>
  )
}

/** Money in 万元, the unit always written. */
export function Money({ wan: value }: { wan: number | null | undefined }) {
  if (value === null || value === undefined) return <span className="muted">—</span>
  return <span className="num">{wan.format(value)} 万元</span>
}

export interface Figure {
  label: string
  value: ReactNode
  note?: ReactNode
  to?: string
}

/** The strip of figures on top of a home page. */
export function FigureStrip({ figures }: { figures: readonly Figure[] }) {
  return (
    <div className="card strip num">
      {figures.map(({ label, value, note, to }) => (
        <div key={label}>
          <span className="tiny muted">{label}</span>
          <b>{to ? <Link to={to}>{value}</Link> : value}</b>
          <span className="tiny muted">{note}</span>
        </div>
      ))}
    </div>
  )
}

/** A long job: how far, of how much, and in words what is being done. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  return (
    <label className="progress">
      <span>
        {label}
        <span className="num muted">
          {grouped.format(done)} / {grouped.format(total)}
        </span>
      </span>
      <progress value={done} max={total || 1} />
    </label>
  )
}
