import type { SeriesByQuantity, Stretch, TimedValue } from '@plumbline/core/telemetry/credibility'
import { sql } from 'kysely'
import type { Db } from '../../../base/db.ts'

/** What a device told in a stretch of time, of one span only. */
export interface Told {
  series: SeriesByQuantity
  /** Seconds from one frame to the next; 60 where there are too few to say. */
  periodSeconds: number
  /** Of every frame: when it was received, and how far its moment, or the end of its minutes, was ahead of that. */
  clock: { at: number; skewMillis: number }[]
}

type Frame = [at: number, receivedAt: number, marks: string | null, measured: (number | string | null)[]]
interface Layout {
  span: 'r' | 'm'
  quantities: string[]
  frames: Frame[]
}

const minute = 60_000
export const iso = (millis: number): string => new Date(millis).toISOString()

/**
 * The wanted quantities of one device in [from, until), oldest first: moments, or, of a device that sends none, its means
 * of minutes. Asked of the rows of frames, as one text for each layout: two days of a monitor are thirty thousand values.
 */
export async function findTold(
  tx: Db,
  deviceId: string,
  wanted: readonly string[],
  { from, until }: Stretch,
): Promise<Told> {
  const { rows } = await sql<Layout>`
    select l.span, l.quantities, json_agg(json_build_array(date_part('epoch', p.at) * 1000, date_part('epoch', p.received_at) * 1000,
      p.marks, p.measured) order by p.at) as frames
    from telemetry.packet p join telemetry.layout l on l.id = p.layout
    where p.device_id = ${deviceId} and p.span in ('r', 'm') and p.at >= ${iso(from)} and p.at < ${iso(until)}
      and l.quantities && ${[...wanted]}::text[]
    group by l.id, l.span, l.quantities`.execute(tx)
  const span = rows.some((row) => row.span === 'r') ? 'r' : 'm'
  const kept = rows.filter((row) => row.span === span)
  const times = kept.flatMap(({ frames }) => frames.map(([at]) => at)).toSorted((a, b) => a - b)
  const periodSeconds = periodOf(times)
  return {
    series: Object.fromEntries(wanted.map((quantity) => [quantity, valuesOf(kept, quantity)])),
    periodSeconds,
    // A mean is told when its minutes are over.
    clock: clockOf(kept, span === 'm' ? periodSeconds * 1000 : 0),
  }
}

function valuesOf(layouts: readonly Layout[], quantity: string): TimedValue[] {
  const values: TimedValue[] = []
  for (const { quantities, frames } of layouts) {
    const place = quantities.indexOf(quantity)
    if (place < 0) continue
    for (const [at, , marks, measured] of frames) {
      const value = measured[place]
      if (typeof value !== 'number') continue
      const mark = marks === null ? 'N' : (marks[place] ?? ' ')
      values.push({ at: Math.round(at), value, flag: mark === ' ' ? null : mark })
    }
  }
  return layouts.length > 1 ? values.sort((a, b) => a.at - b.at) : values
}

/** The middle gap between frames: what the model promises is not always what the device was set to. */
function periodOf(times: readonly number[]): number {
  const gaps = times.slice(1).map((at, i) => at - times[i]!)
  const middle = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]
  return middle ? Math.max(1, Math.round(middle / 1000)) : minute / 1000
}

const clockOf = (layouts: readonly Layout[], length: number): Told['clock'] =>
  layouts
    .flatMap(({ frames }) =>
      frames.map(([at, received]) => ({ at: received, skewMillis: Math.round(at + length - received) })),
    )
    .sort((a, b) => a.at - b.at)
