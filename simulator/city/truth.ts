import { createHash } from 'node:crypto'
import type { CheatKind, City, CityDevice, Label, Passed } from './schema.ts'
import { overlaps, type Span } from './spans.ts'

const byTime = (a: Label, b: Label): number =>
  a.from - b.from || compare(a.deviceId, b.deviceId) || compare(a.kind, b.kind) || a.until - b.until
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Everything that truly happens, in order of beginning. */
export const listTruth = (city: City): Label[] => city.devices.flatMap((device) => labelsOf(city, device)).sort(byTime)

function labelsOf(city: City, { number: deviceId, quantities, pushes, cheats, cuts, faults }: CityDevice): Label[] {
  const when = ({ from, until }: Span) => ({
    deviceId,
    from: city.start + from * 1000,
    until: city.start + until * 1000,
  })
  const hides = (span: Span): CheatKind | null => cheats.find((cheat) => overlaps(cheat, span))?.cheat ?? null
  const passed = pushes.flatMap((list, i) =>
    list.map((push): Label => {
      const { kind, cause, level, limit, floor } = push
      const detail: Passed = {
        ...{ cause, quantity: quantities[i]!, level, limit },
        floor: Math.round(floor * 100) / 100,
        hiddenBy: hides(push),
      }
      return { ...when(push), kind, detail }
    }),
  )
  return [
    ...passed,
    ...cheats.map((one): Label => ({ ...when(one), kind: 'cheat', detail: { cheat: one.cheat, by: one.by } })),
    ...cuts.map((one): Label => ({ ...when(one), kind: 'cut', detail: { scope: one.scope } })),
    ...faults.map((one): Label => ({ ...when(one), kind: 'fault', detail: { fault: one.fault, by: one.by } })),
  ]
}

/** One label as a line of text: the fields in the order of the alphabet, so that no order of writing them matters. */
export function sayLabel({ from, until, kind, deviceId, detail }: Label): string {
  const fields = Object.entries(detail).sort(([a], [b]) => compare(a, b))
  const told = fields.map(([name, value]) => `${name}=${value}`).join(' ')
  return `${new Date(from).toISOString()} ${new Date(until).toISOString()} ${deviceId} ${kind} ${told}`
}

/** sha256 over the labels' lines: the same seed and size give the same hash on every machine. */
export function truthHash({ truth }: Pick<City, 'truth'>): string {
  const hash = createHash('sha256')
  for (const label of truth) hash.update(`${sayLabel(label)}\n`)
  return hash.digest('hex')
}
