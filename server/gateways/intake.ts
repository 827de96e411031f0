import type { Ctx } from '../base/context.ts'
import { inLane, type Lane, openPool } from '../base/db.ts'
import type { House } from '../base/house.ts'
import { countUnknown, keepSpoken, prepareLines, prepareSpoken } from '../rooms/device/index.ts'
import {
  markCommands,
  noteQuarantined,
  prepareLatest,
  prepareReadings,
  type Reading,
  reopenHours,
  saveProven,
  settleHappenings,
  storeEvents,
  type Stored,
  storeReadings,
  tellDevices,
  type Told,
  watchReadings,
} from '../rooms/telemetry/index.ts'
import { type Batches, type Limits, openBatches } from './batches.ts'
import { type Gathering, openGathering } from './gathering.ts'
import type { KnownDevice, Moment, Outcome } from './judge.ts'
import { type Now, openMoments } from './moments.ts'
import { type Heard, type Lines, linesOf, noteKeeper, type NoteKeeper, sortOut, spokenOf, unknownOf } from './notes.ts'
import { isOutage } from './outage.ts'
import { openRegister } from './register.ts'

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

export interface Intake extends Pick<Batches<Arrival>, 'waiting' | 'isFull' | 'whenRoom' | 'trouble' | 'busySince'> {
  take(arrival: Arrival): void
  /** Waits until everything taken is settled, and what followed from it is done. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** Frames become facts in batches: whatever has come while one transaction was written goes into the next. */
export function openIntake(
  house: House,
  afterwards: (ctx: Ctx) => Promise<void>,
  limits: Partial<Limits> = {},
): Intake {
  const pool = openPool(house.settings.databaseUrl, 2)
  const register = openRegister(house)
  const now = openMoments(house)
  const keeper = noteKeeper()
  const gathering = openGathering((lane) => batches.poke(lane))
  const following = followUp(house, afterwards)

  /** Every batch passes this list, from top to bottom. Nothing of a frame is answered before its end. */
  const write = async (lane: number, batch: readonly Arrival[]): Promise<void> => {
    const moment = await now()
    const { ctx } = moment
    const devices = await register.find(batch.map(({ number }) => number))
    const judged = batch.map((one, index) => judge(one, devices[index], moment.moment))
    const told = await prepareReadings(
      ctx.db,
      judged.map(({ readings }) => readings),
    )
    await prepareSpoken(ctx.db, ctx.now)
    await prepareLatest(ctx.db)
    await prepareLines(ctx.db)
    const attempt = (due: boolean) =>
      inLane(pool, ctx.actor.keys, (tx) => keep(tx, moment, batch, judged, told, { lane, due, keeper, gathering }))
    const kept = gathering.isDue(lane, batch.length)
      ? await attempt(true).catch((error: unknown) => {
          if (isOutage(error)) throw error
          // Of two evils the smaller: counters are given up before frames are.
          house.log.error({ err: error }, 'counters and newest values could not be written')
          gathering.clear(lane)
          return attempt(false)
        })
      : await attempt(false)
    if (kept.wrote) gathering.clear(lane)
    else gathering.add(lane, kept.lines, kept.packets)
    for (const [index, outcome] of kept.outcomes.entries()) settle(batch[index]!, outcome)
    for (const deviceId of kept.first) register.forget(deviceId)
    following.add([...kept.tell, ...(await kept.woken)], kept.happened)
  }
  /** What is kept is never kept again, whatever becomes of its answer. */
  const settle = (arrival: Arrival, outcome: Outcome | null) => {
    try {
      arrival.settled(outcome)
    } catch (error) {
      house.log.error({ err: error, number: arrival.number }, 'a frame could not be answered')
    }
  }
  const judge = (one: Arrival, device: KnownDevice | undefined, moment: Moment): Outcome =>
    withClock(one.judge(device, moment), one, moment, keeper.mayAsk)

  const batches = openBatches<Arrival>(
    {
      write,
      isOutage,
      drop: (arrival, error) => {
        house.log.error({ err: error, number: arrival?.number }, 'a frame could not be kept')
        if (arrival) settle(arrival, null)
      },
    },
    limits,
  )
  return {
    take: (arrival) => batches.take(arrival, arrival.number, arrival.raw.length),
    get waiting() {
      return batches.waiting
    },
    get isFull() {
      return batches.isFull
    },
    whenRoom: batches.whenRoom,
    get trouble() {
      return batches.trouble
    },
    get busySince() {
      return batches.busySince
    },
    drain: async () => {
      gathering.poke()
      await batches.drain()
      await following.done()
    },
    close: async () => {
      gathering.close()
      await register.close()
      await pool.end()
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
  /** Devices that have just proved themselves for the first time. */
  first: readonly string[]
  /** Devices whose readers should look again; those that became live with it are known when it is committed. */
  tell: string[]
  woken: Promise<string[]>
  happened: boolean
  /** Counters and newest values, and whether they are written. */
  lines: Lines
  packets: Stored['packets']
  wrote: boolean
}

interface Books {
  lane: number
  due: boolean
  keeper: NoteKeeper
  gathering: Gathering
}

/** Everything a batch changes, in one transaction: store, watch, mark, note. */
async function keep(
  tx: Lane,
  { ctx, moment, liveFrom }: Now,
  batch: readonly Heard[],
  judged: readonly Outcome[],
  told: Told,
  { lane, due, keeper, gathering }: Books,
): Promise<Kept> {
  const stored = await storeReadings(tx, told)
  const events = new Set(
    await storeEvents(
      tx.db,
      ctx,
      judged.flatMap((one) => one.events),
    ),
  )
  const outcomes = judged.map((one, index) =>
    isRepeated(one, stored.fresh[index]!, events) ? { ...one, verdict: 'repeated' as const } : one,
  )
  tx.later(keepSpoken(ctx.db, tx, spokenOf(batch, outcomes, ctx.now, keeper.mayNote)))

  const { devices, first, late, quarantined, said, unproven } = sortOut(outcomes, stored.fresh, moment)
  const happened = await watchReadings(tx.db, ctx, stored.fresh.flat(), (reading) => !late.has(reading), devices)
  await reopenHours(tx.db, ctx, [...late])
  await noteQuarantined(tx.db, quarantined)
  const proven = await saveProven(tx.db, ctx, [...first])
  const marked = await markCommands(tx.db, said)
  await countUnknown(tx.db, unknownOf(batch, outcomes, ctx.now))

  const lines = linesOf(batch, outcomes, stored.fresh, ctx.now, liveFrom)
  const woken = due ? gathering.write(tx, ctx, lane, lines, stored.packets) : Promise.resolve([])
  return {
    outcomes,
    first: proven,
    tell: [...marked, ...[...unproven].filter(keeper.mayTell)],
    woken,
    happened: happened.length + proven.length > 0,
    lines,
    packets: stored.packets,
    wrote: due,
  }
}

const isRepeated = ({ readings, events }: Outcome, fresh: readonly Reading[], stored: ReadonlySet<unknown>) =>
  readings.length + events.length > 0 && fresh.length === 0 && !events.some((one) => stored.has(one))

/**
 * What was kept is answered, and never kept again: what follows from it lies in the outbox and is tried again. It is done
 * beside the batches, one round at a time for all that have come meanwhile.
 */
function followUp(house: House, afterwards: (ctx: Ctx) => Promise<void>) {
  let waiting: { tell: Set<string>; happened: boolean } | undefined
  let running: Promise<void> | undefined
  const run = async (now: () => Promise<Now>) => {
    while (waiting) {
      const { tell, happened } = waiting
      waiting = undefined
      const { ctx } = await now()
      if (happened) {
        await settleHappenings(ctx)
        // Orders first: a sprayer waits for nobody's page.
        await afterwards(ctx)
        house.wake()
      }
      await tellDevices(ctx, [...tell])
    }
  }
  const now = openMoments(house)
  return {
    add: (tell: readonly string[], happened: boolean) => {
      if (tell.length === 0 && !happened) return
      waiting ??= { tell: new Set(), happened: false }
      for (const one of tell) waiting.tell.add(one)
      waiting.happened ||= happened
      running ??= run(now)
        .catch((error: unknown) => house.log.error({ err: error }, 'what follows from frames waits'))
        .finally(() => {
          running = undefined
        })
    },
    done: async () => {
      while (running) await running
    },
  }
}
