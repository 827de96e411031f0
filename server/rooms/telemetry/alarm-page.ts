import { systemActor } from '@plumbline/core/access'
import { addDays, startOf } from '@plumbline/core/kit'
import {
  type Alarm,
  type AlarmCounts,
  type AlarmFilter,
  type AlarmState,
  alarmWorkflow,
  getCause,
  shelfBarrier,
} from '@plumbline/core/telemetry'
import type { ActAsk } from '@plumbline/core/workflow'
import { act, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import { type Db, inTx } from '../../base/db.ts'
import { countFromAlarms } from '../inspection/index.ts'
import { alarmRoom, getAlarm } from './alarms.ts'
import { aroundOf } from './around.ts'
import { cursorOf, sayCursor } from './cursor.ts'
import { listCommands } from './commands.ts'
import { findWithheld } from './linkage/index.ts'
import { namesOf } from './service.ts'
import * as store from './store.ts'
import { sayRecipients } from './telling.ts'
import * as told from './told.ts'

const startAt = (day: string) => startOf(day).toISOString()

export async function listAlarms(ctx: Ctx, ask: AlarmFilter & { after?: string | undefined; limit: number }) {
  const { open, useful, since, after, limit, ...same } = ask
  const wanted = {
    ...same,
    open: open === undefined ? undefined : open === 'true',
    useful: useful === undefined ? undefined : useful === 'true',
    since: since === undefined ? undefined : startAt(since),
    after: cursorOf(after),
    limit: limit + 1,
  }
  const found = await read(ctx, (tx) => store.listAlarms(tx, wanted))
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last ? sayCursor({ at: last.raisedAt, id: last.id }) : null }
}

/** How many days back alarms and inspections are counted. */
const countedDays = 30

/** Alarms that the reader reaches, counted; each number with the filter that opens its rows. */
export function alarmCounts(ctx: Ctx): Promise<AlarmCounts> {
  const since = addDays(ctx.today, 1 - countedDays)
  return read(ctx, async (tx) => {
    const { warn, alarm, shelved } = await store.countLevels(tx)
    const causes = await store.countCauses(tx, startAt(since))
    const filtered = (count: number, filter: AlarmFilter) => ({ count, filter })
    return {
      since,
      open: {
        warn: filtered(warn, { open: 'true', level: 'warn' }),
        alarm: filtered(alarm, { open: 'true', level: 'alarm' }),
        shelved: filtered(shelved, { state: 'shelved' }),
      },
      causes: causes.map(({ cause, all, useful, false: wrong }) => ({
        cause,
        title: getCause(cause).title,
        all: filtered(all, { cause, since }),
        useful: filtered(useful, { cause, since, useful: 'true' }),
        false: filtered(wrong, { cause, since, useful: 'false' }),
      })),
      inspections: await countFromAlarms(tx, startAt(since)),
    }
  })
}

/** An alarm as its page takes it. Refuses missing `alarm`. */
export async function viewAlarm(ctx: Ctx, id: string) {
  const view = await read(ctx, async (tx) => ({
    head: await getHead(ctx, tx, id, 'alarm'),
    ...withBarriers(withSteps(ctx, alarmRoom, await getAlarm(tx, id))),
    acts: await history(ctx, tx, id),
    shelveMost: ctx.law().number('alarm.shelve_most'),
  }))
  // Who reaches an alarm sees what was around it, what was done and who was told, also the officer on duty from elsewhere.
  const more = await inTx(ctx.db, systemActor.keys, async (tx) => ({
    commands: await listCommands(tx, { alarmId: id }, namesOf(tx)),
    withheld: (await findWithheld(tx, id)) ?? null,
    messages: await messagesOf(tx, view.record),
    beside: await told.findBeside(tx, id),
  }))
  const { commands } = more
  const around = await inTx(ctx.db, systemActor.keys, (tx) => aroundOf(tx, view.record, commands))
  return { ...view, ...more, around: { ...around, marks: [...actMarks(view.acts), ...around.marks] } }
}

const withBarriers = ({ record, steps }: ReturnType<typeof withSteps<AlarmState, Alarm>>) => ({
  record,
  steps: steps.map((step) => ({ ...step, barrier: step.action === 'shelve' ? shelfBarrier(record) : null })),
})

const actMarks = (acts: Awaited<ReturnType<typeof history>>) =>
  acts.map(({ doneAt, label, topic }) => ({
    at: doneAt,
    kind: 'act' as const,
    text: alarmWorkflow.steps[topic.split('.')[1] as keyof typeof alarmWorkflow.steps]?.label ?? label,
  }))

/** A message belongs to its recipient; that, and when it was read, belongs to the alarm. */
async function messagesOf(tx: Db, alarm: Alarm) {
  const found = await told.findMessages(tx, alarm.id)
  const names = await sayRecipients(
    tx,
    alarm,
    found.map(({ recipient }) => recipient),
  )
  return found.map(({ recipient, ...same }) => ({ ...same, who: names.get(recipient)! }))
}

export async function changeAlarm(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, alarmRoom, id, ask)
  return viewAlarm(ctx, id)
}
