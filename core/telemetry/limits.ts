import { baseOf, type DesignLimit, type Device } from '../device/index.ts'
import { dayOf, startOf } from '../kit/index.ts'
import type { Law, RuleCode } from '../law/index.ts'
import type { Sense } from './watch.ts'

/** A limit with the text that sets it: a clause of core/law, or the design document in its own words. */
export interface Limit {
  value: number
  unit: string
  clause: string
  /** Strictly beyond; else from the limit on. */
  strict: boolean
}
export interface Limits {
  warn: Limit | null
  alarm: Limit | null
}

/** What a limit may depend on: the law of the day, the device's papers, the quantity with its point, the instant (ms). */
export interface Asked {
  law: Law
  device: Pick<Device, 'kind' | 'settings'>
  quantity: string
  at: number
}

export const noLimits: Limits = { warn: null, alarm: null }

/** A limit as a rule of law names it. `strict`: only what is above it, not what reaches it. */
export function lawful(law: Law, code: RuleCode, strict = false): Limit {
  const { unit, clause } = law.rule(code)
  return { value: law.number(code), unit, clause, strict }
}

/** What the device's papers say of a quantity: of this very point first, else of all points. */
export function designOf({ device, quantity }: Pick<Asked, 'device' | 'quantity'>): DesignLimit | undefined {
  const { limits } = device.settings
  return limits.find((one) => one.quantity === quantity) ?? limits.find((one) => one.quantity === baseOf(quantity))
}

/** 设计文件的数值优先 (standards 6.4): what the papers say, or what the law says where they say nothing. */
export function designed(asked: Asked, unit: string, otherwise: Limits): Limits {
  const found = designOf(asked)
  if (!found || (found.warn === null && found.alarm === null)) return otherwise
  const told = (value: number | null): Limit | null =>
    value === null ? null : { value, unit, clause: `设计文件：${found.source}`, strict: false }
  // 预警 = 70 % of 报警 where the papers name the latter alone.
  const share = asked.law.number('ground.warn_share') / 100
  const warn = found.warn ?? (found.alarm === null ? null : Number((found.alarm * share).toPrecision(6)))
  return { warn: told(warn), alarm: told(found.alarm) }
}

const hour = 3_600_000

/** The hour of the legal day, 0 to 23. */
const hourOf = (at: number): number => Math.floor((at - startOf(dayOf(new Date(at))).getTime()) / hour)

/** Whether an instant lies in hours that may pass midnight: from 22 to 6. */
export const inHours = (at: number, from: number, until: number): boolean => {
  const now = hourOf(at)
  return from < until ? now >= from && now < until : now >= from || now < until
}

/** 昼间、夜间 as the noise standard divides the day, unless the region does otherwise. */
export const isNight = (law: Law, at: number): boolean =>
  inHours(at, law.number('noise.night_begins'), law.number('noise.day_begins'))

/** When the day or night began in which an instant lies (milliseconds). */
export function periodBegan(law: Law, at: number): number {
  const begins = [law.number('noise.day_begins'), law.number('noise.night_begins')]
  const midnight = startOf(dayOf(new Date(at))).getTime()
  const starts = begins.flatMap((from) => [midnight + from * hour, midnight + (from - 24) * hour])
  return Math.max(...starts.filter((start) => start <= at))
}

/** A limit in words: 大于 75 µg/m³, 低于 95 %, 超出 20±2 ℃. */
export function sayLimit(sense: Sense, limit: Pick<Limit, 'value' | 'unit' | 'strict'>): string {
  const { value, unit, strict } = limit
  // What has no unit happens or does not.
  if (unit === '') return '一经出现'
  const said = `${value} ${unit}`
  if (sense.side === 'below') return `低于 ${said}`
  if (sense.side === 'above') return `${strict ? '大于' : '达到'} ${said}`
  return sense.centre === 0 ? `绝对值达到 ${said}` : `超出 ${sense.centre}±${said}`
}
