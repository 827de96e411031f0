import { directions, type Rose, sayLevel } from '@plumbline/core/telemetry'
import { BarChart } from 'echarts/charts'
import { LegendComponent, PolarComponent } from 'echarts/components'
import { use as register } from 'echarts/core'
import { useMemo } from 'react'
import { useChart } from '../chart.ts'
import { look } from '../curve.ts'

register([BarChart, PolarComponent, LegendComponent])

/** From a breeze to a gale in one hue, so that it also prints in grey. */
const shades = ['#d6e4ff', '#adc6ff', '#85a5ff', '#597ef7', '#2f54eb', '#10239e'] as const

const share = (hours: number, all: number) => (all > 0 ? Math.round((hours / all) * 1000) / 10 : 0)

function optionOf({ bins, hours, calm }: Rose) {
  return {
    aria: { enabled: true, label: { description: `风玫瑰，共 ${hours} 小时，静风 ${share(calm, hours)}%` } },
    animation: false,
    textStyle: { fontFamily: look.font, color: look.ink },
    color: [...shades],
    legend: { bottom: 0, itemWidth: 12, itemHeight: 10, textStyle: { color: look.ink, fontSize: 11 } },
    tooltip: {
      trigger: 'item' as const,
      formatter: ({ name, seriesName, value }: { name: string; seriesName: string; value: number }) =>
        `${name}风 ${seriesName}：${value}%`,
    },
    polar: { center: ['50%', '46%'], radius: '68%' },
    angleAxis: {
      type: 'category' as const,
      data: [...directions],
      // The first sector is centred on north.
      startAngle: 90 + 180 / directions.length,
      axisLabel: { fontSize: 10, color: look.ink },
      axisLine: { lineStyle: { color: look.line } },
    },
    radiusAxis: {
      axisLabel: { formatter: '{value}%', fontSize: 10, color: look.ink },
      axisLine: { show: false },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: shades.map((_, index) => ({
      type: 'bar' as const,
      coordinateSystem: 'polar' as const,
      stack: 'all',
      name: sayLevel(index + 1),
      data: directions.map((__, direction) => {
        const bin = bins.find((one) => one.direction === direction && one.level === index + 1)
        return share(bin?.hours ?? 0, hours)
      }),
    })),
  }
}

/** 风玫瑰. Everything it draws stands in the table beside it, by which it is read aloud and opened. */
export function WindRose({ rose }: { rose: Rose }) {
  const option = useMemo(() => optionOf(rose), [rose])
  return <div ref={useChart(option)} className="statistics-rose" role="img" aria-label="风玫瑰图" />
}
