import { randomUUID } from 'node:crypto'
import { pourContract } from '@plumbline/core/danger-work'
import { sql } from 'kysely'
import { makeDevice } from '../makers.ts'
import type { Samples } from '../run.ts'
import type { World } from '../world.ts'

/** A formwork device that is heard now: that it is live is a fact of its line, which no request brings about. */
async function makeWatcher(world: World): Promise<string> {
  const id = await makeDevice(world, 'formwork-logger')
  await world.rows(sql`insert into device.line (device_id, freshness, fresh_at) values (${id}, 'live', now())
    on conflict (device_id) do update set freshness = 'live', fresh_at = now()`)
  return id
}

const newPour = async (world: World) => ({
  ...{ projectId: world.cast.projectId, zone: `顶板 ${randomUUID()}`, deviceIds: [await makeWatcher(world)] },
  ...{
    scheme: '高支模专项方案 第6章',
    plannedStart: '2026-11-20T01:00:00.000Z',
    plannedEnd: '2026-11-20T09:00:00.000Z',
  },
})

const actOn = (world: World, cookie: string, id: string, action: string, input: object = {}) =>
  world.ask(cookie, pourContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action, input } as never,
  })

/** A pour order, as far as `until`. */
async function makePour(world: World, until: 'applied' | 'signed' | 'running' | 'suspended'): Promise<string> {
  const { manager, engineer } = world.cast
  const body = { requestId: randomUUID(), input: await newPour(world) }
  const { id } = (await world.ask(manager, pourContract.apply, { body })).record
  if (until === 'applied') return id
  await actOn(world, engineer, id, 'sign', { opinion: '具备浇筑条件' })
  if (until !== 'signed') await actOn(world, manager, id, 'start')
  if (until === 'suspended') await actOn(world, manager, id, 'suspend', { reason: '现场有异响' })
  return id
}

const acting = (from: Parameters<typeof makePour>[1], action: string, input: object) => async (world: World) => {
  const id = await makePour(world, from)
  return { ask: { params: { id }, body: { requestId: randomUUID(), action, input } }, of: id }
}

const reason = { reason: '支架已加固复测' }

export const pourSamples: Samples = {
  'pour.list': async (world) => ({ ask: { query: { limit: 200 } }, marker: await makePour(world, 'applied') }),
  'pour.get': async (world) => {
    const id = await makePour(world, 'applied')
    return { ask: { params: { id } }, of: id }
  },
  'pour.watchers': async ({ cast }) => ({ ask: { params: { id: cast.projectId } }, of: cast.projectId }),
  'pour.apply': async (world) => {
    const input = await newPour(world)
    return { ask: { body: { requestId: randomUUID(), input } }, of: input.projectId }
  },
  'pour.act sign': acting('applied', 'sign', { opinion: '具备浇筑条件' }),
  'pour.act decline': acting('applied', 'decline', reason),
  'pour.act withdraw': acting('signed', 'withdraw', reason),
  'pour.act start': acting('signed', 'start', {}),
  'pour.act suspend': acting('running', 'suspend', reason),
  'pour.act resume': acting('suspended', 'resume', reason),
  'pour.act finish': acting('running', 'finish', {}),
}

const ofDevice = (query: object) => async (world: World) => {
  const id = await makeDevice(world)
  return { ask: { params: { id }, query: { ...query } }, of: id }
}

export const liveSamples: Samples = {
  'live.bearings': ofDevice({}),
  'live.events': ofDevice({ kind: 'exit' }),
  'live.passages': ofDevice({}),
}
