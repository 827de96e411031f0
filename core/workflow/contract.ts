import { z } from 'zod'
import { Instant, Tier, type Workflow } from './workflow.ts'

/** The row every statutory procedure has, whichever room it belongs to. */
export const CaseRow = z.object({
  id: z.uuid(),
  room: z.string(),
  number: z.string().nullable(),
  title: z.string(),
  state: z.string(),
  stateLabel: z.string(),
  open: z.boolean(),
  projectId: z.uuid().nullable(),
  projectName: z.string().nullable(),
  since: Instant,
  due: Instant.nullable(),
  tier: Tier,
})
export type CaseRow = z.infer<typeof CaseRow>

/** One line of a case's history. */
export const ActLine = z.object({
  id: z.number(),
  topic: z.string(),
  label: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  actorName: z.string(),
  capacity: z.string(),
  capacityLabel: z.string(),
  note: z.string().nullable(),
  doneAt: Instant,
})
export type ActLine = z.infer<typeof ActLine>

export const OpenStepView = z.object({
  action: z.string(),
  label: z.string(),
  clause: z.string().nullable(),
  /** The state waits for this step. */
  main: z.boolean(),
})

/** What a case page gets: the record, the steps its reader may take now, and the history. */
export const caseView = <R extends z.ZodType>(record: R) =>
  z.object({ head: CaseRow, record, steps: z.array(OpenStepView), acts: z.array(ActLine) })

export const ById = z.object({ id: z.uuid() })

type Inputs = Record<string, { input: z.ZodType }>

type Bodies<Steps extends Inputs, A extends keyof Steps & string> = {
  [K in A]: { requestId: string; action: K; input: z.input<Steps[K]['input']> }
}[A]

/**
 * The body of a room's act route: one shape per step.
 * requestId is made on the device that acts: a replay from a lost connection changes nothing.
 */
export function actBody<Steps extends Inputs, A extends keyof Steps & string = keyof Steps & string>(
  workflow: { steps: Steps },
  actions: readonly A[] = Object.keys(workflow.steps) as A[],
) {
  const shapes = actions.map((action) =>
    z.object({ requestId: z.uuid(), action: z.literal(action), input: workflow.steps[action]!.input }),
  )
  return z.discriminatedUnion('action', shapes as never) as unknown as z.ZodType<ActAsk, Bodies<Steps, A>>
}

/** An act as the server takes it. The step's own schema has parsed the input. */
export interface ActAsk {
  requestId: string
  action: string
  input: unknown
}

export type AnyWorkflow = Workflow<string, { id: string; state: string | null }>
