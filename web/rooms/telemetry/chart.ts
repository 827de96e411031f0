import { LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

register([LineChart, GridComponent, TooltipComponent, MarkLineComponent, AriaComponent, SVGRenderer])

/** Draws a chart into the element whose ref it answers with; it follows the element's width. */
export function useChart(option: EChartsCoreOption) {
  const holder = useRef<HTMLDivElement>(null)
  const drawn = useRef<ReturnType<typeof init>>(null)
  useEffect(() => {
    const chart = init(holder.current, null, { renderer: 'svg', locale: 'ZH' })
    drawn.current = chart
    const watcher = new ResizeObserver(() => chart.resize())
    if (holder.current) watcher.observe(holder.current)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [])
  useEffect(() => drawn.current?.setOption(option, { notMerge: true }), [option])
  return holder
}

/** The lines of the house: quiet, tabular, one accent. */
export const look = {
  accent: '#0958d9',
  red: '#cf1322',
  ink: '#56606e',
  line: '#e4e7ec',
  font: "'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
} as const

/** A horizontal line at a limit, with its word. */
export const limitLine = (limit: { value: number } | null, unit: string, word = '限值') =>
  limit
    ? {
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: look.red, type: 'dashed' as const },
          label: { formatter: `${word} ${limit.value} ${unit}`, color: look.red, position: 'insideEndTop' as const },
          data: [{ yAxis: limit.value }],
        },
      }
    : {}
