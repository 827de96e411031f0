import { randomUUID } from 'node:crypto'
import { projectContract } from '@plumbline/core/project'
import { dispatchContract } from '@plumbline/core/telemetry'
import { read, systemContext } from '../../../server/base/context.ts'
import { followTrucks } from '../../../server/rooms/telemetry/linkage/index.ts'
import { storeEvents } from '../../../server/rooms/telemetry/index.ts'
import { makeDevice } from '../makers.ts'
import type { Samples } from '../run.ts'
import type { World } from '../world.ts'

const newCall = async (world: World) => ({
  projectId: world.cast.projectId,
  truckId: await makeDevice(world, 'water-truck'),
  ...{ plate: '浙Z2J518', unit: '城东环卫所', alarmId: null, reason: '土方作业扬尘' },
})

async function makeCall(world: World): Promise<string> {
  const body = { requestId: randomUUID(), input: await newCall(world) }
  return (await world.ask(world.cast.inspectorA, dispatchContract.call, { body })).record.id
}

/** A call whose truck has told that it stands on the site. */
async function makeArrived(world: World): Promise<string> {
  const id = await makeCall(world)
  const { inspectorA, projectId } = world.cast
  const { record } = await world.ask(inspectorA, dispatchContract.get, { params: { id } })
  const { point } = (await world.ask(inspectorA, projectContract.get, { params: { id: projectId } })).record
  const ctx = await systemContext(world.house.house)
  const told = { deviceId: record.truckId, kind: 'track', at: ctx.now, id: randomUUID(), body: point } as const
  await read(ctx, (tx) => storeEvents(tx, ctx, [told]))
  await followTrucks(ctx)
  return id
}

const step = (id: string, action: string, input: object) => ({
  ask: { params: { id }, body: { requestId: randomUUID(), action, input } },
  of: id,
})

export const dispatchSamples: Samples = {
  'dispatch.list': async (world) => ({ ask: { query: { limit: 200 } }, marker: await makeCall(world) }),
  'dispatch.get': async (world) => {
    const id = await makeCall(world)
    return { ask: { params: { id } }, of: id }
  },
  'dispatch.trucks': async ({ cast }) => ({ ask: { params: { id: cast.projectId } }, of: cast.projectId }),
  'dispatch.call': async (world) => {
    const input = await newCall(world)
    return { ask: { body: { requestId: randomUUID(), input } }, of: input.projectId }
  },
  'dispatch.act finish': async (world) => step(await makeArrived(world), 'finish', { note: '' }),
  'dispatch.act cancel': async (world) => step(await makeCall(world), 'cancel', { note: '已降雨' }),
}
