import { addDays, dayOf } from '@plumbline/core/kit'
import { findQuantity, rankedQuantities } from '@plumbline/core/telemetry'
import { Link, useSearchParams } from 'react-router'

/** The lists behind the figures; each is a page below /environment. */
export type RowsKind =
  | 'days'
  | 'hours'
  | 'monitors'
  | 'exceedances'
  | 'offline'
  | 'exits'
  | 'wind'
  | 'curing'
  | 'energy'

export type RowsAsk = Record<string, string | number | undefined>

/** The address of the rows behind a figure. */
export function rowsAt(kind: RowsKind, ask: RowsAsk): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(ask)) if (value !== undefined) search.set(name, String(value))
  return `/environment/${kind}?${search}`
}

/** What stands in the address of a list. */
export function useAsked(): (name: string) => string | undefined {
  const [params] = useSearchParams()
  return (name) => params.get(name) ?? undefined
}

export const sayNumber = (value: number | null, digits = 1): string => (value === null ? '—' : value.toFixed(digits))
export const sayShare = (value: number | null): string => (value === null ? '无数据' : `${value.toFixed(1)}%`)

/** 同比、环比: a fall is good news of dust, and no colour says more than the sign. */
export const sayChange = (value: number | null): string =>
  value === null ? '无可比数据' : `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)}%`

/** A number in words of its own that opens its rows. */
export function Figure({ text, to, label }: { text: string; to: string; label: string }) {
  return (
    <Link className="num" to={to} aria-label={`${label} ${text}，查看明细`}>
      {text}
    </Link>
  )
}

export const quantityOptions = rankedQuantities.map((value) => ({ value, label: findQuantity(value)!.name }))

/** `until` is not one of the days: the last one is said. */
export function sayDays(from: string, until: string): string {
  const last = addDays(until, -1)
  return last <= from ? from : `${from} 至 ${last}`
}

export const automatic = '自动监测数据用于预警和统计，不代替法定监测，不作为处罚依据。'

/** The legal day in which an hour lies, as a list asks for it. */
export const dayOfHour = (hour: string) => {
  const from = dayOf(new Date(hour))
  return { from, until: addDays(from, 1), hour }
}
