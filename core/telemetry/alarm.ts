import { z } from 'zod'
import { type Capacity, type Key, personKey } from '../access/index.ts'
import { DeviceKind, deviceReach, noSettings } from '../device/index.ts'
import type { Law } from '../law/index.ts'
import { defineWorkflow, Instant, stepOf, type Tier } from '../workflow/index.ts'
import { CauseCode, getCause } from './causes.ts'
import { sayLimit } from './limits.ts'
import { type AlarmLevel, isBeyond } from './watch.ts'

export const AlarmState = z.enum(['raised', 'acknowledged', 'shelved', 'cleared'])
export type AlarmState = z.infer<typeof AlarmState>

export const Level = z.enum(['warn', 'alarm'])
/** 预警 yellow, 报警 red. */
export const levelNames: Record<AlarmLevel, string> = { warn: '预警', alarm: '报警' }
export const levelTiers: Record<AlarmLevel, Tier> = { warn: 'yellow', alarm: 'red' }

export const Clearing = z.enum(['below', 'longest_run', 'spoke', 'merged', 'no_limit', 'retired'])
export type Clearing = z.infer<typeof Clearing>
export const clearings: Record<Clearing, string> = {
  below: '数值已回落',
  longest_run: '喷淋达到最长运行时间',
  spoke: '数据已恢复',
  merged: '并入整台设备的中断',
  no_limit: '限值不再适用',
  retired: '设备已停用',
}

/** A measure that rests on an alarm: the inspection or the order that an officer opened because of it. */
export const AlarmMeasure = z.object({ room: z.enum(['inspection', 'rectification']), caseId: z.uuid(), at: Instant })
export type AlarmMeasure = z.infer<typeof AlarmMeasure>

/** The limit that stands, in the words of its text. */
export const AlarmLimit = z.object({
  value: z.number(),
  unit: z.string(),
  /** A key of core/law/clauses.ts, or the design document in its own words. */
  clause: z.string(),
  strict: z.boolean(),
  side: z.enum(['above', 'below', 'either']),
  centre: z.number(),
})
export type AlarmLimit = z.infer<typeof AlarmLimit>

const Shelf = z.object({ until: Instant, reason: z.string(), by: z.string() })
const Usefulness = z.object({ useful: z.boolean(), reason: z.string(), by: z.string(), at: Instant })

export const Alarm = z.object({
  id: z.uuid(),
  state: AlarmState.nullable(),
  level: Level,
  deviceId: z.uuid(),
  deviceName: z.string(),
  deviceKind: DeviceKind,
  projectId: z.uuid(),
  projectName: z.string(),
  district: z.string(),
  parties: z.array(z.uuid()),
  cause: CauseCode,
  /** With its measuring point; '*' where it concerns the whole device. */
  quantity: z.string(),
  quantityName: z.string(),
  unit: z.string(),
  limit: AlarmLimit,
  /** What was compared with the limit when it was raised, or last rose. */
  value: z.number(),
  /** The data time of the value that raised it. */
  raisedAt: Instant,
  /** Officers who were told although they are not assigned: the one on duty at night. They reach the alarm. */
  duty: z.array(z.uuid()),
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  /** Who handles it. */
  handlerId: z.uuid().nullable(),
  shelf: Shelf.nullable(),
  usefulness: Usefulness.nullable(),
  measures: z.array(AlarmMeasure),
  clearedAt: Instant.nullable(),
  clearedBecause: Clearing.nullable(),
})
export type Alarm = z.infer<typeof Alarm>

/** 力矩百分比 103 %; what has no unit happens or does not: 入侵 Z1. */
export const sayValue = ({ quantityName, value, unit }: Pick<Alarm, 'quantityName' | 'value' | 'unit'>): string =>
  unit === '' ? quantityName : `${quantityName} ${value} ${unit}`
export const sayAlarmLimit = ({ limit }: Pick<Alarm, 'limit'>): string => sayLimit(limit, limit)

const step = stepOf<AlarmState, Alarm>()
const whoSee = ['inspector', 'chief', 'project_manager'] as const satisfies readonly Capacity[]
const officers = ['inspector', 'chief'] as const satisfies readonly Capacity[]
const standing = ['raised', 'acknowledged', 'shelved'] as const satisfies readonly AlarmState[]
const reason = z.string().trim().min(2).max(200)

const reachOf = (alarm: Alarm): Key[] => [...deviceReach(alarm), ...alarm.duty.map(personKey)]
/** Who acknowledged it handles it; until then everybody it concerns. */
const handler = (alarm: Alarm): Key[] => (alarm.handlerId ? [personKey(alarm.handlerId)] : reachOf(alarm))

/** What forbids the shelf as things stand: red is never put aside. */
export const shelfBarrier = ({ level }: Pick<Alarm, 'level'>): string | null =>
  level === 'alarm' ? 'alarm_red_not_shelved' : null

/** The record against its own limit: what a value that raises must do. */
const isOver = ({ limit }: Alarm, value: number) => isBeyond({ limit: limit.value, strict: limit.strict }, value, limit)

/** Reads the rules of law on which the alarm rests, so that its act keeps them, also where the papers set the limit. */
const readRules = ({ cause, deviceKind, quantity, raisedAt }: Alarm, law: Law) =>
  getCause(cause).limits({
    law,
    device: { kind: deviceKind, settings: noSettings },
    quantity,
    at: Date.parse(raisedAt),
  })

const rise = z.object({ value: z.number(), at: Instant, limit: AlarmLimit })

/** 监测报警: raised and cleared by the watch over the readings; acknowledged, shelved and judged by people. */
export const alarmWorkflow = defineWorkflow<AlarmState, Alarm>()({
  name: 'alarm',
  title: '监测报警',
  states: {
    raised: { label: '报警中', waits: ['acknowledge'] },
    acknowledged: { label: '已确认' },
    shelved: { label: '已搁置' },
    cleared: { label: '已解除', final: true },
  },
  steps: {
    raise: step({
      label: '触发报警',
      clause: 'house.alarm',
      from: [null],
      // What comes back while its cause is shelved stays on the shelf, unless it is red.
      to: ['raised', 'shelved'],
      settle: ({ shelf, level }) => (shelf && level === 'warn' ? 'shelved' : 'raised'),
      by: ['system'],
      input: z.object({ deviceId: z.uuid(), quantity: z.string(), value: z.number(), at: Instant }),
      guard: ({ record, input, law }) => {
        readRules(record, law)
        return isOver(record, input.value) ? null : 'alarm_not_above'
      },
      apply: ({ record }) => ({ ...record, shelf: record.level === 'warn' ? record.shelf : null }),
    }),
    upgrade: step({
      label: '升级为报警',
      clause: 'house.alarm',
      from: standing,
      to: 'raised',
      by: ['system'],
      input: rise,
      guard: ({ record, law }) => {
        readRules(record, law)
        return null
      },
      apply: ({ record, input: { value, limit } }) => ({
        ...record,
        ...{ level: 'alarm' as const, value, limit, shelf: null },
        ...{ acknowledgedAt: null, acknowledgedBy: null, handlerId: null },
      }),
    }),
    downgrade: step({
      label: '降为预警',
      clause: 'house.alarm',
      from: standing,
      to: 'stay',
      by: ['system'],
      input: rise,
      apply: ({ record, input: { limit } }) => ({ ...record, level: 'warn', limit }),
    }),
    acknowledge: step({
      label: '确认报警',
      clause: 'house.telemetry',
      from: ['raised'],
      to: 'acknowledged',
      by: whoSee,
      mine: reachOf,
      input: z.object({ note: z.string().trim().max(200).default('') }),
      apply: ({ record, actor, now }) => ({
        ...record,
        acknowledgedAt: now,
        acknowledgedBy: actor.name,
        handlerId: actor.personId,
      }),
    }),
    shelve: step({
      label: '搁置',
      clause: 'house.alarm',
      from: ['raised', 'acknowledged'],
      to: 'shelved',
      by: officers,
      mine: reachOf,
      input: z.object({ hours: z.number().int().min(1).max(720), reason }),
      guard: ({ record, input, law }) => {
        const barrier = shelfBarrier(record)
        if (barrier) return barrier
        const most = law.number('alarm.shelve_most')
        return input.hours > most ? { rule: 'alarm_shelved_too_long', detail: { most } } : null
      },
      apply: ({ record, input, actor, now }) => ({
        ...record,
        handlerId: record.handlerId ?? actor.personId,
        shelf: {
          until: new Date(Date.parse(now) + input.hours * 3_600_000).toISOString(),
          reason: input.reason,
          by: actor.name,
        },
      }),
    }),
    unshelve: step({
      label: '结束搁置',
      clause: 'house.alarm',
      from: ['shelved'],
      to: 'raised',
      by: [...officers, 'system'],
      mine: reachOf,
      input: z.object({}),
      apply: ({ record }) => ({ ...record, shelf: null }),
    }),
    judge: step({
      label: '评价报警',
      clause: 'house.alarm',
      from: ['acknowledged', 'shelved', 'cleared'],
      to: 'stay',
      by: whoSee,
      mine: handler,
      input: z.object({ useful: z.boolean(), reason: z.string().trim().max(200).default('') }),
      guard: ({ input }) => (input.useful || input.reason.length >= 2 ? null : 'alarm_false_reason'),
      apply: ({ record, input, actor, now }) => ({ ...record, usefulness: { ...input, by: actor.name, at: now } }),
    }),
    measure: step({
      label: '据此采取措施',
      clause: 'house.alarm',
      from: [...standing, 'cleared'],
      to: 'stay',
      by: ['system'],
      input: AlarmMeasure.omit({ at: true }),
      guard: ({ record, input }) =>
        record.measures.some(({ caseId }) => caseId === input.caseId) ? 'alarm_measure_known' : null,
      apply: ({ record, input, now }) => ({ ...record, measures: [...record.measures, { ...input, at: now }] }),
    }),
    clear: step({
      label: '解除报警',
      clause: 'house.alarm',
      from: standing,
      to: 'cleared',
      by: ['system'],
      input: z.object({ at: Instant, because: Clearing }),
      // The shelf stays on the record: what comes back before its end finds it there.
      apply: ({ record, input }) => ({ ...record, clearedAt: input.at, clearedBecause: input.because }),
    }),
  },
  head: (alarm) => ({
    number: null,
    title: `${alarm.deviceName} ${sayValue(alarm)}`,
    projectId: alarm.projectId,
    subjects: [alarm.projectId, alarm.deviceId],
    parties: alarm.parties,
    reach: reachOf(alarm),
    due: null,
    tier: alarm.state === 'cleared' ? 'calm' : levelTiers[alarm.level],
    timers: alarm.state === 'shelved' && alarm.shelf ? [{ action: 'unshelve', at: alarm.shelf.until }] : [],
    words: [alarm.deviceName, alarm.projectName],
  }),
})
