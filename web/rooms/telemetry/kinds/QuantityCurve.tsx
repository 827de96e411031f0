import { sayInstant } from '@plumbline/core/kit'
import { type HeldTo, type SeriesView, telemetryContract } from '@plumbline/core/telemetry'
import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useRoute } from '../../../kit/api.ts'
import { useToday } from '../../../kit/session.tsx'
import { Failure, Loading } from '../../../kit/ui/index.ts'
import { look, useChart } from '../chart.ts'
import '../telemetry.css'

interface QuantityCurveProps {
  id: string
  quantity: string
  limits: readonly HeldTo[]
}

/** The curve of one quantity, hour by hour of a day or minute by minute of the last hour, with its limits drawn across. */
export function QuantityCurve({ id, quantity, limits }: QuantityCurveProps) {
  const [step, setStep] = useState<'hour' | 'minute'>('hour')
  const [day, setDay] = useState<string>()
  const today = useToday()
  const series = useRoute(
    telemetryContract.series,
    { params: { id }, query: { quantity, step, day: step === 'hour' ? day : undefined } },
    { refetchInterval: 30_000 },
  )
  return (
    <>
      <div className="telemetry-choices">
        <b>{series.data?.name ?? ''}</b>
        <Segmented
          aria-label="时段"
          value={step}
          options={[
            { value: 'hour', label: '逐时' },
            { value: 'minute', label: '最近一小时' },
          ]}
          onChange={setStep}
        />
        {step === 'hour' && (
          <input
            type="date"
            aria-label="日期"
            max={today}
            value={day ?? today}
            onChange={(event) => setDay(event.target.value || undefined)}
          />
        )}
      </div>
      {series.error && !series.data ? (
        <Failure error={series.error} again={() => void series.refetch()} />
      ) : series.data ? (
        <Curve series={series.data} limits={limits} />
      ) : (
        <Loading />
      )}
    </>
  )
}

const round = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100)

/** On which heights the limits of the value lie; those of both sides only where the curve goes. */
export function linesOf(
  limits: readonly HeldTo[],
  values: readonly number[],
): { at: number; level: 'warn' | 'alarm' }[] {
  const below = values.some((value) => value < 0)
  const above = values.length === 0 || values.some((value) => value >= 0)
  return limits
    .filter(({ measure }) => measure === 'value')
    .flatMap(({ side, centre, warn, alarm }) =>
      (['warn', 'alarm'] as const).flatMap((level) => {
        const limit = level === 'warn' ? warn : alarm
        if (!limit) return []
        if (side !== 'either') return [{ at: limit.value, level }]
        if (centre !== 0) return [-1, 1].map((sign) => ({ at: centre + sign * limit.value, level }))
        return [...(above ? [1] : []), ...(below ? [-1] : [])].map((sign) => ({ at: sign * limit.value, level }))
      }),
    )
}

function Curve({ series, limits }: { series: SeriesView; limits: readonly HeldTo[] }) {
  const option = useMemo(() => optionOf(series, limits), [series, limits])
  return <div ref={useChart(option)} className="telemetry-chart" role="img" aria-label={`${series.name} 曲线`} />
}

const words = { warn: '预警', alarm: '报警' } as const
const yellow = '#d48806'

function optionOf({ buckets, name, unit }: SeriesView, limits: readonly HeldTo[]) {
  const values = buckets.map(({ mean, valid }) => ({ value: round(mean), symbol: valid ? 'circle' : 'emptyCircle' }))
  const lines = linesOf(
    limits,
    buckets.flatMap(({ mean }) => (mean === null ? [] : [mean])),
  )
  return {
    aria: { enabled: true, label: { description: `${name} 曲线，单位 ${unit}` } },
    animation: false,
    textStyle: { fontFamily: look.font, color: look.ink },
    grid: { left: 48, right: 24, top: 28, bottom: 28 },
    tooltip: {
      trigger: 'axis' as const,
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value} ${unit}` : '没有正常数值'),
    },
    xAxis: {
      type: 'category' as const,
      data: buckets.map(({ from }) => sayInstant(new Date(from)).slice(11)),
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.ink },
    },
    yAxis: {
      type: 'value' as const,
      name: unit,
      scale: true,
      // A limit that nothing reaches is still worth seeing.
      max: ({ max }: { max: number }) => Math.max(max, ...lines.map(({ at }) => at)),
      min: ({ min }: { min: number }) => Math.min(min, ...lines.map(({ at }) => at)),
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
        markLine: {
          silent: true,
          symbol: 'none',
          data: lines.map(({ at, level }) => ({
            yAxis: at,
            lineStyle: { color: level === 'alarm' ? look.red : yellow, type: 'dashed' as const },
            label: {
              formatter: `${words[level]} ${at}`,
              color: level === 'alarm' ? look.red : yellow,
              position: 'insideEndTop' as const,
            },
          })),
        },
      },
    ],
  }
}
