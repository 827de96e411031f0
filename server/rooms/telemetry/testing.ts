import { randomUUID } from 'node:crypto'
import { baseContract } from '@plumbline/core/base'
import { type Device, deviceContract, type NewDevice } from '@plumbline/core/device'
import { telemetryContract } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { type Ctx, read, systemContext } from '../../base/context.ts'
import { inLane, openPool } from '../../base/db.ts'
import { findDevice, goLive } from '../device/index.ts'
import { settleHappenings } from './happenings.ts'
import { addNewest, prepareLatest, saveLatest } from './latest.ts'
import { prepareReadings, storeReadings } from './packets.ts'
import type { Reading } from './readings.ts'
import { type Happened, watchReadings } from './watching.ts'

/** A value as a test tells it; `ago` in seconds before now. */
export interface Value {
  quantity: string
  value: number
  ago?: number
  flag?: string | null
  span?: Reading['span']
}

/** A desk at which devices are entered and heard without a line: values go the way of every frame from storing on. */
export async function openEars(house: TestHouse) {
  const pool = openPool(house.house.settings.databaseUrl, 2)
  const { house: tools } = house

  const readingsOf = (device: Device, now: string, values: readonly Value[]): Reading[] =>
    values.map(({ quantity, value, ago = 0, flag = 'N', span = 'r' }) => ({
      ...{ deviceId: device.id, quantity, span, value, flag, receivedAt: now },
      at: new Date(Date.parse(now) - ago * 1000).toISOString(),
    }))

  const deviceOf = async (id: string): Promise<Device> => {
    const ctx = await systemContext(tools)
    return (await read(ctx, (tx) => findDevice(tx, id)))!
  }

  return {
    /** Enters a device of a model and lets it live. */
    enter: async (cookie: string, device: Partial<NewDevice> & { modelCode: string; projectId: string }) => {
      const body = {
        requestId: randomUUID(),
        password: '123456',
        mn: randomUUID().replaceAll('-', '').slice(0, 20),
        ...device,
      }
      const answer = await house.call(cookie, deviceContract.onboard, {
        body: { name: `设备${body.mn.slice(0, 6)}`, ...body },
      })
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
      await goLive(await systemContext(tools), answer.body.id)
      return answer.body.id
    },
    configure: (cookie: string, id: string, input: object) =>
      house.call(cookie, deviceContract.act, {
        params: { id },
        body: {
          requestId: randomUUID(),
          action: 'configure',
          input: { limits: [], rated: {}, modbus: null, ...input },
        },
      }),
    /** Stores values and watches them in one transaction; what they bring about waits in the outbox. */
    store: async (id: string, values: readonly Value[]): Promise<Happened[]> => {
      const ctx = await systemContext(tools)
      const device = await deviceOf(id)
      const told = await prepareReadings(ctx.db, [readingsOf(device, ctx.now, values)])
      await prepareLatest(ctx.db)
      return inLane(pool, ctx.actor.keys, async (lane) => {
        const { fresh, packets } = await storeReadings(lane, told)
        const newest = new Map()
        addNewest(newest, packets)
        lane.later(saveLatest(ctx.db, lane, newest))
        return watchReadings(lane.db, ctx, fresh.flat(), () => true, new Map([[id, device]]))
      })
    },
    settle: async () => {
      await settleHappenings(await systemContext(tools))
      await tools.settle()
    },
    alarms: async (cookie: string, deviceId: string) =>
      (await house.call(cookie, telemetryContract.alarms, { query: { deviceId } })).body.rows,
    close: () => pool.end(),
  }
}
export type Ears = Awaited<ReturnType<typeof openEars>>

/** A house with the cast in it, whose devices are heard. */
export async function openListening(options: { worker?: boolean } = {}) {
  const house = await openTestHouse(options)
  const cast = await openCast(house)
  const ears = await openEars(house)
  const close = async () => {
    await ears.close()
    await house.close()
  }
  return { house, cast, ears, close }
}

/** The same at noon of a day, when those assigned are told; no worker: the tests themselves say when time passes. */
export async function openOffice() {
  const listening = await openListening({ worker: false })
  const { house, cast, ears } = listening
  const moveClock = async (hours: number) => {
    await sql`update base.clock set offset_ms = offset_ms + ${hours * 3_600_000}`.execute(house.house.db)
    house.house.clock.forget()
  }
  const { now: opened } = await systemContext(house.house)
  await moveClock((12 - new Date(Date.parse(opened) + 8 * 3_600_000).getUTCHours() + 24) % 24)
  const settle = async () => settleHappenings(await systemContext(house.house))
  const messagesOf = async (cookie: string) =>
    (await house.call(cookie, baseContract.messages, { query: { limit: 100 } })).body.rows
  return {
    ...listening,
    moveClock,
    settle,
    messagesOf,
    /** Some minutes from now. */
    at: async (minutes: number): Promise<Ctx> => {
      const { now } = await systemContext(house.house)
      return systemContext(house.house, { now: new Date(Date.parse(now) + minutes * 60_000).toISOString() })
    },
    enter: (modelCode: string, projectId = cast.projectId) => ears.enter(cast.chief, { modelCode, projectId }),
    alarmOf: async (deviceId: string) => (await ears.alarms(cast.chief, deviceId))[0]!,
    about: async (cookie: string, id: string) => (await messagesOf(cookie)).filter(({ caseId }) => caseId === id),
    act: (cookie: string, id: string, action: 'acknowledge' | 'shelve' | 'unshelve' | 'judge', input: object) =>
      house.call(cookie, telemetryContract.act, {
        params: { id },
        body: { requestId: randomUUID(), action, input } as never,
      }),
    overload: async (crane: string, value: number) => {
      await ears.store(crane, [{ quantity: 'momentPercent', value }])
      await settle()
    },
  }
}
