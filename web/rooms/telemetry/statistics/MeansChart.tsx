import { useMemo } from 'react'
import { limitLine, look, useChart } from '../chart.ts'

export interface MeanPoint {
  label: string
  mean: number | null
  valid: boolean
}

interface MeansChartProps {
  name: string
  unit: string
  points: readonly MeanPoint[]
  limit: { value: number } | null
}

const round = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10)

const optionOf = ({ name, unit, points, limit }: MeansChartProps) => ({
  aria: { enabled: true, label: { description: `${name}均值曲线，单位 ${unit}` } },
  animation: false,
  textStyle: { fontFamily: look.font, color: look.ink },
  grid: { left: 48, right: 24, top: 28, bottom: 28 },
  tooltip: { trigger: 'axis' as const },
  xAxis: {
    type: 'category' as const,
    data: points.map(({ label }) => label),
    axisLine: { lineStyle: { color: look.line } },
    axisLabel: { color: look.ink },
  },
  yAxis: {
    type: 'value' as const,
    name: unit,
    max: (range: { max: number }) => (limit && limit.value > range.max ? Math.ceil(limit.value * 1.1) : null),
    splitLine: { lineStyle: { color: look.line } },
    axisLabel: { color: look.ink },
  },
  series: [
    {
      type: 'line' as const,
      name,
      // What is not valid is drawn hollow, as on the device's page.
      data: points.map(({ mean, valid }) => ({ value: round(mean), symbol: valid ? 'circle' : 'emptyCircle' })),
      symbolSize: 6,
      connectNulls: false,
      lineStyle: { color: look.accent, width: 2 },
      itemStyle: { color: look.accent },
      ...limitLine(limit, unit),
    },
  ],
})

/** Means of hours or of days. Gaps are gaps. */
export function MeansChart(props: MeansChartProps) {
  const { name, unit, points, limit } = props
  const option = useMemo(() => optionOf({ name, unit, points, limit }), [name, unit, points, limit])
  return <div ref={useChart(option)} className="telemetry-chart" role="img" aria-label={`${name}均值曲线`} />
}
