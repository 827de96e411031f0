import { dayOf } from '../kit/index.ts'
import { checksOf, failingOf } from './checks.ts'
import type { DeviceRow, Onboarding, Online, OnlineRates } from './contract.ts'
import { type DeviceKind, kindNames } from './kinds.ts'
import type { Device, DeviceLine } from './schema.ts'

const hour = 3_600_000

/** A device that has not come to life: how long it waits, whether that is too long, and on which check it stands still. */
export function onboardingOf(
  row: DeviceRow,
  { now, hours, skewMinutes }: { now: string; hours: number; skewMinutes: number },
): Onboarding {
  const waited = (Date.parse(now) - Date.parse(row.enteredAt)) / hour
  const failing = failingOf(checksOf({ device: row, line: row.line, latest: [], now, skewMinutes }))
  return { ...row, hours: Math.max(0, waited), stuck: waited >= hours, failing: failing?.name ?? null }
}

/** Whether a silence has been explained and the explanation still holds. */
export const isExplained = (
  { explanation }: Pick<Device, 'explanation'>,
  { freshness }: Pick<DeviceLine, 'freshness'>,
  now: string,
): boolean => freshness !== 'live' && explanation !== null && explanation.until >= dayOf(new Date(now))

/** So many devices of one town and kind. */
export interface OnlineCount {
  town: string
  townName: string
  kind: DeviceKind
  devices: number
  live: number
  explained: number
}

/** IOT-06: how many of the devices that were once alive are so now, by town and by kind. */
export function countOnline(counts: readonly OnlineCount[]): OnlineRates {
  const add = (key: string, label: string, rows: readonly OnlineCount[], filter: Online['filter']): Online => ({
    key,
    label,
    devices: rows.reduce((sum, { devices }) => sum + devices, 0),
    live: rows.reduce((sum, { live }) => sum + live, 0),
    explained: rows.reduce((sum, { explained }) => sum + explained, 0),
    filter: { state: 'live', ...filter },
  })
  const towns = [...Map.groupBy(counts, ({ town }) => town)].toSorted(([one], [other]) => one.localeCompare(other))
  const kinds = Map.groupBy(counts, ({ kind }) => kind)
  return {
    total: add('', '合计', counts, {}),
    town: towns.map(([town, rows]) => add(town, rows[0]!.townName, rows, { town })),
    kind: (Object.keys(kindNames) as DeviceKind[]).flatMap((kind) => {
      const rows = kinds.get(kind)
      return rows ? [add(kind, kindNames[kind], rows, { kind })] : []
    }),
  }
}

/** Percent of the devices that are live; those whose silence is explained stand apart. Null where none is left. */
export const onlineShare = ({ devices, live, explained }: Pick<Online, 'devices' | 'live' | 'explained'>) =>
  devices > explained ? (live / (devices - explained)) * 100 : null
