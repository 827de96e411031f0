import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from '../cluster.ts'
import { demand } from '../load.ts'
import type { PumpRun } from '../wire/pump.ts'

/** What the database holds of all frames together. */
export interface Kept {
  packets: number
  good: number
  duplicates: number
}

/** The counters of lines are written once a second: a count holds when nothing moves for longer than that. */
const restMillis = 1_200

/** Counted behind the wall, when nothing is on its way any more. */
export async function countKept(cluster: Cluster): Promise<Kept> {
  for (let last = await count(cluster); ;) {
    await wait(restMillis)
    const next = await count(cluster)
    if (next.good === last.good && next.packets === last.packets) return next
    last = next
  }
}

async function count({ owner }: Cluster): Promise<Kept> {
  const { rows } = await owner.query<
    Record<keyof Kept, string>
  >(`select (select count(*) from telemetry.packet) as packets,
    coalesce(sum(good), 0)::int8 as good, coalesce(sum(duplicates), 0)::int8 as duplicates from device.line`)
  const { packets, good, duplicates } = rows[0]!
  return { packets: Number(packets), good: Number(good), duplicates: Number(duplicates) }
}

/** Every new frame is one row, every other one is counted as sent again, and nothing else came. */
export function demandKept(before: Kept, after: Kept, { sent, fresh }: PumpRun): void {
  const grown = (name: keyof Kept) => after[name] - before[name]
  demand(grown('packets') === fresh, `${fresh} new frames were answered, ${grown('packets')} were stored`)
  demand(grown('good') === sent, `${sent} frames were answered, ${grown('good')} were counted`)
  demand(grown('duplicates') === sent - fresh, `${sent - fresh} were sent again, ${grown('duplicates')} were known`)
}
