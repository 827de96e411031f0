import { sayInstant } from '@plumbline/core/kit'
import type { BucketView, SeriesView } from '@plumbline/core/telemetry'
import { useMemo } from 'react'
import { limitLine, look, useChart } from './chart.ts'

const hourOf = (at: string) => sayInstant(new Date(at)).slice(11)
const round = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10)

function optionOf({ buckets, unit, limit, name }: SeriesView) {
  const values = buckets.map((bucket) => ({
    value: round(bucket.mean),
    // Too few samples: drawn hollow, so that it is not read as a full mean.
    symbol: bucket.valid ? 'circle' : 'emptyCircle',
  }))
  return {
    aria: { enabled: true, label: { description: `${name}时段均值，单位 ${unit}` } },
    animation: false,
    textStyle: { fontFamily: look.font, color: look.ink },
    grid: { left: 48, right: 24, top: 28, bottom: 28 },
    tooltip: { trigger: 'axis' as const, formatter: (rows: unknown) => say(rows, buckets, unit) },
    xAxis: {
      type: 'category' as const,
      data: buckets.map(({ from }) => hourOf(from)),
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.ink },
    },
    yAxis: {
      type: 'value' as const,
      name: unit,
      scale: true,
      // A limit that nothing reaches is still worth seeing.
      max: (range: { max: number }) => (limit && limit.value > range.max ? Math.ceil(limit.value * 1.1) : null),
      splitLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.ink },
    },
    series: [
      {
        type: 'line' as const,
        name,
        data: values,
        symbolSize: 6,
        lineStyle: { color: look.accent, width: 2 },
        itemStyle: { color: look.accent },
        connectNulls: false,
        ...limitLine(limit, unit),
      },
    ],
  }
}

/** What a bucket holds, in words. Only numbers and our own text go into it. */
function say(rows: unknown, buckets: readonly BucketView[], unit: string): string {
  const index = Array.isArray(rows) ? (rows[0] as { dataIndex?: number } | undefined)?.dataIndex : undefined
  const bucket = index === undefined ? undefined : buckets[index]
  if (!bucket) return ''
  const span = `${hourOf(bucket.from)} 至 ${hourOf(bucket.until)}`
  if (bucket.mean === null) return `${span}<br>没有正常数值`
  return [
    span,
    `均值 ${round(bucket.mean)} ${unit}${bucket.valid ? '' : '（样本不足）'}`,
    `最小 ${round(bucket.min)}，最大 ${round(bucket.max)}`,
    `正常样本 ${bucket.normal}／${bucket.count}`,
  ].join('<br>')
}

/** The line of a series. Gaps are gaps. */
export function SeriesChart({ series }: { series: SeriesView }) {
  const option = useMemo(() => optionOf(series), [series])
  return <div ref={useChart(option)} className="telemetry-chart" role="img" aria-label={`${series.name}时段曲线`} />
}
