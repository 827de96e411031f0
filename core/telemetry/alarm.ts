import { z } from 'zod'
import type { Capacity } from '../access/index.ts'
import { deviceReach } from '../device/index.ts'
import { defineWorkflow, Instant, stepOf } from '../workflow/index.ts'
import { getCause } from './causes.ts'

export const AlarmState = z.enum(['raised', 'acknowledged', 'cleared'])
export type AlarmState = z.infer<typeof AlarmState>

export const Alarm = z.object({
  id: z.uuid(),
  state: AlarmState.nullable(),
  deviceId: z.uuid(),
  deviceName: z.string(),
  projectId: z.uuid(),
  projectName: z.string(),
  district: z.string(),
  parties: z.array(z.uuid()),
  cause: z.enum(['pm25_spray']),
  quantity: z.string(),
  quantityName: z.string(),
  unit: z.string(),
  /** The limit that stood, and its clause. */
  limitValue: z.number(),
  clause: z.string(),
  value: z.number(),
  /** The data time of the value that raised it. */
  raisedAt: Instant,
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  clearedAt: Instant.nullable(),
  clearedBecause: z.enum(['below', 'longest_run']).nullable(),
})
export type Alarm = z.infer<typeof Alarm>

export const clearings: Record<'below' | 'longest_run', string> = {
  below: '均值已回落',
  longest_run: '喷淋达到最长运行时间',
}

const step = stepOf<AlarmState, Alarm>()
const whoSee = ['inspector', 'chief', 'project_manager'] as const satisfies readonly Capacity[]

/** 监测报警: raised and cleared by the watch over the readings, acknowledged by a person. */
export const alarmWorkflow = defineWorkflow<AlarmState, Alarm>()({
  name: 'alarm',
  title: '监测报警',
  states: {
    raised: { label: '报警中', waits: ['acknowledge'] },
    acknowledged: { label: '已确认' },
    cleared: { label: '已解除', final: true },
  },
  steps: {
    raise: step({
      label: '触发报警',
      clause: 'xiuzhou.spray',
      from: [null],
      to: 'raised',
      by: ['system'],
      input: z.object({ deviceId: z.uuid(), quantity: z.string(), value: z.number(), at: Instant }),
      // Strictly above: 75.0 does not, 75.1 does.
      guard: ({ record, input, law }) =>
        input.value > Number(getCause(record.cause).limit(law).value) ? null : 'alarm_not_above',
    }),
    acknowledge: step({
      label: '确认报警',
      clause: 'house.telemetry',
      from: ['raised'],
      to: 'acknowledged',
      by: whoSee,
      mine: deviceReach,
      input: z.object({ note: z.string().trim().max(200).default('') }),
      apply: ({ record, actor, now }) => ({ ...record, acknowledgedAt: now, acknowledgedBy: actor.name }),
    }),
    clear: step({
      label: '解除报警',
      clause: 'house.spray',
      from: ['raised', 'acknowledged'],
      to: 'cleared',
      by: ['system'],
      input: z.object({ at: Instant, because: z.enum(['below', 'longest_run']) }),
      apply: ({ record, input }) => ({ ...record, clearedAt: input.at, clearedBecause: input.because }),
    }),
  },
  head: (alarm) => ({
    number: null,
    title: `${alarm.deviceName} ${alarm.quantityName} ${alarm.value} ${alarm.unit}`,
    projectId: alarm.projectId,
    subjects: [alarm.projectId, alarm.deviceId],
    parties: alarm.parties,
    reach: deviceReach(alarm),
    due: null,
    tier: 'calm',
    timers: [],
    words: [alarm.deviceName, alarm.projectName],
  }),
})
