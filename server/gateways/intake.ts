import { getModel, isLead } from '@plumbline/core/device'
import { type Ctx, read, systemContext } from '../base/context.ts'
import type { Db } from '../base/db.ts'
import type { House } from '../base/house.ts'
import { countUnknown, findByMns, noteFresh, noteLines, noteSpoken } from '../rooms/device/index.ts'
import {
  liveFrom,
  makeDays,
  markCommands,
  type Reading,
  saveHappened,
  settleHappenings,
  storeReadings,
  tellDevices,
  watchReadings,
} from '../rooms/telemetry/index.ts'
import type { KnownDevice, Moment, Outcome } from './judge.ts'
import { type Heard, linesOf, type NoteKeeper, noteKeeper, spokenOf } from './notes.ts'

/** A frame of any protocol on its way in, and whom to tell what became of it. */
export interface Arrival extends Heard {
  /** The number it claims. */
  number: string | undefined
  /** What is to be made of it: the ordered list of its protocol. */
  judge(device: KnownDevice | undefined, moment: Moment): Outcome
  /** The command that sets the device's clock, said in its protocol. */
  clockCommand(device: KnownDevice, legalNow: number): Uint8Array | undefined
  /** Called once, when everything of the frame is safe, or with null when it could not be kept: then nothing is answered. */
  settled(outcome: Outcome | null): void
}

export interface Intake {
  take(arrival: Arrival): void
  /** Frames that wait; above `full` the sockets stop reading. */
  readonly waiting: number
  /** Waits until everything taken is settled. */
  drain(): Promise<void>
}

const largestBatch = 1000

/** Frames become facts in batches: whatever has come while one transaction was written goes into the next. */
export function openIntake(house: House, afterwards: (ctx: Ctx) => Promise<void>): Intake {
  const queue: Arrival[] = []
  const keeper = noteKeeper()
  let running: Promise<void> | undefined

  const run = async () => {
    while (queue.length > 0) await settleBatch(queue.splice(0, largestBatch))
    running = undefined
  }
  const settleBatch = async (batch: Arrival[]): Promise<void> => {
    const kept = await keepBatch(batch).catch((error: unknown) => {
      house.log.error({ err: error, frames: batch.length }, 'frames could not be kept')
      return null
    })
    if (kept) {
      for (const [index, outcome] of kept.outcomes.entries()) batch[index]!.settled(outcome)
      // What was kept is answered, and never kept again: what follows from it lies in the outbox and is tried again.
      await follow(kept).catch((error: unknown) => house.log.error({ err: error }, 'what follows from frames waits'))
    } else if (batch.length === 1) batch[0]!.settled(null)
    // One frame that cannot be written must not take its neighbours with it.
    else for (const one of batch) await settleBatch([one])
  }
  const keepBatch = async (batch: readonly Arrival[]) => {
    const ctx = await systemContext(house)
    const moment = momentOf(ctx)
    const mns = batch.flatMap(({ number }) => number ?? [])
    const known = await read(ctx, (tx) => findByMns(tx, [...new Set(mns)]))
    const outcomes = batch.map((one) =>
      withClock(one.judge(known.get(one.number ?? ''), moment), one, moment, keeper.mayAsk),
    )
    const readings = outcomes.flatMap((one) => one.readings)
    await makeDays(
      ctx.db,
      readings.map(({ at }) => at),
    )
    return read(ctx, (tx) => keep(tx, ctx, batch, outcomes, keeper))
  }
  const follow = async ({ tell, happened }: Kept) => {
    const ctx = await systemContext(house)
    if (happened) await settleHappenings(ctx)
    if (happened) house.wake()
    await tellDevices(ctx, tell)
    await afterwards(ctx)
  }

  return {
    take: (arrival) => {
      queue.push(arrival)
      running ??= Promise.resolve().then(run)
    },
    get waiting() {
      return queue.length
    },
    drain: async () => {
      while (running) await running
    },
  }
}

function momentOf(ctx: Ctx): Moment {
  const law = ctx.law()
  const minute = 60_000
  return {
    now: ctx.now,
    legalNow: Date.parse(ctx.now),
    machineNow: Date.now(),
    placing: {
      skewMillis: law.number('telemetry.clock_skew') * minute,
      keptMillis: law.number('telemetry.late') * 60 * minute,
      freshMillis: law.number('telemetry.refresh') * minute,
    },
  }
}

/** Adds the command that sets a device's clock, not more than once in a while. */
function withClock(outcome: Outcome, arrival: Arrival, moment: Moment, mayAsk: (id: string) => boolean): Outcome {
  if (!outcome.setClock || !outcome.device || !mayAsk(outcome.device.id)) return outcome
  const command = arrival.clockCommand(outcome.device, moment.legalNow)
  return command ? { ...outcome, answers: [...outcome.answers, command] } : outcome
}

interface Kept {
  outcomes: Outcome[]
  /** Devices whose readers should look again. */
  tell: string[]
  happened: boolean
}

/** Everything a batch changes, in one transaction: store, watch, mark, note. */
async function keep(
  tx: Db,
  ctx: Ctx,
  batch: readonly Heard[],
  judged: readonly Outcome[],
  { mayNote, mayTell }: NoteKeeper,
): Promise<Kept> {
  const stored = new Set(
    await storeReadings(
      tx,
      judged.flatMap(({ readings }) => readings),
    ),
  )
  const outcomes = judged.map((one) => (isRepeated(one, stored) ? { ...one, verdict: 'repeated' as const } : one))

  const lateOnes = new Set(outcomes.flatMap(({ late, readings }) => (late ? readings : [])))
  const happened = await watchReadings(tx, ctx, [...stored], (reading) => !lateOnes.has(reading))
  const first = firstFrames(outcomes)
  await saveHappened(
    tx,
    ctx,
    first.map((deviceId) => ({ deviceId, kind: 'live', detail: null })),
  )

  const marked = await markCommands(
    tx,
    outcomes.flatMap(({ said }) => said ?? []),
  )
  const woken = await noteFresh(tx, leadValues(outcomes, stored, await liveFrom(ctx)))
  await noteLines(tx, linesOf(batch, outcomes, ctx.now))
  await noteSpoken(tx, spokenOf(batch, outcomes, ctx.now, mayNote))
  await countUnknown(tx, unknownOf(batch, outcomes, ctx.now))

  const unproven = outcomes.flatMap(({ device, verified }) =>
    device && !verified && mayTell(device.id) ? [device.id] : [],
  )
  return { outcomes, tell: [...marked, ...woken, ...unproven], happened: happened.length + first.length > 0 }
}

const isRepeated = ({ readings }: Outcome, stored: ReadonlySet<Reading>) =>
  readings.length > 0 && !readings.some((reading) => stored.has(reading))

/** Devices that have just proved themselves for the first time. */
const firstFrames = (outcomes: readonly Outcome[]): string[] => [
  ...new Set(
    outcomes.flatMap(({ device, verdict }) => (device?.state === 'pending' && verdict === 'stored' ? [device.id] : [])),
  ),
]

/** Normal values of the quantity by which a device is called live, if they are new enough. */
const leadValues = (outcomes: readonly Outcome[], stored: ReadonlySet<Reading>, since: number) =>
  outcomes.flatMap(({ device, readings }) =>
    readings
      .filter(
        (one) =>
          stored.has(one) &&
          one.flag === 'N' &&
          (one.span === 'r' || one.span === 'm') &&
          isLead(getModel(device!.modelCode), one.quantity) &&
          Date.parse(one.at) >= since,
      )
      .map(({ deviceId, at }) => ({ deviceId, at })),
  )

const unknownAtOnce = 50

/** Of a flood under invented numbers only so many are written down at once. */
function unknownOf(batch: readonly Heard[], outcomes: readonly Outcome[], now: string) {
  const mns = [...new Set(outcomes.flatMap(({ unknownMn }) => unknownMn ?? []))].slice(0, unknownAtOnce)
  return outcomes.flatMap(({ unknownMn }, index) => {
    if (!unknownMn || !mns.includes(unknownMn)) return []
    const { address, raw } = batch[index]!
    return [{ mn: unknownMn, at: now, address, raw }]
  })
}
