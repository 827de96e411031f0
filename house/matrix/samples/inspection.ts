import { randomUUID } from 'node:crypto'
import { inspectionContract } from '@plumbline/core/inspection'
import { makeInspection, newInspection, planItems, upload } from '../makers.ts'
import type { Maker, Samples } from '../run.ts'
import type { World } from '../world.ts'
import { sheetHas } from './registers.ts'

const step = (id: string, action: string, input: object) => ({
  ask: { params: { id }, body: { requestId: randomUUID(), action, input } },
  of: id,
})

/** The record's number, which its page and its lists show. */
async function signed(world: World) {
  const { id } = await makeInspection(world, 'signed')
  const { number } = (await world.ask(world.cast.chief, inspectionContract.get, { params: { id } })).record
  return { id, number: number! }
}

/** On the inspector's screen the signer's name is asked; in his own session he signs as himself. The drawing is the asker's. */
const sign: Maker = async (world, role) => {
  const { id, digest } = await makeInspection(world, 'cosigned')
  const fileId = await upload(world, world.cookieOf(role)!)
  return step(id, 'sign', {
    contentDigest: digest,
    fileId,
    orgId: world.cast.contractorId,
    name: '何秉',
    role: '项目经理',
  })
}

/** One year of the cast's project has one plan. */
async function propose(world: World) {
  const input = { projectId: world.cast.projectId, year: 1900 + world.next('year'), items: planItems() }
  const body = { requestId: randomUUID(), input }
  return (await world.ask(world.cast.inspectorA, inspectionContract.propose, { body })).record
}

async function adopt(world: World) {
  const plan = await propose(world)
  const body = { requestId: randomUUID(), action: 'adopt' as const, input: {} }
  return (await world.ask(world.cast.chief, inspectionContract.planAct, { params: { id: plan.id }, body })).record
}

export const inspectionSamples: Samples = {
  'inspection.list': async (world) => ({ ask: { query: { limit: 200 } }, marker: (await signed(world)).id }),
  'inspection.export': async (world) => ({ ask: {}, marker: sheetHas((await signed(world)).number) }),
  'inspection.officers': async ({ cast }) => ({
    ask: { query: { projectId: cast.projectId } },
    of: cast.projectId,
    marker: cast.persons.inspectorC,
  }),
  'inspection.get': async (world) => {
    const { id } = await signed(world)
    return { ask: { params: { id } }, of: id }
  },
  // Who begins is one of the two; the other is named.
  'inspection.start': async ({ cast }, role) => {
    const partner = role === 'inspectorB' ? cast.persons.inspectorA : cast.persons.inspectorB
    return { ask: { body: { requestId: randomUUID(), input: newInspection(cast, partner) } }, of: cast.projectId }
  },
  'inspection.act save': async (world) =>
    step((await makeInspection(world, 'draft')).id, 'save', { revision: 1, weather: '多云' }),
  'inspection.act submit': async (world) => step((await makeInspection(world, 'draft')).id, 'submit', { revision: 1 }),
  'inspection.act cosign': async (world) => {
    const { id, digest } = await makeInspection(world, 'submitted')
    return step(id, 'cosign', { contentDigest: digest })
  },
  'inspection.act sign': sign,
  'inspection.act refuse_sign': async (world) => {
    const { id, digest } = await makeInspection(world, 'cosigned')
    const who = { orgId: world.cast.contractorId, name: '何秉', role: '项目经理' }
    return step(id, 'refuse_sign', { contentDigest: digest, ...who, reason: '不认可扣分', witness: '门卫季东' })
  },
  'inspection.act revise': async (world) =>
    step((await makeInspection(world, 'submitted')).id, 'revise', { reason: '部位填写有误' }),
  'inspection.act void': async (world) =>
    step((await makeInspection(world, 'submitted')).id, 'void', { reason: '重复建档' }),
  'inspection.ofProject': async (world) => ({
    ask: { params: { id: world.cast.projectId } },
    of: world.cast.projectId,
    marker: (await signed(world)).id,
  }),
  'inspection.calendar': async (world) => {
    const { id, year } = await propose(world)
    return { ask: { query: { year } }, marker: id }
  },
  'inspection.plan': async (world) => {
    const { id } = await propose(world)
    return { ask: { params: { id } }, of: id }
  },
  'inspection.propose': async (world) => {
    const { projectId } = world.cast
    const input = { projectId, year: 1900 + world.next('year'), items: planItems() }
    return { ask: { body: { requestId: randomUUID(), input } } }
  },
  'inspection.planAct edit': async (world) => step((await propose(world)).id, 'edit', { items: planItems() }),
  'inspection.planAct adopt': async (world) => step((await propose(world)).id, 'adopt', {}),
  'inspection.planAct amend': async (world) =>
    step((await adopt(world)).id, 'amend', { items: planItems(), reason: '增加超危大工程检查' }),
}
