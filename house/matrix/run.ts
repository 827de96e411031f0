import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { AnyRoute } from '@plumbline/core/kit'
import type { z } from 'zod'
import type { Mark, MatrixRole, Row } from './expected.ts'
import type { World } from './world.ts'

export interface Ask {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

export interface Heard {
  status: number
  body: unknown
}

/** A valid request, made in the state in which it would succeed. */
export interface Sample {
  ask: Ask
  /** The id asked for. With another in its place, somebody without reach must hear the same. */
  of?: string
  /** What those with a relation find in the answer, and nobody else. */
  marker?: string | ((body: never) => boolean | Promise<boolean>)
  /** Sends it otherwise than as JSON with the role's own session: an upload, a stream, a session to be ended. */
  send?(cookie: string | null, ask: Ask): Promise<Heard>
  /** Succeeds with the same body where nobody of this house may. */
  proof?(ask: Ask): Promise<Heard>
}

/** Makes a sample for a role that is to be let in; what it needs it does through the API. */
export type Maker = (world: World, role: MatrixRole) => Promise<Sample>
export type Samples = Record<string, Maker>

type Contracts = Record<string, Record<string, AnyRoute>>

export interface Door {
  key: string
  route: AnyRoute
  /** Set where the route carries out acts: which of them. */
  action: string | null
  /** The schema of the act's input, by which its workflow's step is recognised. */
  input: z.ZodType | null
}

type Shape = { shape?: Record<string, z.ZodType & { value?: string }> }

/** Every route, and every action of those that carry out acts. */
export const doorsOf = (contracts: Contracts): Door[] =>
  Object.entries(contracts).flatMap(([room, routes]) =>
    Object.entries(routes).flatMap(([name, route]): Door[] => {
      const { options, shape } = (route.body ?? {}) as Shape & { options?: Required<Shape>[] }
      const key = `${room}.${name}`
      if (!options) return [{ key, route, action: null, input: shape?.['input'] ?? null }]
      return options.map((option) => {
        const action = option.shape['action']!.value!
        return { key: `${key} ${action}`, route, action, input: option.shape['input']! }
      })
    }),
  )

const statusOf: Partial<Record<Mark, number>> = { s: 401, n: 403, h: 403, o: 404, x: 409 }
/** What the desk may say; anything else would be a rule about the case, told to somebody whom it does not concern. */
const deskRules = ['capacity', 'not_assigned', 'not_your_unit', 'not_this_person']

const isRefusal = (mark: Mark) => statusOf[mark] !== undefined
const say = ({ status, body }: Heard) => `${status} ${JSON.stringify(body)?.slice(0, 200)}`
const ruleOf = ({ body }: Heard) => (body as { rule?: string }).rule ?? ''

const send = (world: World, { route }: Door, sample: Sample, role: MatrixRole, ask = sample.ask): Promise<Heard> =>
  sample.send ? sample.send(world.cookieOf(role), ask) : world.house.call(world.cookieOf(role), route, ask as never)

/** The same request for something that does not exist. */
const elsewhere = (ask: Ask, of: string): Ask => JSON.parse(JSON.stringify(ask).replaceAll(of, randomUUID())) as Ask

type Cell = Row[number]

async function refusedFault(world: World, door: Door, sample: Sample, { role, mark }: Cell): Promise<string | null> {
  const heard = await send(world, door, sample, role)
  if (heard.status !== statusOf[mark]) return `${role}: is not refused with ${statusOf[mark]}: ${say(heard)}`
  if (mark === 'h') return deskRules.includes(ruleOf(heard)) ? null : `${role}: is told ${say(heard)}`
  if (!sample.of) return null
  const nothing = await send(world, door, sample, role, elsewhere(sample.ask, sample.of))
  if (isDeepStrictEqual(nothing.body, heard.body) && nothing.status === heard.status) return null
  return `${role}: can tell that it exists: ${say(heard)}, else ${say(nothing)}`
}

async function admittedFault(world: World, door: Door, sample: Sample, { role, mark }: Cell): Promise<string | null> {
  const heard = await send(world, door, sample, role)
  if (heard.status !== 200) return `${role}: is not let in: ${say(heard)}`
  const { marker } = sample
  if (marker === undefined) return mark === 'e' ? `${role}: is to find nothing, and the sample has no marker` : null
  const sees =
    typeof marker === 'string' ? JSON.stringify(heard.body).includes(marker) : await marker(heard.body as never)
  if (sees === (mark === 'y')) return null
  return `${role}: ${sees ? 'sees what is not for him' : `does not see it: ${say(heard)}`}`
}

/**
 * Runs one line of the table: first everybody who must be refused, then, with the very same body, one who may, so that no
 * refusal is owed to a broken request; then the others who may, each with a request of his own where it changes something.
 * Answers how many cells ran, and each that is not as expected, by name.
 */
export async function runRow(world: World, door: Door, row: Row, make: Maker) {
  const admitted = row.filter(({ mark }) => !isRefusal(mark))
  const first = admitted.find(({ mark }) => mark === 'y') ?? admitted[0]
  const sample = await make(world, first?.role ?? 'guest')
  const refused = row.filter(({ mark }) => isRefusal(mark))
  // What is refused changes nothing, so it may be asked all at once.
  const told = await Promise.all(refused.map((cell) => refusedFault(world, door, sample, cell)))
  const shown = [...told, first ? await admittedFault(world, door, sample, first) : await proofFault(sample)]
  const others = admitted.filter((cell) => cell !== first)
  if (door.route.method === 'GET')
    shown.push(...(await Promise.all(others.map((cell) => admittedFault(world, door, sample, cell)))))
  else for (const cell of others) shown.push(await admittedFault(world, door, await make(world, cell.role), cell))
  return { cells: row.length, faults: shown.flatMap((fault) => (fault ? [`${door.key}, ${fault}`] : [])) }
}

const proofFault = async (sample: Sample) =>
  (await sample.proof?.(sample.ask))?.status === 200 ? null : 'nobody: proves that the request is good'
