import type { Lane } from '../base/db.ts'
import type { Ctx } from '../base/context.ts'
import { noteLines } from '../rooms/device/index.ts'
import { addNewest, saveLatest, type Stored, type Waiting } from '../rooms/telemetry/index.ts'
import { gatherLines, joinLines, type Lines } from './notes.ts'

/** Counters and newest values are written with the frames that brought them, and under load this often. */
const gatherMillis = 1_000
/** A batch of so few frames is no load. */
const fewFrames = 4

/** What is written later than the frames that brought it. A lane has devices of its own. */
interface Gathered {
  lines: Lines
  newest: Waiting
  due: boolean
  timer: NodeJS.Timeout | undefined
}

export interface Gathering {
  /** Whether what has gathered in a lane is written with a batch of so many frames. */
  isDue(lane: number, frames: number): boolean
  /**
   * Writes what has gathered and what this batch adds; both statements are sent before this waits. Answers the devices
   * that became live with it. Nothing gathered is changed, so that it can be tried again.
   */
  write(tx: Lane, ctx: Ctx, lane: number, lines: Lines, packets: Stored['packets']): Promise<string[]>
  /** It is written: the lane begins anew. */
  clear(lane: number): void
  /** Adds a batch whose transaction did not write it. */
  add(lane: number, lines: Lines, packets: Stored['packets']): void
  /** Has everything written that waits. */
  poke(): void
  close(): void
}

/** `poke` makes a lane write a batch, an empty one if nothing comes. */
export function openGathering(poke: (lane: number) => void): Gathering {
  const lanes = new Map<number, Gathered>()
  const wake = (lane: number, gathered: Gathered) => {
    gathered.due = true
    poke(lane)
  }
  return {
    isDue: (lane, frames) => frames <= fewFrames || lanes.get(lane)?.due === true,
    write: (tx, ctx, lane, lines, packets) => {
      const before = lanes.get(lane)
      const newest = new Map([...(before?.newest ?? [])].map(([id, ones]) => [id, [...ones]]))
      addNewest(newest, packets)
      tx.later(saveLatest(ctx.db, tx, newest))
      const woken = noteLines(ctx.db, tx, [...joinLines(before?.lines ?? new Map(), lines).values()])
      tx.later(woken)
      return woken
    },
    clear: (lane) => {
      clearTimeout(lanes.get(lane)?.timer)
      lanes.delete(lane)
    },
    add: (lane, lines, packets) => {
      const known = lanes.get(lane)
      const gathered: Gathered = known ?? { lines: new Map(), newest: new Map(), due: false, timer: undefined }
      if (!known) {
        gathered.timer = setTimeout(() => wake(lane, gathered), gatherMillis)
        lanes.set(lane, gathered)
      }
      gatherLines(gathered.lines, lines)
      addNewest(gathered.newest, packets)
    },
    poke: () => {
      for (const [lane, gathered] of lanes) wake(lane, gathered)
    },
    close: () => {
      for (const { timer } of lanes.values()) clearTimeout(timer)
    },
  }
}
