import type { Span } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Reading } from './readings.ts'

/** The quantities of a row, sorted, each once. A layout never changes and is never removed. */
export interface Layout {
  id: number
  span: Span
  quantities: readonly string[]
}

/** How a frame that names its quantities in some order lies in its layout. */
export interface Shape {
  span: Span
  /** As the frame named them. */
  order: readonly string[]
  layout: Layout
  /** For each place of the layout the frame's reading, or null when both orders are one. Of a quantity named twice the first counts. */
  places: readonly number[] | null
}

export interface Layouts {
  /** The shape of these readings, all of one span, when it is known here. */
  find(readings: readonly Reading[]): Shape | undefined
  /** Makes the shapes of these known, with layouts that are new in the database. */
  learn(db: Db, groups: readonly (readonly Reading[])[]): Promise<void>
}

/** Few shapes carry nearly all frames; these are compared one by one before anything is joined into a key. */
const recentShapes = 8
/** A device that invents orders must not fill the memory: beyond this all is learned anew. */
const mostShapes = 20_000

/** What this process has learned of the layouts in one database. */
export function openLayouts(): Layouts {
  const shapes = new Map<string, Shape>()
  let recent: Shape[] = []
  const find = (readings: readonly Reading[]): Shape | undefined => {
    for (const shape of recent) if (fits(shape, readings)) return shape
    const found = shapes.get(keyOf(readings))
    if (found) recent = [found, ...recent].slice(0, recentShapes)
    return found
  }
  return {
    find,
    learn: async (db, groups) => {
      const unknown = new Map(groups.filter((one) => !find(one)).map((one) => [keyOf(one), one]))
      if (unknown.size === 0) return
      const wanted = [...unknown.values()].map((one) => ({ span: one[0]!.span, quantities: quantitiesOf(one) }))
      const layouts = await internLayouts(db, wanted)
      if (shapes.size > mostShapes) shapes.clear()
      for (const [key, readings] of unknown) {
        const { span } = readings[0]!
        const layout = layouts.get(nameOf(span, quantitiesOf(readings)))!
        const order = readings.map(({ quantity }) => quantity)
        const places = layout.quantities.map((one) => order.indexOf(one))
        const same = order.length === places.length && places.every((place, index) => place === index)
        shapes.set(key, { span, order, layout, places: same ? null : places })
      }
    },
  }
}

function fits({ span, order }: Shape, readings: readonly Reading[]): boolean {
  if (order.length !== readings.length || span !== readings[0]!.span) return false
  for (let index = 0; index < order.length; index += 1) if (order[index] !== readings[index]!.quantity) return false
  return true
}

const keyOf = (readings: readonly Reading[]) =>
  nameOf(
    readings[0]!.span,
    readings.map(({ quantity }) => quantity),
  )
const nameOf = (span: Span, quantities: readonly string[]) => `${span}\n${quantities.join('\n')}`
const quantitiesOf = (readings: readonly Reading[]) => [...new Set(readings.map(({ quantity }) => quantity))].sort()

/** Finds or makes layouts; answers them by span and quantities. Outside any transaction: a layout belongs to all. */
async function internLayouts(
  db: Db,
  wanted: readonly { span: Span; quantities: readonly string[] }[],
): Promise<Map<string, Layout>> {
  const told = JSON.stringify(wanted)
  await sql`insert into telemetry.layout (span, quantities)
    select distinct r.span, r.quantities from jsonb_to_recordset(${told}::jsonb) as r(span text, quantities text[])
    where not exists (select 1 from telemetry.layout l where l.span = r.span and l.quantities = r.quantities)
    order by 1, 2 on conflict do nothing`.execute(db)
  const { rows } = await sql<Layout>`select l.id, l.span, l.quantities from telemetry.layout l
    join jsonb_to_recordset(${told}::jsonb) as r(span text, quantities text[]) using (span, quantities)`.execute(db)
  return new Map(rows.map((one) => [nameOf(one.span, one.quantities), one]))
}

const byDatabase = new WeakMap<Db, Layouts>()

/** The layouts known here of a database. */
export function layoutsOf(db: Db): Layouts {
  const known = byDatabase.get(db) ?? openLayouts()
  byDatabase.set(db, known)
  return known
}
