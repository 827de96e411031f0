import { assignedKey, districtKey, orgKey, personKey } from '@plumbline/core/access'
import { sayInstant } from '@plumbline/core/kit'
import { type Alarm, type AlarmState, alarmWorkflow, findQuantity, getCause } from '@plumbline/core/telemetry'
import { act, open, sameId } from '../../base/act.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { notify, takeUnread } from '../../base/notify.ts'
import { asCaseRoom, type CaseRoom } from '../../base/room.ts'
import { devicesOfProject, findDevice } from '../device/index.ts'
import { getProject } from '../project/index.ts'
import { orderCommand } from './commands.ts'
import * as store from './store.ts'
import type { Happened } from './watching.ts'

const minute = 60_000
const later = (at: string, millis: number) => new Date(Date.parse(at) + millis).toISOString()

export const alarmRoom: CaseRoom<AlarmState, Alarm> = {
  workflow: alarmWorkflow,
  load: store.load,
  save: store.save,
}
export const alarmCases = asCaseRoom(alarmRoom)

type Detail = NonNullable<Happened['detail']>

/** The same device, cause and moment are the same alarm, however often it is told. */
const alarmIdOf = (deviceId: string, { cause, raisedAt }: Detail) => sameId('alarm', deviceId, cause, raisedAt)

/** `happenedAt`: when the reading was stored that brought it about; orders to the sprayer live from then. */
export async function raiseAlarm(ctx: Ctx, deviceId: string, detail: Detail, happenedAt: string): Promise<void> {
  const id = alarmIdOf(deviceId, detail)
  const input = { deviceId, quantity: detail.quantity, value: detail.value, at: detail.at }
  const ask = { requestId: sameId('alarm.raise', id), action: 'raise', input }
  const raising: CaseRoom<AlarmState, Alarm> = {
    ...alarmRoom,
    effects: {
      raise: async (tx, now, { after }) => {
        await switchSprayer(tx, now, after, { on: true, orderedAt: happenedAt })
        await tellRaised(tx, now, after)
      },
    },
  }
  await open(ctx, raising, ask, (tx) => proposeAlarm(tx, ctx, id, deviceId, detail))
}

async function proposeAlarm(tx: Db, ctx: Ctx, id: string, deviceId: string, detail: Detail): Promise<Alarm> {
  const device = await findDevice(tx, deviceId)
  if (!device) throw new Error(`no device ${deviceId}`)
  const cause = getCause(detail.cause)
  const limit = cause.limit(ctx.law())
  const quantity = findQuantity(detail.quantity)!
  return {
    id,
    state: null,
    deviceId,
    deviceName: device.name,
    projectId: device.projectId,
    projectName: device.projectName,
    district: device.district,
    parties: device.parties,
    cause: cause.code,
    quantity: quantity.code,
    quantityName: quantity.name,
    unit: quantity.unit,
    limitValue: Number(limit.value),
    clause: limit.clause,
    value: detail.value!,
    raisedAt: detail.raisedAt,
    acknowledgedAt: null,
    acknowledgedBy: null,
    clearedAt: null,
    clearedBecause: null,
  }
}

export async function clearAlarm(ctx: Ctx, deviceId: string, detail: Detail, happenedAt: string): Promise<void> {
  const id = alarmIdOf(deviceId, detail)
  const longest = ctx.law().number('dust.spray_run_max') * minute
  const because = Date.parse(detail.at) - Date.parse(detail.raisedAt) >= longest ? 'longest_run' : 'below'
  const input = { at: detail.at, because }
  const clearing: CaseRoom<AlarmState, Alarm> = {
    ...alarmRoom,
    effects: { clear: (tx, now, { after }) => switchSprayer(tx, now, after, { on: false, orderedAt: happenedAt }) },
  }
  await act(ctx, clearing, id, { requestId: sameId('alarm.clear', id), action: 'clear', input })
}

/**
 * Orders the linked sprayer on or off, unless another alarm keeps it running. The order is void when its time is over:
 * what is carried out late, after a restart, opens nothing.
 */
async function switchSprayer(
  tx: Db,
  ctx: Ctx,
  alarm: Alarm,
  { on, orderedAt }: { on: boolean; orderedAt: string },
): Promise<void> {
  const device = await findDevice(tx, alarm.deviceId)
  const sprayer = device?.linkedTo ? await findDevice(tx, device.linkedTo) : undefined
  if (!device || !sprayer || sprayer.state === 'retired') return
  const sharing = (await devicesOfProject(tx, device.projectId)).filter(({ linkedTo }) => linkedTo === sprayer.id)
  const monitors = sharing.map(({ id }) => id)
  if ((await store.othersOpening(tx, sprayer.id, monitors, alarm.id)) > 0) return
  const law = ctx.law()
  await orderCommand(tx, {
    id: sameId('command', alarm.id, on ? 'on' : 'off'),
    deviceId: sprayer.id,
    unit: device.linkedUnit ?? 1,
    on,
    alarmId: alarm.id,
    createdAt: ctx.now,
    expiresAt: later(orderedAt, law.number('actuator.command_ttl') * 1000),
    maxRunSeconds: law.number('dust.spray_run_max') * 60,
  })
}

/** Both the bureau and the project manager are told, once (三方预警: 属地住建部门和项目负责人). */
async function tellRaised(tx: Db, ctx: Ctx, alarm: Alarm): Promise<void> {
  const project = await getProject(tx, alarm.projectId)
  const managers = project.posts.filter(({ capacity }) => capacity === 'project_manager')
  const bureau = project.officers.length > 0 ? assignedKey(alarm.projectId) : countyKey(alarm)
  const escalateAt = later(ctx.now, ctx.law().number('alarm.unread') * minute)
  const recipients = [...new Set([bureau, ...managers.map(({ personId }) => personKey(personId))])]
  await notify(
    tx,
    ctx,
    recipients.map((recipient) => ({
      recipient,
      caseId: alarm.id,
      kind: 'alarm',
      level: 'raised',
      title: `${alarm.projectName}：${getCause(alarm.cause).title}`,
      body: sayAlarm(alarm),
      escalateAt,
    })),
  )
}

const sayAlarm = (alarm: Alarm) =>
  `${sayInstant(new Date(alarm.raisedAt))} ${alarm.deviceName} ${alarm.quantityName} ${alarm.value} ${alarm.unit}，启动值 ${alarm.limitValue} ${alarm.unit}。`

/** Officers who reach the whole county: the station chief and those above. */
const countyKey = (alarm: Alarm) => districtKey(alarm.district.slice(0, 6))

/** What nobody read in time goes to those above: the county's officers for the bureau, the head office for the site. */
export async function escalateUnread(ctx: Ctx): Promise<void> {
  await read(ctx, async (tx) => {
    const unread = await takeUnread(tx, ctx, ['alarm'])
    if (unread.length === 0) return
    const alarms = await store.load(tx, [...new Set(unread.map(({ caseId }) => caseId))])
    for (const { caseId, recipient } of unread) {
      const alarm = alarms.find(({ id }) => id === caseId)
      if (!alarm) continue
      const project = await getProject(tx, alarm.projectId)
      const fromSite = recipient.startsWith('u:')
      const offices = project.parties.filter(({ role }) => role === 'contractor').map(({ orgId }) => orgKey(orgId))
      const above = fromSite ? offices : [countyKey(alarm)]
      await notify(
        tx,
        ctx,
        above.map((key) => ({
          recipient: key,
          caseId,
          kind: 'alarm_unread',
          level: fromSite ? 'site' : 'bureau',
          title: `未读转报：${alarm.projectName}`,
          body: `${fromSite ? '项目经理' : '监督员'}未读。${sayAlarm(alarm)}`,
        })),
      )
    }
  })
}
