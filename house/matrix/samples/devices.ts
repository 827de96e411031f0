import { randomUUID } from 'node:crypto'
import { deviceContract } from '@plumbline/core/device'
import { telemetryContract } from '@plumbline/core/telemetry'
import { makeAlarm, makeDevice, newMn } from '../makers.ts'
import { read, systemContext } from '../../../server/base/context.ts'
import { goLive, noteSpoken } from '../../../server/rooms/device/index.ts'
import type { Maker, Samples } from '../run.ts'
import type { World } from '../world.ts'

const step = (id: string, action: string, input: object) => ({
  ask: { params: { id }, body: { requestId: randomUUID(), action, input } },
  of: id,
})

const ofDevice =
  (query: object = {}): Maker =>
  async (world) => {
    const id = await makeDevice(world)
    return { ask: { params: { id }, query: { ...query } }, of: id }
  }

async function liveDevice(world: World): Promise<string> {
  const id = await makeDevice(world)
  await goLive(await systemContext(world.house.house), id)
  return id
}

/** A sprayer under people's hands. */
async function makeManual(world: World): Promise<string> {
  const id = await makeDevice(world, 'sprayer-1')
  const body = { requestId: randomUUID(), action: 'set_mode', input: { mode: 'manual', reason: '检修' } } as const
  await world.ask(world.cast.chief, deviceContract.act, { params: { id }, body })
  return id
}

const facts = { name: '东门扬尘仪', unitProfile: 'ug', crcMode: 'strict', ending: 'crlf', point: null }

export const deviceSamples: Samples = {
  'device.list': async (world) => ({ ask: { query: { limit: 200 } }, marker: await makeDevice(world) }),
  'device.installed': async ({ cast }) => ({ ask: {}, marker: cast.projectId }),
  'device.unknown': async () => ({ ask: {} }),
  'device.heldBack': async (world) => {
    const deviceId = await makeDevice(world)
    const ctx = await systemContext(world.house.house)
    const held = { way: 'in', raw: Buffer.from('##0000'), verdict: 'crc', verified: false, fault: null } as const
    await read(ctx, (tx) => noteSpoken(tx, [{ deviceId, at: ctx.now, ...held }]))
    return { ask: { query: { limit: 100 } }, marker: deviceId }
  },
  'device.online': async (world) => {
    await liveDevice(world)
    return { ask: {}, marker: ({ total }: { total: { devices: number } }) => total.devices > 0 }
  },
  'device.onboarding': async (world) => ({ ask: {}, marker: await makeDevice(world) }),
  'device.doors': async () => ({ ask: {} }),
  'device.get': ofDevice(),
  'device.onboard': async (world) => {
    const device = { modelCode: 'dust-ug', mn: newMn(world), name: '东门扬尘仪', projectId: world.cast.projectId }
    return { ask: { body: { requestId: randomUUID(), password: '123456', ...device } } }
  },
  'device.act amend': async (world) => step(await makeDevice(world), 'amend', facts),
  'device.act link': async (world) => {
    const sprayerId = await makeDevice(world, 'sprayer-1')
    return step(await makeDevice(world), 'link', { sprayerId })
  },
  'device.act configure': async (world) =>
    step(await makeDevice(world), 'configure', { limits: [], rated: { load: 6 }, modbus: null }),
  'device.act set_mode': async (world) =>
    step(await makeDevice(world, 'sprayer-1'), 'set_mode', { mode: 'manual', reason: '检修' }),
  'device.act retire': async (world) => step(await makeDevice(world), 'retire', { reason: '拆除' }),
  'device.tend hand_over': async (world) =>
    step(await makeDevice(world), 'hand_over', { personId: world.cast.persons.inspectorA }),
  'device.tend note': async (world) => step(await makeDevice(world), 'note', { text: '专线未通' }),
  'device.tend explain_offline': async (world) =>
    step(await liveDevice(world), 'explain_offline', { cause: 'power', until: '2099-12-31' }),
  'device.tend interlock': async (world) =>
    step(await makeManual(world), 'interlock', { reason: '正在检修水泵', hours: 2 }),
  'device.tend release': async (world) => {
    const id = await makeManual(world)
    const body = { requestId: randomUUID(), action: 'interlock', input: { reason: '正在检修水泵', hours: 2 } } as const
    await world.ask(world.cast.manager, deviceContract.tend, { params: { id }, body })
    return step(id, 'release', {})
  },
  'device.setPassword': async (world) => {
    const id = await makeDevice(world)
    return { ask: { params: { id }, body: { requestId: randomUUID(), password: '654321' } }, of: id }
  },
  'device.conversation': ofDevice(),
}

const roster = ({ cast }: World) => ({
  requestId: randomUUID(),
  input: { nights: Array<string>(7).fill(cast.persons.inspectorA) },
})

const actOnAlarm = (world: World, cookie: string, id: string, action: string, input: object) =>
  world.ask(cookie, telemetryContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action, input } as never,
  })

export const telemetrySamples: Samples = {
  'telemetry.latest': ofDevice(),
  'telemetry.series': ofDevice({ quantity: 'a34004' }),
  'telemetry.commands': ofDevice(),
  'telemetry.environment': async ({ cast }) => ({ ask: { params: { id: cast.projectId } }, of: cast.projectId }),
  'telemetry.online': async (world) => {
    await makeDevice(world)
    return { ask: {}, marker: ({ total }: { total: number }) => total > 0 }
  },
  'telemetry.alarms': async (world) => ({ ask: { query: { limit: 200 } }, marker: (await makeAlarm(world)).id }),
  'telemetry.alarm': async (world) => {
    const { id } = await makeAlarm(world)
    return { ask: { params: { id } }, of: id }
  },
  'telemetry.alarmCounts': async (world) => {
    await makeAlarm(world)
    return { ask: {}, marker: ({ open }: { open: { warn: { count: number } } }) => open.warn.count > 0 }
  },
  'telemetry.roster': async (world) => {
    await world.ask(world.cast.chief, telemetryContract.setRoster, { body: roster(world) })
    return { ask: {}, marker: ({ record }: { record: unknown }) => record !== null }
  },
  'telemetry.setRoster': async (world) => ({ ask: { body: roster(world) } }),
  'telemetry.act shelve': async (world) =>
    step((await makeAlarm(world)).id, 'shelve', { hours: 2, reason: '正在检修' }),
  'telemetry.act unshelve': async (world) => {
    const { id } = await makeAlarm(world)
    await actOnAlarm(world, world.cast.inspectorA, id, 'shelve', { hours: 2, reason: '正在检修' })
    return step(id, 'unshelve', {})
  },
  // Who acknowledged it judges it.
  'telemetry.act judge': async (world, role) => {
    const { id } = await makeAlarm(world)
    await actOnAlarm(world, world.cookieOf(role)!, id, 'acknowledge', { note: '' })
    return step(id, 'judge', { useful: true, reason: '' })
  },
  'telemetry.act acknowledge': async (world) => step((await makeAlarm(world)).id, 'acknowledge', { note: '已到现场' }),
}

export const linkageSamples: Samples = {
  // To stop asks for no line.
  'linkage.switch': async (world) => {
    const id = await makeDevice(world, 'sprayer-1')
    return { ask: { params: { id }, body: { requestId: randomUUID(), unit: 1, on: false } }, of: id }
  },
  'linkage.runs': async (world) => {
    const id = await makeDevice(world, 'sprayer-1')
    return { ask: { params: { id }, query: { days: 7 } }, of: id }
  },
}
