import { baseOf } from '@plumbline/core/device'
import {
  type Bearings,
  type HeldTo,
  type Latest,
  liveContract,
  pointed,
  sayLimit,
  type Standing,
  standingOf,
  telemetryContract,
} from '@plumbline/core/telemetry'
import { useRoute } from '../../../kit/api.ts'

const soon = 5_000
const seldom = 60_000

export const useLatest = (id: string) =>
  useRoute(telemetryContract.latest, { params: { id } }, { refetchInterval: soon })
export const useBearings = (id: string) =>
  useRoute(liveContract.bearings, { params: { id } }, { refetchInterval: seldom })

/** A device as its panel draws it: its values, and what they are read against. */
export interface Live {
  rows: readonly Latest[]
  bearings: Bearings
}

export const rowOf = ({ rows }: Live, quantity: string): Latest | undefined =>
  rows.find((row) => row.quantity === quantity)

/** Whether a value may be drawn as the present one: fresh, and marked normal by the instrument. */
export const isCurrent = (row: Latest | undefined): boolean =>
  row !== undefined && row.value !== null && row.freshness === 'live' && row.flag === 'N'

export const limitsOf = ({ bearings }: Live, quantity: string): HeldTo[] =>
  bearings.limits.filter((held) => held.quantity === quantity)

/** Values at measuring points, by point and then by what is measured. */
export const pointsOf = ({ rows }: Live): Latest[] =>
  rows
    .filter(({ quantity }) => baseOf(quantity) !== quantity && pointed.has(baseOf(quantity)))
    .toSorted((one, other) => keyOf(one).localeCompare(keyOf(other), 'zh-CN', { numeric: true }))

export const pointOf = (quantity: string): string => quantity.slice(baseOf(quantity).length + 1)
const keyOf = ({ quantity }: Latest) => `${pointOf(quantity)} ${quantity}`

/** Per day, rounded to a hundredth; null where the value of a day ago is not known. */
export function movedOf({ bearings }: Live, quantity: string): number | null {
  const found = bearings.moved.find((one) => one.quantity === quantity)
  return found ? Math.round(found.perDay * 100) / 100 : null
}

/** Where the value stands now; undefined for one that is not current. */
export const standingNow = (live: Live, row: Latest | undefined): Standing | undefined =>
  row && row.value !== null && isCurrent(row)
    ? standingOf(limitsOf(live, row.quantity), row.value, movedOf(live, row.quantity))
    : undefined

export const standingWords: Record<Exclude<Standing, 'unwatched'>, string> = {
  alarm: '到报警值',
  warn: '到预警值',
  calm: '限值内',
}

/** The same for a table of points, where all count by their amount: 预警 14，报警 20 mm；速率 2 mm/d */
export function sayHeldShort(limits: readonly HeldTo[]): string {
  const total = limits.find(({ measure }) => measure === 'value')
  const { unit } = total?.alarm ?? total?.warn ?? { unit: '' }
  const levels = [total?.warn && `预警 ${total.warn.value}`, total?.alarm && `报警 ${total.alarm.value}`].filter(
    Boolean,
  )
  // A share of the rate is watched too, for days on end: the rate itself is what people know.
  const rates = limits.flatMap(({ measure, alarm }) => (measure === 'change' && alarm ? [alarm] : []))
  const rate = rates.toSorted((one, other) => other.value - one.value)[0]
  return [levels.length > 0 ? `${levels.join('，')} ${unit}` : null, rate ? `速率 ${rate.value} ${rate.unit}` : null]
    .filter((part) => part !== null)
    .join('；')
}

/** 预警 达到 90 %，报警 达到 100 %; a further cause is called by its name: 力矩超过限制器切断范围 达到 110 % */
export const sayHeld = (limits: readonly HeldTo[]): string =>
  limits
    .flatMap((held, place) => [
      held.warn && `预警 ${sayLimit(held, held.warn)}`,
      held.alarm && `${place > 0 && held.warn === null ? held.title : '报警'} ${sayLimit(held, held.alarm)}`,
    ])
    .filter((word) => word !== null)
    .join('，')
