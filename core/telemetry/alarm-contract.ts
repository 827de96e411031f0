import { z } from 'zod'
import { page, Paging } from '../base/index.ts'
import { DeviceKind, Interlock } from '../device/index.ts'
import { type AnyRoute, DayString } from '../kit/index.ts'
import { actBody, ById, caseView, Instant, OpenStepView } from '../workflow/index.ts'
import { Alarm, AlarmState, alarmWorkflow, Level } from './alarm.ts'
import { CauseCode } from './causes.ts'
import { Command } from './command.ts'
import { Roster, rosterWorkflow } from './duty/index.ts'

export const CommandRow = Command.extend({ deviceName: z.string() })
export type CommandRow = z.infer<typeof CommandRow>

const Withheld = z.object({
  deviceId: z.uuid(),
  deviceName: z.string(),
  because: z.enum(['manual', 'interlocked']),
  interlock: Interlock.nullable(),
})

/** To whom an alarm was told, and when he read it. */
const AlarmMessage = z.object({
  id: z.uuid(),
  /** The post and the name: 监督员 林远舟. */
  who: z.string(),
  title: z.string(),
  createdAt: Instant,
  readAt: Instant.nullable(),
  escalated: z.boolean(),
})

/** One quantity on the common time axis. */
export const AroundLine = z.object({
  deviceId: z.uuid(),
  deviceName: z.string(),
  quantity: z.string(),
  name: z.string(),
  unit: z.string(),
  points: z.array(z.object({ at: Instant, value: z.number(), flag: z.string().nullable() })),
})
export type AroundLine = z.infer<typeof AroundLine>

const Mark = z.object({ at: Instant, kind: z.enum(['act', 'command', 'event']), text: z.string() })

export const Around = z.object({
  from: Instant,
  until: Instant,
  /** The alarm's own quantity first. */
  lines: z.array(AroundLine),
  marks: z.array(Mark),
})
export type Around = z.infer<typeof Around>

const filters = {
  open: z.enum(['true', 'false']).optional(),
  state: AlarmState.optional(),
  level: Level.optional(),
  cause: CauseCode.optional(),
  kind: DeviceKind.optional(),
  /** Judged useful, or a false alarm. */
  useful: z.enum(['true', 'false']).optional(),
  /** Raised on this day or later. */
  since: DayString.optional(),
  projectId: z.uuid().optional(),
  deviceId: z.uuid().optional(),
}
export const AlarmFilter = z.object(filters)
export type AlarmFilter = z.infer<typeof AlarmFilter>

/** A number with the filter that opens its rows. */
const Counted = z.object({ count: z.number(), filter: AlarmFilter })

export const AlarmCounts = z.object({
  /** Of the last days, see `since`; what stands open is counted whenever it was raised. */
  since: DayString,
  open: z.object({ warn: Counted, alarm: Counted, shelved: Counted }),
  causes: z.array(z.object({ cause: CauseCode, title: z.string(), all: Counted, useful: Counted, false: Counted })),
  /** Inspections begun since then, and those of them that rest on an alarm (STAT-08). */
  inspections: z.object({ all: z.number(), fromAlarms: z.number() }),
})
export type AlarmCounts = z.infer<typeof AlarmCounts>

const RosterView = z.object({
  record: Roster.nullable(),
  /** Who may set it now. */
  steps: z.array(OpenStepView),
  /** Who is told now; null in office hours, and where nobody is set. */
  tonight: z.string().nullable(),
  hours: z.object({ begins: z.number(), ends: z.number() }),
  officers: z.array(z.object({ personId: z.uuid(), name: z.string() })),
})
export type RosterView = z.infer<typeof RosterView>

/** Routes of 监测报警; spread into the room's contract. */
export const alarmRoutes = {
  alarms: {
    method: 'GET',
    path: '/alarms',
    permission: 'telemetry.read',
    title: '监测报警，新的在前',
    query: Paging.extend(filters),
    reply: page(Alarm),
  },
  alarmCounts: {
    method: 'GET',
    path: '/alarms/counts',
    permission: 'telemetry.read',
    title: '监测报警计数：等级、原因、评价，以及由报警引起的检查',
    reply: AlarmCounts,
  },
  alarm: {
    method: 'GET',
    path: '/alarms/:id',
    permission: 'telemetry.read',
    title: '监测报警：前后数值、指令、告知、经过',
    params: ById,
    reply: caseView(Alarm).extend({
      /** `barrier`: the rule that forbids a step as things stand. */
      steps: z.array(OpenStepView.extend({ barrier: z.string().nullable() })),
      around: Around,
      commands: z.array(CommandRow),
      /** The linked actuator that this alarm was not allowed to start, and why. */
      withheld: Withheld.nullable(),
      messages: z.array(AlarmMessage),
      /** Alarms that were told in the same message. */
      beside: z.array(z.object({ id: z.uuid(), deviceName: z.string(), projectName: z.string() })),
      /** How long an alarm may be shelved, in hours. */
      shelveMost: z.number(),
    }),
  },
  act: {
    method: 'POST',
    path: '/alarms/:id/acts',
    permission: 'device.act',
    title: '办理报警：确认、搁置、结束搁置、评价',
    params: ById,
    body: actBody(alarmWorkflow, ['acknowledge', 'shelve', 'unshelve', 'judge']),
    reply: caseView(Alarm),
  },
  roster: {
    method: 'GET',
    path: '/alarm-roster',
    permission: 'telemetry.read',
    title: '夜间值班表',
    reply: RosterView,
  },
  setRoster: {
    method: 'POST',
    path: '/alarm-roster',
    permission: 'project.assign',
    title: '编排夜间值班表',
    body: z.object({ requestId: z.uuid(), input: rosterWorkflow.steps.set.input }),
    reply: RosterView,
  },
} satisfies Record<string, AnyRoute>
