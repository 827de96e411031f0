import { z } from 'zod'

type Numbers = Readonly<Record<string, number>>

const tell = (value: number | undefined): string => (value === undefined ? '—' : String(Math.round(value * 10) / 10))

/** What a reason says, by its numbers. */
const sentences = {
  humidity_jump: (n) => `湿度在短时间内上升 ${tell(n.rise)} 个百分点`,
  dust_drop: (n) => `同时颗粒物下降 ${tell(n.share)}%`,
  neighbours_still: (n) => `邻近 ${tell(n.stations)} 台设备湿度变化仅 ${tell(n.rise)} 个百分点`,
  below_neighbours: (n) => `与邻近设备之比较前后时段低 ${tell(n.share)}%`,
  fallen_alone: (n) => `作业状态未变而数值骤降 ${tell(n.share)}%，邻近设备未同步下降`,
  scatter_collapsed: (n) => `数值起伏降至平常的 ${tell(n.share)}%`,
  temperature_moves: (n) => `同期气温变化 ${tell(n.range)} ℃，设备仍在工作`,
  same_value: (n) => `连续 ${tell(n.count)} 次为同一数值 ${tell(n.value)}`,
  few_values: (n) =>
    `${tell(n.count)} 个数据中 ${tell(n.share)}% 只取 ${tell(n.distinct)} 种数值，平均间隔 ${tell(n.gap)}`,
  heap_below_limit: (n) => `${tell(n.count)} 个数据紧贴限值 ${tell(n.limit)} 之下，其下两档合计 ${tell(n.below)} 个`,
  none_above_limit: (n) => `超过限值的数据 ${tell(n.count)} 个`,
  equals_earlier: (n) => `${tell(n.count)} 个连续变化与 ${tell(n.minutes)} 分钟前完全相同`,
  equals_neighbour: (n) => `${tell(n.count)} 个连续变化与邻近设备完全相同，相差 ${tell(n.minutes)} 分钟`,
  order_reversed: (n) => `${tell(n.count)} 个时刻较细颗粒物多于较粗颗粒物，最多高出 ${tell(n.share)}%`,
  clock_moved: (n) => `设备时间较平台时间的偏差由 ${tell(n.before)} 秒变为 ${tell(n.after)} 秒`,
  moment_below: (n) => `${tell(n.count)} 次起吊的力矩较荷载与幅度推算值低 ${tell(n.share)}%`,
  moment_above: (n) => `${tell(n.count)} 次起吊的力矩较荷载与幅度推算值高 ${tell(n.share)}%`,
  load_ceiling: (n) => `荷载停在 ${tell(n.load)} t，起伏不超过 ${tell(n.spread)}%`,
  moving_load: (n) => `设备起吊或运行 ${tell(n.minutes)} 分钟`,
  nobody_inside: (n) => `在场人数为 0 已 ${tell(n.minutes)} 分钟`,
  silent: (n) => `无正常数据 ${tell(n.minutes)} 分钟`,
  neighbours_exceed: (n) => `其间邻近设备均值 ${tell(n.mean)}，高于限值 ${tell(n.limit)}`,
  seldom_told: (n) => `邻近设备超限而本设备有数据的时间仅 ${tell(n.minutes)} 分钟`,
  power_of_ten: (n) => `数值突变为原来的 ${n.factor ?? '—'} 倍`,
  held_level: (n) => `突变后保持 ${tell(n.count)} 个数据`,
  only_while_watched: (n) => `受查时段开始与结束时数值分别突变 ${tell(n.fall)}% 与 ${tell(n.rise)}%`,
} as const satisfies Record<string, (numbers: Numbers) => string>

type Key = keyof typeof sentences
export const ReasonKey = z.enum(Object.keys(sentences) as [Key, ...Key[]])
export type ReasonKey = Key

/** The sentence of a reason as a person reads it. */
export const sayReason = ({ key, numbers }: { key: ReasonKey; numbers: Numbers }): string => sentences[key](numbers)
