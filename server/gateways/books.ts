import type { Spoken, Verdict } from '@plumbline/core/device'
import { type Ctx, read, systemContext } from '../base/context.ts'
import type { House } from '../base/house.ts'
import { noteConnections, noteSpoken } from '../rooms/device/index.ts'

/** Small writes beside the intake, one after the other, so that "connected" and "gone" keep their order. */
export interface Books {
  add(work: (ctx: Ctx) => Promise<unknown>): void
  /** A device's line is open or not: what gathers while others are written goes in one statement. */
  connected(deviceId: string, open: boolean): void
  /** A word in a device's conversation that is no frame. */
  note(deviceId: string, verdict: Verdict, fault?: Spoken['fault']): void
  done(): Promise<unknown>
}

/** So many writes may wait when the database is slow or away: what repeats every second need not pile up. */
const mostWaiting = 1000

export function openBooks(house: House): Books {
  let chain: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let open = new Map<string, boolean>()
  const enqueue = (work: (ctx: Ctx) => Promise<unknown>) => {
    waiting += 1
    chain = chain
      .then(async () => work(await systemContext(house)))
      .catch((error: unknown) => house.log.error({ err: error }, 'a line could not be noted'))
      .finally(() => {
        waiting -= 1
      })
  }
  const add = (work: (ctx: Ctx) => Promise<unknown>) => {
    if (waiting <= mostWaiting) enqueue(work)
  }
  return {
    add,
    connected: (deviceId, isOpen) => {
      open.set(deviceId, isOpen)
      if (open.size > 1) return
      enqueue((ctx) => {
        const all = open
        open = new Map()
        return read(ctx, (tx) => noteConnections(tx, all))
      })
    },
    note: (deviceId, verdict, fault = null) => {
      const spoken = { deviceId, way: 'note', verdict, verified: true, fault, raw: new Uint8Array(0) } as const
      add((ctx) => read(ctx, (tx) => noteSpoken(tx, [{ ...spoken, at: ctx.now }])))
    },
    done: () => chain,
  }
}
