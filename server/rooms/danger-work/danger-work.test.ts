import { randomUUID } from 'node:crypto'
import { baseContract } from '@plumbline/core/base'
import { pourContract } from '@plumbline/core/danger-work'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { read, systemContext } from '../../base/context.ts'
import type { HeardAct } from '../../base/room.ts'
import { openListening } from '../telemetry/testing.ts'
import { stopOnAlarm } from './service.ts'

const { house, cast, ears, close } = await openListening()
afterAll(close)

const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  (await read(await systemContext(house.house), (tx) => query.execute(tx))).rows

let serial = 0
const enter = (modelCode = 'formwork-logger') => {
  serial += 1
  return ears.enter(cast.chief, { modelCode, projectId: cast.projectId, name: `高支模 ${serial}` })
}
/** A device that watches, with the limits of its scheme, and is heard now. */
async function watching(): Promise<{ id: string; name: string }> {
  const id = await enter()
  const limits = [{ quantity: 'axialForce', warn: 8, alarm: 10, ratePerDay: null, source: '专项施工方案 第6章' }]
  expect((await ears.configure(cast.chief, id, { limits })).status).toBe(200)
  await beLive(id)
  return { id, name: `高支模 ${serial}` }
}
const beLive = (id: string) =>
  rows(sql`insert into device.line (device_id, freshness, fresh_at) values (${id}, 'live', now())
    on conflict (device_id) do update set freshness = 'live', fresh_at = now()`)

const asked = (deviceIds: string[], more: object = {}) => ({
  ...{
    projectId: cast.projectId,
    zone: `门厅顶板 ${randomUUID().slice(0, 4)}`,
    deviceIds,
    scheme: '高支模专项方案 第6章',
  },
  ...{ plannedStart: '2026-11-20T01:00:00.000Z', plannedEnd: '2026-11-20T09:00:00.000Z' },
  ...more,
})
const apply = (cookie: string, deviceIds: string[], more: object = {}) =>
  house.call(cookie, pourContract.apply, { body: { requestId: randomUUID(), input: asked(deviceIds, more) } })
const act = (cookie: string, id: string, action: string, input: object = {}) =>
  house.call(cookie, pourContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action, input } as never,
  })
const get = async (id: string) => (await house.call(cast.manager, pourContract.get, { params: { id } })).body
const detailOf = ({ body }: { body: unknown }) => (body as { detail?: unknown }).detail
const opinion = { opinion: '具备浇筑条件' }
const checked = { reason: '立杆已加固，复测正常' }

async function signed(deviceIds: string[], more: object = {}): Promise<string> {
  const { id } = (await apply(cast.manager, deviceIds, more)).body.record
  expect((await act(cast.engineer, id, 'sign', opinion)).status).toBe(200)
  return id
}
async function running(deviceIds: string[]): Promise<string> {
  const id = await signed(deviceIds)
  expect((await act(cast.manager, id, 'start')).status).toBe(200)
  return id
}

test('who may not apply is refused, and who manages another site does not learn of this one', async () => {
  const { id } = await watching()
  expect(await apply(cast.rival, [id])).toMatchObject({ status: 404, rule: 'project' })
  expect(await apply(cast.engineer, [id])).toMatchObject({ status: 403, rule: 'capacity' })
  expect(await apply(cast.owner, [id])).toMatchObject({ status: 403, rule: 'permission' })
})

test('a pour is watched by high formwork devices of its own project, and by nothing else', async () => {
  const dust = await enter('dust-ug')
  const refused = await apply(cast.manager, [dust])
  expect(refused).toMatchObject({ status: 422, rule: 'pour_device_unfit' })
  expect(detailOf(refused)).toEqual({ items: [`高支模 ${serial}`] })
  expect(await apply(cast.manager, [randomUUID()])).toMatchObject({ rule: 'pour_device_unfit' })
  expect(await apply(cast.manager, [])).toMatchObject({ status: 400 })
})

test('nothing flows before the signature, nor while a device is silent: it is named', async () => {
  const { id: deviceId, name } = await watching()
  const { id } = (await apply(cast.manager, [deviceId])).body.record
  const early = await act(cast.manager, id, 'start')
  expect(early).toMatchObject({ status: 409, rule: 'state' })
  expect(detailOf(early)).toBe('待签发')
  expect(await act(cast.manager, id, 'sign', opinion)).toMatchObject({ status: 403, rule: 'capacity' })
  await act(cast.engineer, id, 'sign', opinion)
  await rows(sql`update device.line set freshness = 'stale' where device_id = ${deviceId}`)
  const silent = await act(cast.manager, id, 'start')
  expect(silent).toMatchObject({ status: 422, rule: 'pour_device_silent' })
  expect(detailOf(silent)).toEqual({ items: [name] })
  await beLive(deviceId)
  expect((await act(cast.manager, id, 'start')).body.record).toMatchObject({ state: 'running' })
})

test('one pour runs in a zone, however its name is spaced, also when two start at the same moment', async () => {
  const { id: deviceId } = await watching()
  const first = await signed([deviceId], { zone: '3号楼 A 区' })
  const second = await signed([deviceId], { zone: '3号楼a区' })
  const both = await Promise.all([first, second].map((id) => act(cast.manager, id, 'start')))
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409])
  expect(both.find(({ status }) => status === 409)!.rule).toBe('pour_zone_running')
  const [ran, waits] = both[0]!.status === 200 ? [first, second] : [second, first]
  expect((await act(cast.manager, ran, 'finish')).status).toBe(200)
  expect((await act(cast.manager, waits, 'start')).status).toBe(200)
})

const messagesOf = async (cookie: string, caseId: string) =>
  (await house.call(cookie, baseContract.messages, { query: { limit: 100 } })).body.rows.filter(
    (one) => one.caseId === caseId,
  )

test('a warning lets a pour run; a red alarm stops it, tells those on site, and keeps it stopped while it stands', async () => {
  const { id: deviceId, name } = await watching()
  const id = await running([deviceId])
  await ears.store(deviceId, [{ quantity: 'axialForce@L1', value: 8.5, ago: 30 }])
  await ears.settle()
  expect((await get(id)).record.state).toBe('running')

  await ears.store(deviceId, [{ quantity: 'axialForce@L1', value: 10.4, ago: 10 }])
  await ears.settle()
  const { record, head, acts } = await get(id)
  expect(record).toMatchObject({ state: 'suspended', suspensions: [{ by: { name: '系统' }, resumed: null }] })
  expect(record.suspensions[0]!.reason).toContain(`${name} 累计变形或内力超限：轴力 L1 10.4 kN`)
  expect(head.tier).toBe('red')
  expect(acts.at(-1)).toMatchObject({ topic: 'pour.suspend', actorName: '系统' })
  for (const cookie of [cast.manager, cast.safety, cast.engineer])
    expect((await messagesOf(cookie, id)).map(({ level }) => level)).toEqual(['red.1'])
  expect(await messagesOf(cast.owner, id)).toEqual([])

  const early = await act(cast.engineer, id, 'resume', checked)
  expect(early).toMatchObject({ status: 422, rule: 'pour_alarm_open' })
  expect(detailOf(early)).toEqual({ items: [`${name} 轴力 L1 10.4 kN`] })

  // The alarm is over; the engineer has looked.
  await ears.configure(cast.chief, deviceId, {})
  await ears.store(deviceId, [{ quantity: 'axialForce@L1', value: 6 }])
  await ears.settle()
  await beLive(deviceId)
  expect(await act(cast.manager, id, 'resume', checked)).toMatchObject({ status: 403 })
  const resumed = await act(cast.engineer, id, 'resume', checked)
  expect(resumed.body.record).toMatchObject({ state: 'running', suspensions: [{ resumed: { check: checked.reason } }] })

  // The same act, heard once more after a crash, stops nothing.
  const heard =
    await rows(sql<HeardAct>`select id, topic, case_id as "caseId", to_state as "to", input, actor_id as "actorId",
    done_at as "doneAt" from base.act where case_id = ${record.suspensions[0]!.alarmId} and topic = 'alarm.upgrade'`)
  expect(heard).toHaveLength(1)
  await stopOnAlarm(await systemContext(house.house), heard[0]!)
  expect((await get(id)).record.state).toBe('running')
})

test('an officer stops a pour by hand; a stopped one may be ended, and the zone is free again', async () => {
  const { id: deviceId } = await watching()
  const id = await running([deviceId])
  expect(await act(cast.inspectorC, id, 'suspend', { reason: '异响' })).toMatchObject({ status: 404 })
  expect(await act(cast.inspectorA, id, 'suspend', { reason: '' })).toMatchObject({ status: 400 })
  expect((await act(cast.inspectorA, id, 'suspend', { reason: '现场有异响' })).body.record.state).toBe('suspended')
  expect(await act(cast.inspectorA, id, 'resume', checked)).toMatchObject({ status: 403 })
  expect((await act(cast.manager, id, 'finish')).body.record).toMatchObject({ state: 'finished' })
})

test('a project that is stopped pours nothing, signed or not', async () => {
  const { id: deviceId } = await watching()
  const id = await signed([deviceId])
  await rows(sql`update project.project set state = 'stopped' where id = ${cast.projectId}`)
  expect(await act(cast.manager, id, 'start')).toMatchObject({ status: 422, rule: 'pour_project_not_building' })
  expect(await apply(cast.manager, [deviceId])).toMatchObject({ rule: 'pour_project_not_building' })
  await rows(sql`update project.project set state = 'building' where id = ${cast.projectId}`)
})

test('the list is cut by reach, and by device and state', async () => {
  const { id: deviceId } = await watching()
  const id = await running([deviceId])
  const list = async (cookie: string, query: object) =>
    (await house.call(cookie, pourContract.list, { query: { limit: 200, ...query } })).body.rows.map((row) => row.id)
  expect(await list(cast.rival, {})).toEqual([])
  expect(await list(cast.inspectorC, {})).toEqual([])
  expect(await list(cast.owner, { deviceId })).toEqual([id])
  expect(await list(cast.inspectorA, { deviceId, open: 'false' })).toEqual([])
  const page = (await house.call(cast.inspectorA, pourContract.list, { query: { limit: 1 } })).body
  const next = (await house.call(cast.inspectorA, pourContract.list, { query: { limit: 1, after: page.next! } })).body
  expect(next.rows[0]!.id).not.toBe(page.rows[0]!.id)
})
