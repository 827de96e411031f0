import { sayInstant } from '@plumbline/core/kit'
import type { telemetryContract } from '@plumbline/core/telemetry'
import type { Reply } from '@plumbline/core/kit'
import { useMemo } from 'react'
import { limitLine, look, useChart } from './chart.ts'

export type AlarmView = Reply<typeof telemetryContract.alarm>

function optionOf({ record, around }: AlarmView) {
  const points = around
    .filter(({ flag }) => flag === 'N')
    .map(({ at, value }) => ({ value: [Date.parse(at), value], symbolSize: at === record.raisedAt ? 10 : 4 }))
  return {
    aria: { enabled: true, label: { description: `${record.quantityName} 报警前后数值，单位 ${record.unit}` } },
    animation: false,
    textStyle: { fontFamily: look.font, color: look.ink },
    grid: { left: 48, right: 24, top: 28, bottom: 28 },
    tooltip: {
      trigger: 'item' as const,
      formatter: ({ value }: { value: [number, number] }) =>
        `${sayInstant(new Date(value[0]))}<br>${value[1]} ${record.unit}`,
    },
    xAxis: {
      type: 'time' as const,
      axisLabel: { color: look.ink, formatter: (at: number) => sayInstant(new Date(at)).slice(11) },
      axisLine: { lineStyle: { color: look.line } },
    },
    yAxis: {
      type: 'value' as const,
      name: record.unit,
      splitLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.ink },
    },
    series: [
      {
        type: 'line' as const,
        data: points,
        symbol: 'circle',
        lineStyle: { color: look.accent, width: 2 },
        itemStyle: { color: look.accent },
        ...limitLine({ value: record.limitValue }, record.unit),
      },
    ],
  }
}

/** The values before and after an alarm; the one that raised it is the large point. */
export function AroundChart({ view }: { view: AlarmView }) {
  const option = useMemo(() => optionOf(view), [view])
  return <div ref={useChart(option)} className="telemetry-chart" role="img" aria-label="报警前后数值" />
}
