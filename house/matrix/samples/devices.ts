import { randomUUID } from 'node:crypto'
import { makeAlarm, makeDevice, newMn } from '../makers.ts'
import type { Maker, Samples } from '../run.ts'

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

const facts = { name: '东门扬尘仪', unitProfile: 'ug', crcMode: 'strict', ending: 'crlf', point: null }

export const deviceSamples: Samples = {
  'device.list': async (world) => ({ ask: { query: { limit: 200 } }, marker: await makeDevice(world) }),
  'device.installed': async ({ cast }) => ({ ask: {}, marker: cast.projectId }),
  'device.unknown': async () => ({ ask: {} }),
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
  'device.setPassword': async (world) => {
    const id = await makeDevice(world)
    return { ask: { params: { id }, body: { requestId: randomUUID(), password: '654321' } }, of: id }
  },
  'device.conversation': ofDevice(),
}

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
  'telemetry.act acknowledge': async (world) => step((await makeAlarm(world)).id, 'acknowledge', { note: '已到现场' }),
}
