import { addDays, daysBetween, startOf } from '@plumbline/core/kit'
import { addMonths, monthOfDay, wholeMonth } from '@plumbline/core/telemetry'
import { type Frame, hoursOfDays, openAtlas } from './testing.ts'

// Every figure is held against another computation from the raw readings: SQL of another shape, or plain arithmetic.

const minute = 60_000
const hour = 60 * minute

/** Twelve means of five minutes in every hour of a month; another drift for each device. */
const monthOf = (from: string, until: string, base: number): Frame[] =>
  hoursOfDays(from, daysBetween(from, until)).flatMap((at, index) =>
    Array.from({ length: 12 }, (_, part): Frame => {
      const wave = Math.sin(index / 9) * 18 + Math.cos((index * part) / 50) * 6
      return {
        at: at + part * 5 * minute,
        span: 'm',
        values: {
          a34004: Math.round((base + wave) * 10) / 10,
          LA: 52 + (index % 24) * 0.8,
          a01007: index % 13 === 0 ? 0.1 : 0.5 + (index % 40) / 3,
          a01008: (index * 31 + part) % 360,
        },
      }
    }),
  )

/** The last whole month of three monitors, two of the first project and a rival's. */
export async function openMonth() {
  const atlas = await openAtlas()
  const month = addMonths(monthOfDay(atlas.today), -1)
  const days = wholeMonth(month)
  const since = startOf(days.from).getTime()
  const { projectId, otherProjectId } = atlas.cast
  const one = await atlas.enter({ modelCode: 'dust-ug', projectId, name: '东门扬尘仪' }, since)
  const two = await atlas.enter({ modelCode: 'dust-ug', projectId, name: '西门扬尘仪' }, since)
  const rival = await atlas.enter({ modelCode: 'dust-ug', projectId: otherProjectId, name: '南门扬尘仪' }, since)
  const frames = monthOf(days.from, days.until, 55)
  // On the fourth day the monitor at the east gate says nothing for eight hours; then its values bear the mark of a fault.
  const gap = since + 3 * 24 * hour
  await atlas.store(
    one,
    frames
      .filter(({ at }) => at < gap || at >= gap + 8 * hour)
      .map((frame) =>
        frame.at >= gap + 8 * hour && frame.at < gap + 10 * hour
          ? { ...frame, values: { a34004: { value: 999, flag: 'D' } } }
          : frame,
      ),
  )
  await atlas.store(two, monthOf(addDays(days.from, 10), days.until, 80))
  await atlas.store(rival, monthOf(days.from, days.until, 40))
  await atlas.rollAll()
  // The year before, of the first project alone.
  const before = wholeMonth(addMonths(month, -12))
  await atlas.store(one, monthOf(before.from, before.until, 70))
  await atlas.reopen(one, hoursOfDays(before.from, daysBetween(before.from, before.until)))
  await atlas.rollAll()
  return {
    ...{ atlas, month, days, ask: atlas.ask, said: atlas.said, close: atlas.close, devices: { one, two, rival } },
    /** Means of hours, days and the month from the raw rows: by day and mean, and of no table of ours. */
    rawMonth: (device: string, { from, until }: { from: string; until: string }) =>
      atlas.look<{ day: string; mean: number }>(
        `with hours as (select date_bin('1 hour', at, 'epoch') as h, sum(value) / count(*) as mean from telemetry.reading
       where device_id = $1 and quantity = 'a34004' and span = 'm' and flag = 'N' and at >= $2 and at < $3
       group by 1 having count(*) >= 9)
     select ((h + interval '8 hours') at time zone 'UTC')::date::text as day, sum(mean) / count(*) as mean
     from hours group by 1 having count(*) >= 20 order by 1`,
        [device, startOf(from).toISOString(), startOf(until).toISOString()],
      ),
  }
}

export const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
