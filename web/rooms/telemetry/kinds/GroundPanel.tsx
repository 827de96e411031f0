import { baseOf } from '@plumbline/core/device'
import { findQuantity, type Latest } from '@plumbline/core/telemetry'
import { lazy, Suspense, useState } from 'react'
import { Empty, Loading, Section, When } from '../../../kit/ui/index.ts'
import { StandingTag } from './Gauge.tsx'
import { isCurrent, limitsOf, type Live, movedOf, pointOf, pointsOf, sayHeld, sayHeldShort } from './readings.ts'

const QuantityCurve = lazy(async () => ({ default: (await import('./QuantityCurve.tsx')).QuantityCurve }))

/** 基坑、高支模 (GEO-01, GEO-02): every point with what it has moved in all and within a day, and its curve. */
export function GroundPanel({ id, live, title }: { id: string; live: Live; title: string }) {
  const points = pointsOf(live)
  const [chosen, setChosen] = useState<string>()
  const shown = points.find(({ quantity }) => quantity === chosen) ?? points[0]
  if (!shown)
    return (
      <Section title={title}>
        <Empty>还没有收到测点数值。</Empty>
      </Section>
    )
  return (
    <Section title={title} note={`${points.length} 项测点数值，自动监测`}>
      <table className="plain kind-points">
        <thead>
          <tr>
            <th>测点</th>
            <th>监测项目</th>
            <th>累计值</th>
            <th>24 小时变化</th>
            <th>限值</th>
            <th>状态</th>
          </tr>
        </thead>
        <tbody>
          {points.map((row) => (
            <PointRow
              key={row.quantity}
              row={row}
              live={live}
              chosen={row === shown}
              onChoose={() => setChosen(row.quantity)}
            />
          ))}
        </tbody>
      </table>
      <div className="kind-curve">
        <Suspense fallback={<Loading />}>
          <QuantityCurve id={id} quantity={shown.quantity} limits={limitsOf(live, shown.quantity)} />
        </Suspense>
      </div>
    </Section>
  )
}

interface PointRowProps {
  row: Latest
  live: Live
  chosen: boolean
  onChoose: () => void
}

function PointRow({ row, live, chosen, onChoose }: PointRowProps) {
  const moved = movedOf(live, row.quantity)
  const limits = limitsOf(live, row.quantity)
  const name = findQuantity(baseOf(row.quantity))?.name ?? row.name
  return (
    <tr className={isCurrent(row) ? undefined : 'kind-old'}>
      <td data-label="测点">
        <button type="button" className="kind-point" aria-pressed={chosen} onClick={onChoose}>
          {pointOf(row.quantity)}
        </button>
      </td>
      <td data-label="监测项目">{name}</td>
      <td data-label="累计值" className="num">
        {row.value === null ? '—' : `${row.value} ${row.unit}`}
        <div className="tiny muted">
          <When at={row.at} />
        </div>
      </td>
      <td data-label="24 小时变化" className="num">
        {moved === null ? <span className="muted">—</span> : `${moved > 0 ? '+' : ''}${moved} ${row.unit}`}
      </td>
      <td data-label="限值" className="num" title={sayHeld(limits)}>
        {limits.length > 0 ? sayHeldShort(limits) : <span className="muted">设计限值未登记</span>}
      </td>
      <td data-label="状态">
        <StandingTag live={live} row={row} />
      </td>
    </tr>
  )
}
