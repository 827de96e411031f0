import { z } from 'zod'

/** The ways in which readings are forged. The simulator injects exactly these. */
export const CheatKind = z.enum([
  'spray_sensor',
  'covered_inlet',
  'frozen',
  'quantised',
  'clipped',
  'replayed',
  'order_broken',
  'clock_drift',
  'moment_mismatch',
  'overload_hidden',
  'work_without_people',
  'silent_when_bad',
  'unit_flip',
  'copied_neighbour',
  'night_mask',
])
export type CheatKind = z.infer<typeof CheatKind>

export const cheatTitles: Record<CheatKind, string> = {
  spray_sensor: '向传感器喷水',
  covered_inlet: '遮挡采样口',
  frozen: '数值冻结',
  quantised: '数值过于粗略',
  clipped: '限值下方堆积',
  replayed: '重放历史数据',
  order_broken: '粒径关系颠倒',
  clock_drift: '设备时钟漂移',
  moment_mismatch: '力矩与荷载幅度不符',
  overload_hidden: '荷载封顶掩盖超载',
  work_without_people: '无人在场时作业',
  silent_when_bad: '超标时段离线',
  unit_flip: '数值单位跳变',
  copied_neighbour: '与邻近设备数据雷同',
  night_mask: '受查时段数值压低',
}
