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
  /** Asks every meter that is due, and waits for what they answer. */
  ask(): Promise<void>
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
  const noteQuestion = questionNotes(house)
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
    await noteQuestion(device.id, asked.sent)
    await settle(intake, device, asked)
  }
  /** Begins to ask whoever is due. Answers how many must wait until others have been asked. */
  const look = async (): Promise<number> => {
    const ctx = await systemContext(house)
    const now = Date.parse(ctx.now)
    let waiting = 0
    for (const device of await read(ctx, findPolled)) {
      const period = Math.min(...getModel(device.modelCode).quantities.map((one) => one.period)) * 1000
      if (stopped || now - (askedAt.get(device.id) ?? 0) < period) continue
      if (asking.size >= mostAtOnce) {
        waiting += 1
        continue
      }
      askedAt.set(device.id, now)
      const work = ask(device)
        .catch((error: unknown) => house.log.error({ mn: device.mn, err: error }, 'what a meter told was not kept'))
        .finally(() => asking.delete(work))
      asking.add(work)
    }
    return waiting
  }
  const timer = setInterval(() => books.add(look), lookEvery)

  return {
    ask: async () => {
      while ((await look()) > 0) await Promise.all(asking)
      await Promise.all(asking)
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await Promise.all(asking)
      await books.done()
    },
  }
}

/** The question stands in the conversation before its answer. Those that come while some are written go together next. */
function questionNotes(house: House): (deviceId: string, sent: Uint8Array) => Promise<void> {
  let waiting: { deviceId: string; raw: Uint8Array }[] = []
  let written: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  const write = async () => {
    const questions = waiting
    waiting = []
    next = undefined
    const ctx = await systemContext(house)
    const spoken = { way: 'out', at: ctx.now, verdict: 'sent', verified: true, fault: null } as const
    await read(ctx, (tx) =>
      noteSpoken(
        tx,
        questions.map((one) => ({ ...one, ...spoken })),
      ),
    )
  }
  return (deviceId, raw) => {
    waiting.push({ deviceId, raw })
    if (!next) {
      next = written.then(write, write)
      written = next
    }
    return next
  }
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
