import type { Law, Rule } from '../law/index.ts'
import type { WatchRule } from './watch.ts'

/** What raises an alarm: one row for each cause, its numbers read from the law of the day. */
export interface Cause {
  code: 'pm25_spray'
  quantity: string
  title: string
  /** The rule that names the limit. */
  limit(law: Law): Rule
  watch(law: Law): WatchRule
}

const seconds = 60

export const causes: readonly Cause[] = [
  {
    code: 'pm25_spray',
    quantity: 'a34004',
    title: 'PM2.5 超过喷淋启动值',
    limit: (law) => law.rule('dust.pm25.spray_above'),
    watch: (law) => ({
      above: law.number('dust.pm25.spray_above'),
      // 秀洲区 2.0: 当PM2.5大于75微克/立方米时自动开启, at the first such value.
      holdSeconds: 0,
      clearBelow: law.number('dust.pm25.spray_off_below'),
      meanSeconds: law.number('dust.pm25.spray_off_window') * seconds,
      minimumSeconds: law.number('dust.spray_run_min') * seconds,
      maximumSeconds: law.number('dust.spray_run_max') * seconds,
      restSeconds: law.number('dust.spray_rest') * seconds,
      gapSeconds: law.number('telemetry.refresh') * seconds,
    }),
  },
]

export const findCause = (quantity: string): Cause | undefined => causes.find((cause) => cause.quantity === quantity)
export const getCause = (code: string): Cause => {
  const found = causes.find((cause) => cause.code === code)
  if (!found) throw new Error(`no cause ${code}`)
  return found
}
