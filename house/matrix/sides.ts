import { randomUUID } from 'node:crypto'
import { inspectionContract } from '@plumbline/core/inspection'
import { projectContract } from '@plumbline/core/project'
import { rectificationContract } from '@plumbline/core/rectification'
import { electronic } from '../../server/rooms/rectification/testing.ts'
import type { MatrixRole } from './expected.ts'
import { makeAlarm, makeDevice, makeInspection, makeNotice, planItems } from './makers.ts'
import type { World } from './world.ts'

/** All that one of the two projects has, by name, and those who have nothing to do with it. */
export interface Side {
  ids: Record<string, string>
  foreigners: MatrixRole[]
}

async function makePlan(world: World, cookie: string, projectId: string): Promise<string> {
  const body = { requestId: randomUUID(), input: { projectId, year: 2026, items: planItems() } }
  return (await world.ask(cookie, inspectionContract.propose, { body })).record.id
}

/** A reply's photograph: seen by those who see the notice. */
async function reply(world: World, cookie: string, notice: { id: string; items: { id: string }[] }): Promise<string> {
  const photo = await world.photo(cookie)
  const items = notice.items.map(({ id }) => ({ itemId: id, text: '已按要求整改', photos: [photo] }))
  const { status } = await world.act(cookie, notice.id, 'reply', { items })
  if (status !== 200) throw new Error(`no reply: ${status}`)
  return photo
}

const paperOf = async (world: World, id: string): Promise<string> =>
  (await world.ask(world.cast.chief, rectificationContract.get, { params: { id } })).record.paperId!

export async function openEast(world: World): Promise<Side> {
  const { cast } = world
  const notice = await makeNotice(world, 'fixing')
  const permit = await world.submit()
  const alarm = await makeAlarm(world)
  return {
    ids: {
      project: cast.projectId,
      inspection: (await makeInspection(world, 'signed')).id,
      draft: (await makeInspection(world, 'draft')).id,
      plan: await makePlan(world, cast.inspectorA, cast.projectId),
      notice: notice.id,
      order: (await makeNotice(world, 'draft')).id,
      paper: await paperOf(world, notice.id),
      photo: await reply(world, cast.manager, notice),
      permit: permit.body.record.id,
      device: alarm.deviceId,
      sprayer: await makeDevice(world, 'sprayer-1'),
      alarm: alarm.id,
      person: cast.persons.manager,
      org: cast.contractorId,
    },
    foreigners: ['guest', 'inspectorC', 'rival', 'citizen'],
  }
}

/** The rival's project, supervised by inspectorC and the chief. It shares supervision unit and owner with the other one. */
export async function openWest(world: World): Promise<Side> {
  const { cast } = world
  const projectId = cast.otherProjectId
  const officers = [
    { personId: cast.persons.inspectorC, lead: true },
    { personId: cast.persons.chief, lead: false },
  ]
  const body = { requestId: randomUUID(), action: 'assign' as const, input: { officers } }
  await world.ask(cast.admin, projectContract.assign, { params: { id: projectId }, body })
  const visit = {
    projectId,
    orgId: cast.rivalId,
    by: cast.inspectorC,
    with: { personId: cast.persons.chief, cookie: cast.chief },
  }
  const drafted = await world.draft({ projectId, orgId: cast.rivalId }, cast.inspectorC)
  const order = await world.draft({ projectId, orgId: cast.rivalId }, cast.inspectorC)
  const notice = drafted.body.record
  await world.act(cast.inspectorC, notice.id, 'issue')
  await world.act(cast.inspectorC, notice.id, 'serve', electronic())
  const inspection = await makeInspection(world, 'signed', visit)
  const alarm = await makeAlarm(world, projectId)
  return {
    ids: {
      project: projectId,
      inspection: inspection.id,
      finding: inspection.findingId,
      draft: (await makeInspection(world, 'draft', visit)).id,
      plan: await makePlan(world, cast.inspectorC, projectId),
      notice: notice.id,
      order: order.body.record.id,
      paper: await paperOf(world, notice.id),
      photo: await reply(world, cast.rival, notice),
      device: alarm.deviceId,
      sprayer: await makeDevice(world, 'sprayer-1', projectId),
      alarm: alarm.id,
      person: cast.persons.rival,
      org: cast.rivalId,
    },
    foreigners: ['guest', 'inspectorA', 'inspectorB', 'manager', 'safety', 'engineer', 'owner', 'company', 'citizen'],
  }
}
