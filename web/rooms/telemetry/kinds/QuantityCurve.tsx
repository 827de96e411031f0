import { sayInstant } from '@plumbline/core/kit'
import { type HeldTo, type SeriesView, telemetryContract } from '@plumbline/core/telemetry'
import { useMemo } from 'react'
import { useRoute } from '../../../kit/api.ts'
import { Failure, Loaded } from '../../../kit/ui/index.ts'
import { useChart } from '../chart.ts'
import { curveOf, look } from '../curve.ts'
import { useSpan } from '../SpanChoice.tsx'
import '../telemetry.css'

interface QuantityCurveProps {
  id: string
  quantity: string
  limits: readonly HeldTo[]
}

/** The curve of one quantity, hour by hour of a day or minute by minute of the last hour, with its limits drawn across. */
export function QuantityCurve({ id, quantity, limits }: QuantityCurveProps) {
  const [span, choice] = useSpan()
  const series = useRoute(
    telemetryContract.series,
    { params: { id }, query: { quantity, ...span } },
    { refetchInterval: 30_000 },
  )
  return (
    <>
      <div className="telemetry-choices">
        <b>{series.data?.name ?? ''}</b>
        {choice}
      </div>
      <Loaded found={series} Failed={Failure}>
        {(shown) => <Curve series={shown} limits={limits} />}
      </Loaded>
    </>
  )
}

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
  const lines = linesOf(
    limits,
    buckets.flatMap(({ mean }) => (mean === null ? [] : [mean])),
  )
  return curveOf({
    ...{ name, unit, description: `${name} 曲线`, digits: 2 },
    points: buckets.map(({ from, mean, valid }) => ({ label: sayInstant(new Date(from)).slice(11), mean, valid })),
    tooltip: {
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value} ${unit}` : '没有正常数值'),
    },
    yAxis: {
      scale: true,
      // A limit that nothing reaches is still worth seeing.
      max: ({ max }: { max: number }) => Math.max(max, ...lines.map(({ at }) => at)),
      min: ({ min }: { min: number }) => Math.min(min, ...lines.map(({ at }) => at)),
    },
    across: { markLine: { silent: true, symbol: 'none', data: lines.map(drawn) } },
  })
}

function drawn({ at, level }: ReturnType<typeof linesOf>[number]) {
  const color = level === 'alarm' ? look.red : yellow
  return {
    yAxis: at,
    lineStyle: { color, type: 'dashed' },
    label: { formatter: `${words[level]} ${at}`, color, position: 'insideEndTop' },
  }
}
