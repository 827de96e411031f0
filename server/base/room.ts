import type { AnyWorkflow, Instant, Workflow } from '@plumbline/core/workflow'
import type { Ctx } from './context.ts'
import type { Db } from './db.ts'
import type { Serve } from './http.ts'

export interface HeardAct {
  id: number
  topic: string
  caseId: string
  to: string
  input: unknown
  actorId: string | null
  doneAt: Instant
}

/** What an effect may see and change of a step that was decided: all inside the step's transaction. */
export interface Done<R> {
  before: R
  after: R
  input: unknown
}

/** A room's record under a workflow: how it is read and written, and what its steps entail beyond the record. */
export interface CaseRoom<S extends string, R extends { id: string; state: S | null }> {
  workflow: Workflow<S, R>
  /** Records by id, in any order; those out of reach are simply not there. */
  load(tx: Db, ids: readonly string[]): Promise<R[]>
  /** Writes records, new or changed, set-based. Of one that stands in `before` as it was read, only what changed is due. */
  save(tx: Db, records: readonly R[], before?: readonly R[]): Promise<void>
  /** Fields of the record that follow the acts of other cases, and so stand in none of its own. */
  follows?: readonly string[]
  /**
   * What a step entails besides its record: a number, a paper, a hold, a message, a standing. It may answer with a further
   * changed record, which is the one that is saved.
   */
  effects?: Partial<Record<string, (tx: Db, ctx: Ctx, done: Done<R>) => Promise<R | void>>>
  /** The same for many records that a timer moved at once; falls back to `effects` one by one. */
  manyEffects?: Partial<Record<string, (tx: Db, ctx: Ctx, done: readonly Done<R>[]) => Promise<void>>>
}

export type AnyCaseRoom = CaseRoom<string, { id: string; state: string | null }>

/** What a room shows the roof. Everything else in its folder is its own business. */
export interface Room {
  name: string
  routes(serve: Serve): void
  /** Case rooms by workflow name, for timers and for the history's labels. */
  cases?: readonly AnyCaseRoom[]
  /** Acts of lower rooms that this room answers to, by topic, as 系统 with `causedBy`. Must bear being run twice. */
  hears?: Record<string, (ctx: Ctx, act: HeardAct) => Promise<unknown>>
  /** Called by the worker about once a second of machine time; for what is not a timer of a case. */
  ticks?: readonly ((ctx: Ctx) => Promise<unknown>)[]
}

/** A case room with its types worn off, for lists of rooms. */
export const asCaseRoom = <S extends string, R extends { id: string; state: S | null }>(
  room: CaseRoom<S, R>,
): AnyCaseRoom => room as unknown as AnyCaseRoom

export const caseRoomOf = (rooms: readonly Room[], name: string): AnyCaseRoom => {
  const found = rooms.flatMap((room) => room.cases ?? []).find((room) => room.workflow.name === name)
  if (!found) throw new Error(`no room has the workflow ${name}`)
  return found
}

export const workflowsOf = (rooms: readonly Room[]): AnyWorkflow[] =>
  rooms.flatMap((room) => room.cases ?? []).map((room) => room.workflow)
