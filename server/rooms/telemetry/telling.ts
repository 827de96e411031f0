import { assignedKey, orgKey, personKey } from '@plumbline/core/access'
import { sayInstant } from '@plumbline/core/kit'
import {
  type Alarm,
  type AlarmLevel,
  countyKey,
  type DutyNight,
  getCause,
  hasRoom,
  levelNames,
  onDuty,
  sayAlarmLimit,
  sayValue,
  type Tellee,
  tellees,
} from '@plumbline/core/telemetry'
import { gather, type Message, notify, takeUnread } from '../../base/notify.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { findOfficers } from '../account/index.ts'
import { getProject } from '../project/index.ts'
import { findRoster } from './roster.ts'
import * as store from './store.ts'
import * as told from './told.ts'

const minute = 60_000
const later = (at: string, millis: number) => new Date(Date.parse(at) + millis).toISOString()

/** Raised, raised as red or risen to it, or come back from the shelf: each is told once. */
type Occasion = 'raised' | 'red' | 'again'

/** Tells whom it concerns, and answers with the alarm as it then stands: the officer on duty reaches it. */
export async function tellAlarm(tx: Db, ctx: Ctx, alarm: Alarm, occasion: Occasion): Promise<Alarm> {
  const project = await getProject(tx, alarm.projectId)
  const duty = await dutyNow(tx, ctx)
  const recipients = tellees(project, alarm.level, duty)
  const message = {
    title: `${levelNames[alarm.level]} ${alarm.projectName}：${getCause(alarm.cause).title}`,
    body: sayAlarm(alarm),
  }
  // In the order of the persons: two alarms that tell the same two never wait for each other.
  for (const one of recipients.toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    await tellOne(tx, ctx, alarm, one, occasion, message)
  return withDuty(alarm, project.officers, duty)
}

const withDuty = (alarm: Alarm, officers: readonly { personId: string }[], duty: DutyNight): Alarm =>
  !duty || officers.some(({ personId }) => personId === duty.personId) || alarm.duty.includes(duty.personId)
    ? alarm
    : { ...alarm, duty: [...alarm.duty, duty.personId] }

const dutyNow = async (tx: Db, ctx: Ctx): Promise<DutyNight> =>
  onDuty(await findRoster(tx), ctx.law(), Date.parse(ctx.now))

/** One message to one recipient, unless his day is full: then the digest names the alarm among others. */
async function tellOne(
  tx: Db,
  ctx: Ctx,
  alarm: Alarm,
  { key, side, personId }: Tellee,
  occasion: string,
  message: Pick<Message, 'title' | 'body'>,
): Promise<void> {
  const law = ctx.law()
  const level = alarm.level
  if (personId !== null && !(await takeRoom(tx, ctx, personId, level))) {
    const digest = { recipient: key, caseId: alarm.id, kind: 'alarm_digest', level: ctx.today }
    await gather(tx, ctx, digest, async (messageId) => {
      await told.putIn(tx, { alarmId: alarm.id, recipient: key, messageId })
      return sayDigest(await told.countIn(tx, messageId), law.number('alarm.daily_budget'))
    })
    return
  }
  const escalateAt = later(ctx.now, law.number('alarm.unread') * minute)
  const one = { recipient: key, caseId: alarm.id, kind: 'alarm', level: `${side}.${occasion}`, escalateAt }
  await notify(tx, ctx, [{ ...one, ...message }])
}

const takeRoom = async (tx: Db, ctx: Ctx, personId: string, level: AlarmLevel): Promise<boolean> => {
  const budget = ctx.law().number('alarm.daily_budget')
  return told.countOne(tx, personId, ctx.today, (count) => hasRoom(count, level, budget))
}

const sayDigest = (count: number, budget: number) => ({
  title: `另有 ${count} 条预警`,
  body: `今日逐条提醒已达每人每日 ${budget} 条的上限，其后的预警不再逐条提醒，请在监测报警列表中查看。红色报警仍逐条提醒。`,
})

const sayAlarm = (alarm: Alarm) =>
  `${sayInstant(new Date(alarm.raisedAt))} ${alarm.deviceName} ${sayValue(alarm)}，限值：${sayAlarmLimit(alarm)}。预警（自动监测）。`

/** What falls silent is told a little later, together with what fell silent beside it. */
export async function tellLater(tx: Db, ctx: Ctx, alarm: Alarm): Promise<Alarm> {
  await told.awaitTelling(tx, alarm.id, ctx.now)
  return withDuty(alarm, (await getProject(tx, alarm.projectId)).officers, await dutyNow(tx, ctx))
}

/**
 * Tells of what fell silent and has waited for its neighbours: each recipient hears once of everything that concerns him.
 * A cut line of a whole town is one message to each of its officers, while every device keeps an alarm of its own.
 */
export async function tellSilences(ctx: Ctx): Promise<void> {
  const before = later(ctx.now, -ctx.law().number('alarm.gather') * minute)
  await read(ctx, async (tx) => {
    const waiting = await store.load(tx, await told.takeWaiting(tx, before, ctx.now))
    // What spoke again meanwhile is no news.
    const silent = waiting.filter(({ state }) => state === 'raised').toSorted((a, b) => (a.id < b.id ? -1 : 1))
    if (silent.length === 0) return
    const duty = await dutyNow(tx, ctx)
    const concerned = new Map<string, { tellee: Tellee; alarms: Alarm[] }>()
    for (const alarm of silent)
      for (const tellee of tellees(await getProject(tx, alarm.projectId), alarm.level, duty)) {
        const known = concerned.get(tellee.key) ?? { tellee, alarms: [] }
        known.alarms.push(alarm)
        concerned.set(tellee.key, known)
      }
    for (const [, { tellee, alarms }] of [...concerned].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      await tellTogether(tx, ctx, tellee, alarms)
  })
}

async function tellTogether(tx: Db, ctx: Ctx, tellee: Tellee, alarms: readonly Alarm[]): Promise<void> {
  const first = alarms[0]!
  const sites = new Set(alarms.map(({ projectName }) => projectName))
  const devices = new Set(alarms.map(({ deviceId }) => deviceId))
  const many = alarms.length > 1
  const message = many
    ? {
        title: `预警 ${sites.size > 1 ? `${sites.size} 个项目` : first.projectName}：${devices.size} 台设备监测数据中断`,
        body: `${sites.size > 1 ? '多个项目同时中断，可能是网络故障。' : ''}${namesOf(alarms)}。预警（自动监测）。`,
      }
    : { title: `预警 ${first.projectName}：${getCause(first.cause).title}`, body: sayAlarm(first) }
  await tellOne(tx, ctx, first, tellee, 'raised', message)
  if (!many) return
  const messageId = await told.findMessage(tx, first.id, tellee.key)
  if (messageId === undefined) return
  for (const { id } of alarms) await told.putIn(tx, { alarmId: id, recipient: tellee.key, messageId })
}

const mostNames = 8
const namesOf = (alarms: readonly Alarm[]) => {
  const names = [...new Set(alarms.map(({ deviceName }) => deviceName))]
  const shown = names.slice(0, mostNames).join('、')
  return names.length > mostNames ? `${shown} 等 ${names.length} 台` : shown
}

/** What nobody read in time goes to those above: the county's officers for the bureau, the head office for the site. */
export async function escalateUnread(ctx: Ctx): Promise<void> {
  await read(ctx, async (tx) => {
    const unread = await takeUnread(tx, ctx, ['alarm'])
    if (unread.length === 0) return
    const alarms = await store.load(tx, [...new Set(unread.map(({ caseId }) => caseId))])
    for (const { caseId, level } of unread) {
      const alarm = alarms.find(({ id }) => id === caseId)
      const [side = 'bureau', occasion = 'raised'] = level.split('.')
      // One of those told has read it: it is known on that side.
      if (!alarm || (await told.wasRead(tx, caseId, level))) continue
      await passUp(tx, ctx, alarm, side === 'site', occasion)
    }
  })
}

/** Red goes up by itself; what warns gathers in one message until it is read: those above have a day too. */
async function passUp(tx: Db, ctx: Ctx, alarm: Alarm, fromSite: boolean, occasion: string): Promise<void> {
  const project = await getProject(tx, alarm.projectId)
  const offices = project.parties.filter(({ role }) => role === 'contractor').map(({ orgId }) => orgKey(orgId))
  const side = fromSite ? 'site' : 'bureau'
  const unread = fromSite ? '项目部' : '监督员'
  const alone = { title: `未读转报：${alarm.projectName}`, body: `${unread}未读。${sayAlarm(alarm)}` }
  for (const recipient of fromSite ? offices : [countyKey(project)]) {
    const message = { recipient, caseId: alarm.id, kind: 'alarm_unread' }
    if (alarm.level === 'alarm') await notify(tx, ctx, [{ ...message, ...alone, level: `${side}.${occasion}` }])
    else
      await gather(tx, ctx, { ...message, level: `${side}.${ctx.today}` }, async (messageId) => {
        await told.putIn(tx, { alarmId: alarm.id, recipient, messageId })
        const count = await told.countIn(tx, messageId)
        return count === 1
          ? alone
          : {
              title: `未读转报：${count} 条预警`,
              body: `${unread}未读的预警共 ${count} 条，最近一条：${sayAlarm(alarm)}`,
            }
      })
  }
}

/** Who a recipient is, in words, by the posts of the project. */
export async function sayRecipients(tx: Db, alarm: Alarm, keys: readonly string[]): Promise<Map<string, string>> {
  const project = await getProject(tx, alarm.projectId)
  const roster = await findRoster(tx)
  const posts: Record<string, string> = {
    project_manager: '项目经理',
    safety_officer: '专职安全生产管理人员',
    chief_engineer: '总监理工程师',
  }
  const nights = roster?.nights.flatMap((night) => night ?? []) ?? []
  const known = new Map<string, string>([
    ...nights.map(({ personId, name }) => [personKey(personId), `值班监督员 ${name}`] as const),
    ...project.posts.map(
      ({ personId, capacity, name }) => [personKey(personId), `${posts[capacity] ?? '项目人员'} ${name}`] as const,
    ),
    ...project.officers.map(({ personId, name }) => [personKey(personId), `监督员 ${name}`] as const),
    ...project.parties.map(({ orgId, orgName }) => [orgKey(orgId), `${orgName}总部`] as const),
    [assignedKey(project.id), '指派的监督员'],
  ])
  // Who was on duty once need not be on the roster any more.
  const strangers = keys.filter((key) => key.startsWith('u:') && !known.has(key)).map((key) => key.slice(2))
  for (const { personId, name } of await findOfficers(tx, strangers)) known.set(personKey(personId), `监督员 ${name}`)
  return new Map(keys.map((key) => [key, known.get(key) ?? (key.startsWith('d:') ? '监督站' : '已离岗的人员')]))
}
