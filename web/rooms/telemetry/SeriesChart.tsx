import { sayInstant } from '@plumbline/core/kit'
import type { BucketView, SeriesView } from '@plumbline/core/telemetry'
import { useMemo } from 'react'
import { useChart } from './chart.ts'
import { curveOf, limitLine, roundTo, topFor } from './curve.ts'

const clockOf = (at: string) => sayInstant(new Date(at)).slice(11)

const optionOf = ({ buckets, unit, limit, name }: SeriesView) =>
  curveOf({
    ...{ name, unit, description: `${name}时段均值` },
    points: buckets.map(({ from, mean, valid }) => ({ label: clockOf(from), mean, valid })),
    tooltip: { formatter: (rows: unknown) => say(rows, buckets, unit) },
    yAxis: { scale: true, max: topFor(limit) },
    across: limitLine(limit, unit),
  })

/** What a bucket holds, in words. Only numbers and our own text go into it. */
function say(rows: unknown, buckets: readonly BucketView[], unit: string): string {
  const index = Array.isArray(rows) ? (rows[0] as { dataIndex?: number } | undefined)?.dataIndex : undefined
  const bucket = index === undefined ? undefined : buckets[index]
  if (!bucket) return ''
  const span = `${clockOf(bucket.from)} 至 ${clockOf(bucket.until)}`
  if (bucket.mean === null) return `${span}<br>没有正常数值`
  return [
    span,
    `均值 ${roundTo(bucket.mean, 1)} ${unit}${bucket.valid ? '' : '（样本不足）'}`,
    `最小 ${roundTo(bucket.min, 1)}，最大 ${roundTo(bucket.max, 1)}`,
    `正常样本 ${bucket.normal}／${bucket.count}`,
  ].join('<br>')
}

/** The line of a series. Gaps are gaps. */
export function SeriesChart({ series }: { series: SeriesView }) {
  const option = useMemo(() => optionOf(series), [series])
  return <div ref={useChart(option)} className="telemetry-chart" role="img" aria-label={`${series.name}时段曲线`} />
}
