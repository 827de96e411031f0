import { type Reply, sayInstant } from '@plumbline/core/kit'
import type { AroundLine, telemetryContract } from '@plumbline/core/telemetry'
import { useMemo } from 'react'
import { useChart } from './chart.ts'
import { limitLine, look } from './curve.ts'

export type AlarmView = Reply<typeof telemetryContract.alarm>

const rowHeight = 84
const top = 24
const rowTop = (index: number) => top + index * (rowHeight + 28)

/** Every line has a strip of its own; one axis of time runs through them all. */
function optionOf({ record, around }: AlarmView) {
  const { lines, from, until, marks } = around
  const last = lines.length - 1
  const [min, max] = [Date.parse(from), Date.parse(until)]
  const lead = lines[0]
  return {
    aria: { enabled: true, label: { description: `${lead?.name ?? '报警'}前后数值，与同一时段的其他数值` } },
    animation: false,
    textStyle: { fontFamily: look.font, color: look.ink },
    tooltip: { trigger: 'item' as const, formatter: say(lines) },
    grid: lines.map((_, index) => ({ left: 56, right: 24, top: rowTop(index), height: rowHeight })),
    xAxis: lines.map((_, index) => ({
      type: 'time' as const,
      gridIndex: index,
      min,
      max,
      axisLabel: {
        show: index === last,
        color: look.ink,
        hideOverlap: true,
        formatter: (at: number) => sayInstant(new Date(at)).slice(11),
      },
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: index === last },
    })),
    yAxis: lines.map(({ name, unit }, index) => ({
      type: 'value' as const,
      gridIndex: index,
      scale: true,
      splitNumber: 2,
      name: [name, unit && `(${unit})`].filter(Boolean).join(' '),
      nameTextStyle: { align: 'left' as const, color: look.ink },
      splitLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.ink },
    })),
    series: lines.map((line, index) => ({
      type: 'line' as const,
      name: line.name,
      xAxisIndex: index,
      yAxisIndex: index,
      data: pointsOf(line, index === 0 ? record.raisedAt : undefined),
      symbol: 'circle',
      lineStyle: { color: index === 0 ? look.accent : look.ink, width: index === 0 ? 2 : 1 },
      itemStyle: { color: index === 0 ? look.accent : look.ink },
      markLine: linesAcross(record, marks, index === 0 && record.quantity === line.quantity),
    })),
  }
}

const pointsOf = ({ points }: AroundLine, raisedAt: string | undefined) =>
  points
    .filter(({ flag }) => flag === 'N')
    .map(({ at, value }) => ({ value: [Date.parse(at), value], symbolSize: at === raisedAt ? 10 : 3 }))

/** The moments of acts and commands through every strip, and the limit in the strip that it limits. */
function linesAcross(
  { cause, limit, unit }: AlarmView['record'],
  marks: AlarmView['around']['marks'],
  limited: boolean,
) {
  const moments = marks
    .filter(({ kind }) => kind !== 'event')
    .map(({ at }) => ({
      xAxis: Date.parse(at),
      lineStyle: { color: look.ink, type: 'dotted' as const },
      label: { show: false },
    }))
  // A change within a day and a silence have limits of their own, which are none of the value.
  const own =
    limited && cause !== 'silent' && !unit.endsWith('/d') ? limitLine({ value: limit.centre + limit.value }, unit) : {}
  return { silent: true, symbol: 'none', ...own.markLine, data: [...(own.markLine?.data ?? []), ...moments] }
}

const say =
  (lines: readonly AroundLine[]) =>
  ({ seriesIndex, value }: { seriesIndex: number; value: [number, number] }) => {
    const line = lines[seriesIndex]
    return `${sayInstant(new Date(value[0]))}<br>${line?.name ?? ''} ${value[1]} ${line?.unit ?? ''}`
  }

/** What was measured before and after an alarm, on one axis of time; the value that raised it is the large point. */
export function AroundChart({ view }: { view: AlarmView }) {
  const option = useMemo(() => optionOf(view), [view])
  const height = rowTop(view.around.lines.length) + 8
  return (
    <div ref={useChart(option)} className="telemetry-around" style={{ height }} role="img" aria-label="报警前后数值" />
  )
}
