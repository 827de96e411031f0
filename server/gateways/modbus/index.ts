import { type Device, getModel } from '@plumbline/core/device'
import { measurement } from '@plumbline/core/telemetry'
import { read, systemContext } from '../../base/context.ts'
import type { House } from '../../base/house.ts'
import { findPolled, noteSpoken } from '../../rooms/device/index.ts'
import { openBooks } from '../books.ts'
import type { Intake } from '../intake.ts'
import { type KnownDevice, type Moment, nothing, type Outcome, retired, stranger, taken } from '../judge.ts'
import { type Asked, askDevice } from './ask.ts'

export interface ModbusGateway {
  stop(): Promise<void>
}

const lookEvery = 1_000
const mostAtOnce = 32

/** Asks the meters that only answer: each at the period of its model, at the address in its settings. */
export function startModbus(house: House, intake: Intake): ModbusGateway {
  const books = openBooks(house)
  const askedAt = new Map<string, number>()
  const reached = new Map<string, boolean>()
  const asking = new Set<Promise<void>>()
  let stopped = false

  const ask = async (device: Device) => {
    const here = await house.clock.isDemo()
    const asked = await askDevice(device.settings.modbus!, getModel(device.modelCode).registers ?? [], here).catch(
      (error: unknown) => {
        house.log.info({ mn: device.mn, err: error }, 'a Modbus device was not reached')
        return null
      },
    )
    if (reached.get(device.id) !== (asked !== null)) {
      reached.set(device.id, asked !== null)
      books.connected(device.id, asked !== null)
    }
    if (!asked || stopped) return
    await noteAsked(house, device, asked)
    await settle(intake, device, asked)
  }
  const look = async () => {
    const ctx = await systemContext(house)
    const now = Date.parse(ctx.now)
    for (const device of await read(ctx, findPolled)) {
      const period = Math.min(...getModel(device.modelCode).quantities.map((one) => one.period)) * 1000
      if (stopped || asking.size >= mostAtOnce || now - (askedAt.get(device.id) ?? 0) < period) continue
      askedAt.set(device.id, now)
      const work = ask(device).finally(() => asking.delete(work))
      asking.add(work)
    }
  }
  const timer = setInterval(() => books.add(look), lookEvery)

  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await Promise.all(asking)
      await books.done()
    },
  }
}

/** The question stands in the conversation before its answer. */
async function noteAsked(house: House, { id }: Device, { sent }: Asked): Promise<void> {
  const ctx = await systemContext(house)
  const spoken = { deviceId: id, way: 'out', at: ctx.now, raw: sent, verdict: 'sent', verified: true } as const
  await read(ctx, (tx) => noteSpoken(tx, [{ ...spoken, fault: null }]))
}

function settle(intake: Intake, { mn, settings }: Device, asked: Asked): Promise<void> {
  const { host, port } = settings.modbus!
  return new Promise((resolve) =>
    intake.take({
      raw: asked.heard,
      address: `${host}:${port}`,
      number: mn,
      judge: (device, moment) => judge(asked, device, moment),
      clockCommand: () => undefined,
      settled: () => resolve(),
    }),
  )
}

/** The moment of the answer is that of the values: such a device has no clock. */
function judge(asked: Asked, device: KnownDevice | undefined, moment: Moment): Outcome {
  if (!device) return stranger(undefined)
  const gone = retired(device)
  if (gone) return gone
  const fault = asked.fault === null ? null : { reason: asked.fault }
  const measured = asked.values.flatMap(({ quantity, value }) => measurement(quantity, value, 'N') ?? [])
  const outcome = { ...nothing, device, verdict: 'not_understood' as const, verified: true, fault }
  return measured.length === 0
    ? outcome
    : taken(outcome, 'r', Math.floor(moment.legalNow / 1000) * 1000, measured, moment)
}
