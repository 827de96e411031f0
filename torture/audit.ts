import { setTimeout as wait } from 'node:timers/promises'
import type { Device } from './devices/load.ts'
import type { House } from './house.ts'

/** The devices' own lists against the database. */
export interface Audit {
  acked: number
  /** Acknowledged, and not there. */
  lost: number
  /** There more than once. */
  twice: number
  /** There, and never sent. */
  strange: number
  /** Sent and never answered, though there was time; and by whom. */
  unanswered: number
  silent: string[]
}

/** Waits until everything sent is answered, or until waiting has become pointless. */
export async function waitForAnswers(devices: readonly Device[], millis: number): Promise<void> {
  const until = Date.now() + millis
  while (Date.now() < until && devices.some((one) => one.waiting() > 0)) await wait(50)
}

/** Compares every device's list with its rows. */
export async function audit({ owner, ids }: House, devices: readonly Device[]): Promise<Audit> {
  const sum: Audit = { acked: 0, lost: 0, twice: 0, strange: 0, unanswered: 0, silent: [] }
  for (const { number, acked, from, last, waiting } of devices) {
    const { rows } = await owner.query<{ moments: number[] | null }>(
      'select array_agg(extract(epoch from at)::float8 * 1000) as moments from telemetry.packet where device_id = $1',
      [ids.get(number)],
    )
    const kept = rows[0]!.moments ?? []
    const there = new Set(kept)
    sum.acked += acked.length
    sum.lost += acked.filter((at) => !there.has(at)).length
    sum.twice += kept.length - there.size
    sum.strange += kept.filter((at) => at < from || at > last() || at % 1000 !== 0).length
    sum.unanswered += waiting()
    if (waiting() > 0) sum.silent.push(number)
  }
  return sum
}

export function saySum({ acked, lost, twice, strange, unanswered }: Audit): string {
  return `${acked} acknowledged, ${lost} lost, ${twice} twice, ${strange} never sent, ${unanswered} unanswered`
}

/** Some of the numbers, so that a breach can be looked into. */
export const sayNumbers = (numbers: readonly string[]): string =>
  numbers.length === 0 ? '' : `by ${numbers.length}: ${numbers.slice(0, 3).join(' ')}`
