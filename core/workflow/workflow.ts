import { z } from 'zod'
import { type Actor, assignedKey, type Capacity, isOfficer, type Key, reaches, waitKey } from '../access/index.ts'
import type { Law, Rule } from '../law/index.ts'

/** An instant as ISO text in UTC with milliseconds, so that instants compare as text. */
export const Instant = z.iso.datetime()
export type Instant = z.infer<typeof Instant>

export const Tier = z.enum(['calm', 'yellow', 'red'])
export type Tier = z.infer<typeof Tier>

/** What holds can forbid. The refusal names the clause and the item that placed the hold. */
export type Effect = 'new_business' | 'new_project' | 'draw' | 'entry'

/** Why a step is refused: `rule` is a key, the sentence stands in the web; `detail` names the parts concerned. */
export interface Broken {
  rule: string
  detail?: unknown
}

export interface Facts<R, I> {
  record: R
  actor: Actor
  input: I
  now: Instant
  law: Law
}

/** What every room can say of its record: the row of `base.case` is this, nothing else. */
export interface CaseHead {
  number: string | null
  title: string
  projectId: string | null
  /** Subjects (project, org, person, device) whose holds can stop a step of this case. */
  subjects: string[]
  parties: string[]
  reach: Key[]
  due: Instant | null
  tier: Tier
  /** Steps that the clock carries out, and when. */
  timers: { action: string; at: Instant }[]
  /** Texts by which the case is found: names, codes, places, contacts. */
  words: string[]
}

export interface Step<S extends string, R, Z extends z.ZodType> {
  label: string
  /** Key in core/law/clauses.ts: the text on which the step rests. */
  clause?: string
  /** null: from nothing, the opening of a case. */
  from: readonly (S | null)[]
  /** The state reached; 'stay' keeps it; several when the record's own items decide (`settle`). */
  to: S | 'stay' | readonly S[]
  by: readonly Capacity[]
  /** Keys of which the actor must hold one, beyond seeing the case: the officers assigned, the responsible unit's people. */
  mine?(record: R): readonly Key[]
  /** Holds that forbid the step. */
  heldBy?: readonly Effect[]
  input: Z
  /** Names the rule that forbids the step, or answers null. */
  guard?(facts: Facts<R, z.output<Z>>): Broken | string | null
  /** The record after the step; the engine sets the state. */
  apply?(facts: Facts<R, z.output<Z>>): R
  /** Chooses among several `to`. */
  settle?(record: R): S
}

export type AnyStep<S extends string, R> = Step<S, R, z.ZodType>

export interface Workflow<
  S extends string = string,
  R extends { state: S | null } = { state: S | null },
  Steps extends Record<string, AnyStep<S, R>> = Record<string, AnyStep<S, R>>,
> {
  name: string
  title: string
  states: Record<
    S,
    {
      label: string
      final?: true
      /** Steps this state waits for: their people find it in their inbox. */ waits?: readonly (keyof Steps & string)[]
    }
  >
  steps: Steps
  head(record: R): CaseHead
}

/** Keeps the literal names of states and steps while checking the table. */
export const defineWorkflow =
  <S extends string, R extends { state: S | null }>() =>
  <const Steps extends Record<string, AnyStep<S, R>>>(workflow: Workflow<S, R, Steps>) =>
    workflow

/** Infers a step's input from its schema. */
export const stepOf =
  <S extends string, R>() =>
  <Z extends z.ZodType>(step: Step<S, R, Z>): Step<S, R, Z> =>
    step

export type RefusalKind = 'malformed' | 'forbidden' | 'missing' | 'conflict' | 'unmet' | 'too_many'

export type Decision<S extends string, R> =
  | { ok: true; from: S | null; to: S; record: R; rules: Rule[] }
  | ({ ok: false; kind: RefusalKind } & Broken)

const refuse = (kind: RefusalKind, rule: string, detail?: unknown) => ({ ok: false, kind, rule, detail }) as const

const brokenOf = (answer: Broken | string | null | undefined): Broken | null =>
  typeof answer === 'string' ? { rule: answer } : (answer ?? null)

/** What keeps a person with the right capacity from a step of a case that he sees. */
function notMine(keys: readonly Key[], { capacity }: Actor): string {
  if (keys.some((key) => key.startsWith('s:'))) return 'not_assigned'
  const persons = keys.filter((key) => key.startsWith('u:'))
  // Where named officers or a unit may act, an officer is told of the officers and a unit's person of the unit.
  const personal = persons.length > 0 && (isOfficer(capacity) || persons.length === keys.length)
  return personal ? 'not_this_person' : 'not_your_unit'
}

function standsBefore<S extends string, R extends { state: S | null }>(
  workflow: Workflow<S, R>,
  step: AnyStep<S, R>,
  record: R,
  actor: Actor,
) {
  if (!step.by.includes(actor.capacity)) return refuse('forbidden', 'capacity')
  const mine = step.mine?.(record)
  if (mine && actor.capacity !== 'system' && !mine.some((key) => actor.keys.includes(key)))
    return refuse('forbidden', notMine(mine, actor))
  if (!step.from.includes(record.state))
    return refuse('conflict', 'state', record.state === null ? null : workflow.states[record.state].label)
  return null
}

/** Decides one step: pure. The caller has locked the record, parsed the input and looked up the holds. */
export function decide<S extends string, R extends { state: S | null }>(
  workflow: Workflow<S, R>,
  action: string,
  facts: Facts<R, unknown>,
): Decision<S, R> {
  const step: AnyStep<S, R> | undefined = workflow.steps[action]
  if (!step) return refuse('malformed', 'action')
  const { record, actor } = facts
  if (!reaches(actor, workflow.head(record).reach)) return refuse('missing', workflow.name)
  const stands = standsBefore(workflow, step, record, actor)
  if (stands) return stands
  const broken = brokenOf(step.guard?.(facts))
  if (broken) return refuse('unmet', broken.rule, broken.detail)
  const after = step.apply ? step.apply(facts) : record
  const to = targetOf(step, after)
  return { ok: true, from: record.state, to, record: { ...after, state: to }, rules: facts.law.used() }
}

function targetOf<S extends string, R extends { state: S | null }>(step: AnyStep<S, R>, after: R): S {
  if (step.to === 'stay') {
    if (after.state === null) throw new Error('an opening must name the state it reaches')
    return after.state
  }
  if (typeof step.to === 'string') return step.to as S
  const chosen = step.settle?.(after)
  if (!chosen || !step.to.includes(chosen)) throw new Error(`a step settled on ${chosen}, outside its table`)
  return chosen
}

export interface OpenStep {
  action: string
  label: string
  clause: string | null
  /** The state waits for this step: it is what is to be done now, not merely what may be done. */
  main: boolean
}

/** The steps the actor may start now. Guards on the input are left to `decide`. */
export function openSteps<S extends string, R extends { state: S | null }>(
  workflow: Workflow<S, R>,
  record: R,
  actor: Actor,
): OpenStep[] {
  if (!reaches(actor, workflow.head(record).reach)) return []
  const waits: readonly string[] = record.state === null ? [] : (workflow.states[record.state].waits ?? [])
  return Object.entries<AnyStep<S, R>>(workflow.steps)
    .filter(([, step]) => standsBefore(workflow, step, record, actor) === null)
    .map(([action, { label, clause }]) => ({ action, label, clause: clause ?? null, main: waits.includes(action) }))
}

/** The wait keys of a record: for each step its state waits for, each capacity with each key that lets it act. */
export function waitsOf<S extends string, R extends { state: S | null }>(
  workflow: Workflow<S, R>,
  record: R,
  { reach }: Pick<CaseHead, 'reach'> = workflow.head(record),
): Key[] {
  if (record.state === null) return []
  const districts = reach.filter((key) => key.startsWith('d:'))
  const keys = (workflow.states[record.state].waits ?? []).flatMap((action) => {
    const step: AnyStep<S, R> = workflow.steps[action]!
    return step.by.flatMap((capacity) => (step.mine?.(record) ?? districts).map((key) => waitKey(capacity, key)))
  })
  return [...new Set(keys)]
}

export const isOpen = <S extends string, R extends { state: S | null }>(workflow: Workflow<S, R>, record: R): boolean =>
  record.state !== null && !workflow.states[record.state].final

/** For steps that only the officers assigned to the project may take. */
export const assignedTo = (record: { projectId: string }): Key[] => [assignedKey(record.projectId)]
