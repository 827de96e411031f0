import { ours } from './ours.ts'

const row = <const Name extends string>(name: Name, value: number, unit: string) =>
  ours(`alarm.${name}` as const, value, unit, 'house.alarm')

/** How alarms come to people. No text names these numbers; a county enters its own beside them. */
export const alarmRules = [
  // calm for so long before it is over: lifts that follow each other are one alarm
  row('calm', 10, '分钟'),
  // and so far back from the limit
  row('hysteresis', 5, '%'),
  // two refreshes missed: a mobile network drops out for shorter
  row('silent_after', 10, '分钟'),
  // what falls silent within this time is told in one message
  row('gather', 2, '分钟'),
  // a room whose door stands open for a delivery is no excursion
  row('curing_hold', 10, '分钟'),
  row('unread', 30, '分钟'),
  row('shelve_most', 24, '小时'),
  // for each person; red goes through beyond it
  row('daily_budget', 10, '条'),
  // outside office hours the officer on duty is told
  row('duty_begins', 18, '时'),
  row('duty_ends', 8, '时'),
] as const
