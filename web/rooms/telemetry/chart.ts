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
