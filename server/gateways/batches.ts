import { setTimeout as wait } from 'node:timers/promises'

export interface Limits {
  /** Items of one batch. */
  largest: number
  /** So many batches are written at once, each with items of its own. */
  lanes: number
  /** Above either of these nothing more is read. */
  mostWaiting: number
  mostBytes: number
}

export const usualLimits: Limits = { largest: 1000, lanes: 2, mostWaiting: 16_000, mostBytes: 64 * 1024 * 1024 }

export interface Batches<T> {
  /** Items of one key keep their order. */
  take(item: T, key: string | undefined, bytes: number): void
  /** Has a lane write what it holds back, with an empty batch if nothing comes. */
  poke(lane: number): void
  readonly waiting: number
  readonly isFull: boolean
  /** Calls back once, when there is room again. */
  whenRoom(then: () => void): void
  /** Why nothing can be written, and since when (milliseconds); null while it can. */
  readonly trouble: { error: unknown; since: number } | null
  /** When the work now under way began. */
  readonly busySince: number | null
  /** Waits until everything taken is settled. While nothing can be written, what waits is given up. */
  drain(): Promise<void>
}

export interface Work<T> {
  /** Writes a batch, whole or not at all; an empty one when the lane was poked. */
  write(lane: number, items: readonly T[]): Promise<void>
  /** Whether it was the database that could not write, rather than an item that cannot be written. */
  isOutage(error: unknown): boolean
  /** An item that cannot be written, or an empty batch that cannot. */
  drop(item: T | undefined, error: unknown): void
}

const firstRest = 100
const longestRest = 2_000

interface Item<T> {
  item: T
  bytes: number
}

interface LaneState<T> {
  queue: Item<T>[]
  running: Promise<void> | undefined
  busySince: number | null
  poked: boolean
}

/**
 * Gathers items while a batch is written, and writes what has gathered as the next. A batch with an item that cannot be
 * written is halved until that one stands alone; when the database cannot write, the batch waits and is tried again.
 */
export function openBatches<T>(work: Work<T>, given: Partial<Limits> = {}): Batches<T> {
  const { largest, lanes, mostWaiting, mostBytes } = { ...usualLimits, ...given }
  const states = Array.from({ length: lanes }, (): LaneState<T> => ({
    queue: [],
    running: undefined,
    busySince: null,
    poked: false,
  }))
  let waiting = 0
  let bytes = 0
  let draining = false
  let trouble: { error: unknown; since: number } | null = null
  let roomWanted: (() => void)[] = []

  const isFull = () => waiting >= mostWaiting || bytes >= mostBytes
  const done = (items: readonly Item<T>[]) => {
    waiting -= items.length
    for (const one of items) bytes -= one.bytes
    if (isFull() || roomWanted.length === 0) return
    const wanted = roomWanted
    roomWanted = []
    for (const then of wanted) then()
  }
  const run = async (lane: number, state: LaneState<T>) => {
    while (state.queue.length > 0 || state.poked) {
      state.poked = false
      const items = state.queue.splice(0, largest)
      state.busySince = Date.now()
      await settle(lane, state, items)
      state.busySince = null
      done(items)
    }
    state.running = undefined
  }
  const settle = async (lane: number, state: LaneState<T>, items: readonly Item<T>[]): Promise<void> => {
    for (let rest = firstRest; ; rest = Math.min(rest * 2, longestRest)) {
      const error = await attempt(lane, items)
      if (error === undefined) {
        trouble = null
        return
      }
      if (!work.isOutage(error)) return halve(lane, state, items, error)
      trouble = { error, since: trouble?.since ?? Date.now() }
      if (draining) {
        for (const { item } of items) work.drop(item, error)
        return
      }
      await wait(rest)
    }
  }
  const attempt = async (lane: number, items: readonly Item<T>[]): Promise<unknown> => {
    try {
      const written = items.map(({ item }) => item)
      await work.write(lane, written)
      return undefined
    } catch (error) {
      return error ?? new Error('unknown')
    }
  }
  const halve = async (lane: number, state: LaneState<T>, items: readonly Item<T>[], error: unknown): Promise<void> => {
    if (items.length < 2) return work.drop(items[0]?.item, error)
    const middle = items.length >> 1
    await settle(lane, state, items.slice(0, middle))
    await settle(lane, state, items.slice(middle))
  }

  // Not at once: other sockets may have been read in the same turn.
  const start = (lane: number, state: LaneState<T>) => {
    state.running ??= new Promise<void>((resolve) => setImmediate(() => void run(lane, state).then(resolve)))
  }

  return {
    poke: (lane) => {
      const state = states[lane]!
      state.poked = true
      start(lane, state)
    },
    take: (item, key, size) => {
      const lane = laneOf(key, lanes)
      const state = states[lane]!
      state.queue.push({ item, bytes: size })
      waiting += 1
      bytes += size
      start(lane, state)
    },
    get waiting() {
      return waiting
    },
    get isFull() {
      return isFull()
    },
    whenRoom: (then) => {
      if (isFull()) roomWanted.push(then)
      else then()
    },
    get trouble() {
      return trouble
    },
    get busySince() {
      const since = states.flatMap((state) => state.busySince ?? [])
      return since.length === 0 ? null : Math.min(...since)
    },
    drain: async () => {
      draining = true
      for (;;) {
        const running = states.flatMap((state) => state.running ?? [])
        if (running.length === 0) break
        await Promise.all(running)
      }
      draining = false
    },
  }
}

function laneOf(key: string | undefined, lanes: number): number {
  if (key === undefined || lanes === 1) return 0
  let sum = 0
  for (let index = 0; index < key.length; index += 1) sum = Math.imul(sum ^ key.charCodeAt(index), 0x01000193)
  return ((sum ^ (sum >>> 15)) >>> 0) % lanes
}
