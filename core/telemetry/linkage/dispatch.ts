import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys, type Key, partyKeys } from '../../access/index.ts'
import { Point } from '../../kit/index.ts'
import { defineWorkflow, type Facts, Instant, stepOf } from '../../workflow/index.ts'

export const DispatchState = z.enum(['called', 'working', 'done', 'cancelled', 'lapsed'])
export type DispatchState = z.infer<typeof DispatchState>

const By = z.object({ personId: z.uuid().nullable(), name: z.string(), at: Instant })

/** 洒水车调度单 (ENV-06): a water truck is called to a site; that it came is proved by its own positions. */
export const Dispatch = z.object({
  id: z.uuid(),
  state: DispatchState.nullable(),
  projectId: z.uuid(),
  projectName: z.string(),
  district: z.string(),
  /** Units of the site that see it. */
  parties: z.array(z.uuid()),
  /** Where the truck has to come to: the site's place on the map. */
  place: Point,
  truckId: z.uuid(),
  truckName: z.string(),
  plate: z.string(),
  /** Who runs the truck, in words: a municipal crew, a company. */
  unit: z.string(),
  /** The dust alarm because of which it was called; null when by hand. */
  alarmId: z.uuid().nullable(),
  reason: z.string(),
  called: By,
  /** Not there by then, the call has come to nothing. */
  dueAt: Instant,
  /** The first position near enough, told by the truck. */
  arrival: z.object({ at: Instant, metres: z.number() }).nullable(),
  ended: By.extend({ note: z.string() }).nullable(),
})
export type Dispatch = z.infer<typeof Dispatch>

/** A plate of a civil vehicle (GA 36-2018): region, letter, five or, with new energy, six characters. */
export const Plate = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[\u4e00-\u9fa5][A-Z][A-Z0-9]{5,6}$/, '车牌号格式不对')

export const CallInput = z.object({
  projectId: z.uuid(),
  truckId: z.uuid(),
  plate: Plate,
  unit: z.string().trim().min(2).max(60),
  alarmId: z.uuid().nullable().default(null),
  reason: z.string().trim().min(2).max(200),
})
export type CallInput = z.infer<typeof CallInput>

const step = stepOf<DispatchState, Dispatch>()
const callers = ['inspector', 'chief', 'project_manager', 'safety_officer'] as const satisfies readonly Capacity[]

const reachOf = ({ district, projectId, parties }: Dispatch): Key[] => [
  ...districtKeys(district),
  assignedKey(projectId),
  ...parties.flatMap((org) => partyKeys(projectId, org)),
]

const mark = ({ actor, now }: Facts<Dispatch, unknown>) => ({ personId: actor.personId, name: actor.name, at: now })
const ending = (facts: Facts<Dispatch, { note: string }>): Dispatch => ({
  ...facts.record,
  ended: { ...mark(facts), note: facts.input.note },
})

/** 洒水车调度单. Nobody says that the truck has arrived: its positions do, and the clock says when it did not. */
export const dispatchWorkflow = defineWorkflow<DispatchState, Dispatch>()({
  name: 'dispatch',
  title: '洒水车调度单',
  states: {
    called: { label: '已派车，待到场' },
    working: { label: '已到场作业', waits: ['finish'] },
    done: { label: '作业完成', final: true },
    cancelled: { label: '已取消', final: true },
    lapsed: { label: '超时未到场', final: true },
  },
  steps: {
    call: step({
      label: '调派洒水车',
      clause: 'house.dispatch',
      from: [null],
      to: 'called',
      by: callers,
      mine: reachOf,
      input: CallInput,
      apply: (facts) => {
        const { record, now, law } = facts
        const dueAt = new Date(Date.parse(now) + law.number('dispatch.within') * 60_000).toISOString()
        return { ...record, called: mark(facts), dueAt }
      },
    }),
    arrive: step({
      label: '定位到场',
      clause: 'house.dispatch',
      from: ['called'],
      to: 'working',
      by: ['system'],
      input: z.object({ at: Instant, metres: z.number().min(0) }),
      guard: ({ input, law }) => (input.metres > law.number('dispatch.near') ? 'dispatch_not_near' : null),
      apply: ({ record, input }) => ({ ...record, arrival: input }),
    }),
    finish: step({
      label: '作业完成',
      clause: 'house.dispatch',
      from: ['working'],
      to: 'done',
      by: callers,
      mine: reachOf,
      input: z.object({ note: z.string().trim().max(200).default('') }),
      apply: ending,
    }),
    cancel: step({
      label: '取消调派',
      clause: 'house.dispatch',
      from: ['called', 'working'],
      to: 'cancelled',
      by: callers,
      mine: reachOf,
      input: z.object({ note: z.string().trim().min(2).max(200) }),
      apply: ending,
    }),
    lapse: step({
      label: '超时未到场',
      clause: 'house.dispatch',
      from: ['called'],
      to: 'lapsed',
      by: ['system'],
      input: z.object({}),
      apply: (facts) => ({ ...facts.record, ended: { ...mark(facts), note: '' } }),
    }),
  },
  head: (dispatch) => ({
    number: null,
    title: `${dispatch.plate} 洒水降尘`,
    projectId: dispatch.projectId,
    subjects: [dispatch.projectId],
    parties: dispatch.parties,
    reach: reachOf(dispatch),
    due: dispatch.state === 'called' ? dispatch.dueAt : null,
    tier: dispatch.state === 'lapsed' ? 'yellow' : 'calm',
    timers: dispatch.state === 'called' ? [{ action: 'lapse', at: dispatch.dueAt }] : [],
    words: [dispatch.plate, dispatch.truckName, dispatch.unit, dispatch.projectName],
  }),
})
