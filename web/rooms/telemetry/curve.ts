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

/** A point of a curve; one that is not valid is drawn hollow, so that it is not read as a full mean. Without a mean it is a gap. */
export interface CurvePoint {
  label: string
  mean: number | null
  valid: boolean
}

export interface Curve {
  /** What the curve shows, for those who hear it. */
  description: string
  name: string
  unit: string
  points: readonly CurvePoint[]
  /** How many decimals are drawn; one as a rule. */
  digits?: number
  tooltip?: object
  /** What the vertical axis has beyond its look: its range, whether it begins at zero. */
  yAxis?: object
  /** Lines across; see limitLine. */
  across?: object
}

export const roundTo = (value: number | null, digits: number): number | null =>
  value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits

/** One line of the house over labelled points. */
export function curveOf({ description, name, unit, points, digits = 1, tooltip, yAxis, across }: Curve) {
  return {
    aria: { enabled: true, label: { description: `${description}，单位 ${unit}` } },
    animation: false,
    textStyle: { fontFamily: look.font, color: look.ink },
    grid: { left: 48, right: 24, top: 28, bottom: 28 },
    tooltip: { trigger: 'axis', ...tooltip },
    xAxis: {
      type: 'category',
      data: points.map(({ label }) => label),
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.ink },
    },
    yAxis: {
      type: 'value',
      name: unit,
      splitLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.ink },
      ...yAxis,
    },
    series: [
      {
        type: 'line',
        name,
        data: points.map(({ mean, valid }) => ({
          value: roundTo(mean, digits),
          symbol: valid ? 'circle' : 'emptyCircle',
        })),
        symbolSize: 6,
        lineStyle: { color: look.accent, width: 2 },
        itemStyle: { color: look.accent },
        connectNulls: false,
        ...across,
      },
    ],
  }
}

/** The top of an axis: a limit that nothing reaches is still worth seeing. */
export const topFor = (limit: { value: number } | null) => (range: { max: number }) =>
  limit && limit.value > range.max ? Math.ceil(limit.value * 1.1) : null
