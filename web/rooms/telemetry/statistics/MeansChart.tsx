import { useMemo } from 'react'
import { useChart } from '../chart.ts'
import { type CurvePoint, curveOf, limitLine, topFor } from '../curve.ts'

interface MeansChartProps {
  name: string
  unit: string
  points: readonly CurvePoint[]
  limit: { value: number } | null
}

/** Means of hours or of days. Gaps are gaps. */
export function MeansChart({ name, unit, points, limit }: MeansChartProps) {
  const option = useMemo(
    () =>
      curveOf({
        ...{ name, unit, points, description: `${name}均值曲线` },
        ...{ yAxis: { max: topFor(limit) }, across: limitLine(limit, unit) },
      }),
    [name, unit, points, limit],
  )
  return <div ref={useChart(option)} className="telemetry-chart" role="img" aria-label={`${name}均值曲线`} />
}
