import { z } from 'zod'
import { Flag, page, Paging } from '../../base/index.ts'
import { type AnyRoute, Point } from '../../kit/index.ts'
import { actBody, ById, caseView, Instant } from '../../workflow/index.ts'
import { CommandRow } from '../alarm-contract.ts'
import { CallInput, Dispatch, dispatchWorkflow } from './dispatch.ts'

/** Where a truck was, as it told. */
const Placed = Point.extend({ at: Instant })

/** What a truck is called for: PM2.5 and PM10. */
export const dustMeasured = ['a34004', 'a34002'] as const

/** What a site's monitors said before and after: plain means of their momentary values, in the quantity's unit. */
export const DustEffect = z.object({
  deviceId: z.uuid(),
  deviceName: z.string(),
  quantity: z.string(),
  name: z.string(),
  unit: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
})
export type DustEffect = z.infer<typeof DustEffect>

export const DispatchView = caseView(Dispatch).extend({
  /** Near enough is within so many metres. */
  near: z.number(),
  /** The truck's positions from the call to the end, in order; at most as many as a page draws. */
  track: z.array(Placed.extend({ metres: z.number() })),
  /** The orders sent to the truck's terminal. */
  commands: z.array(CommandRow),
  /** Two stretches of as many minutes: before the arrival, and the last of the work or up to now. */
  compare: z.object({ minutes: z.number(), before: Instant.nullable(), after: Instant.nullable() }),
  effects: z.array(DustEffect),
})
export type DispatchView = z.infer<typeof DispatchView>

/** A truck that may be called: how it stands, and how far it was when it last told. */
export const Truck = z.object({
  id: z.uuid(),
  name: z.string(),
  mn: z.string(),
  connected: z.boolean(),
  freshness: z.enum(['live', 'stale', 'never']),
  /** Metres to the site, and when that was; null when it has told no place within the last hours. */
  away: z.object({ metres: z.number(), at: Instant }).nullable(),
  /** The call that it is out on. */
  busy: z.uuid().nullable(),
})
export type Truck = z.infer<typeof Truck>

export const dispatchContract = {
  list: {
    method: 'GET',
    path: '/dispatches',
    permission: 'telemetry.read',
    title: '洒水车调度单，新的在前',
    query: Paging.extend({ open: Flag.optional(), projectId: z.uuid().optional(), alarmId: z.uuid().optional() }),
    reply: page(Dispatch),
  },
  get: {
    method: 'GET',
    path: '/dispatches/:id',
    permission: 'telemetry.read',
    title: '洒水车调度单：指令、轨迹、到场、作业前后颗粒物',
    params: ById,
    reply: DispatchView,
  },
  trucks: {
    method: 'GET',
    path: '/projects/:id/trucks',
    permission: 'telemetry.read',
    title: '可以调派到项目的洒水车：在线、距离、是否已派出',
    params: ById,
    reply: z.object({ projectName: z.string(), rows: z.array(Truck), withinMinutes: z.number() }),
  },
  call: {
    method: 'POST',
    path: '/dispatches',
    permission: 'device.act',
    title: '调派洒水车到项目',
    body: z.object({ requestId: z.uuid(), input: CallInput }),
    reply: DispatchView,
  },
  act: {
    method: 'POST',
    path: '/dispatches/:id/acts',
    permission: 'device.act',
    title: '办理：作业完成、取消调派',
    params: ById,
    body: actBody(dispatchWorkflow, ['finish', 'cancel']),
    reply: DispatchView,
  },
} satisfies Record<string, AnyRoute>
