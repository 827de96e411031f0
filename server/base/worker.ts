import { sql } from 'kysely'
import { systemContext } from './context.ts'
import { inTx } from './db.ts'
import { hearOnce } from './hearing.ts'
import type { House } from './house.ts'
import { sweepOnce } from './sweep.ts'
import type { Change } from './stream.ts'

export interface Worker {
  wake(): void
  /** Runs until nothing is due and nothing is unheard. For the jump of the clock, the seed and the tests. */
  settle(): Promise<void>
  stop(): Promise<void>
}

const restMillis = 500
const tickMillis = 1000

/** Hears acts, rings timers and runs the rooms' ticks, one round at a time; woken early by every act of this process. */
export function startWorker(house: House): Worker {
  let stopped = false
  let woken = false
  let rouse: () => void = () => {}
  let lastTick = 0
  const told = new Set<number>()
  let chain: Promise<unknown> = Promise.resolve()

  const round = async () => {
    const rang = await sweepOnce(house)
    const heard = await hearOnce(house)
    await tellNew(house, told)
    return rang + heard
  }
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    const next = chain.then(work, work)
    chain = next.catch(() => {})
    return next
  }
  const tick = async () => {
    if (Date.now() - lastTick < tickMillis) return
    lastTick = Date.now()
    // A rule entered through another process counts here within the second.
    await house.renewLaw()
    const ctx = await systemContext(house)
    for (const room of house.rooms) for (const one of room.ticks ?? []) await one(ctx)
  }
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, restMillis)
      rouse = () => {
        clearTimeout(timer)
        resolve()
      }
      if (woken) rouse()
    })

  const running = (async () => {
    while (!stopped) {
      woken = false
      const worked = await queued(async () => {
        await tick()
        return round()
      }).catch((error: unknown) => {
        house.log.error({ err: error }, 'the worker stumbled')
        return 0
      })
      if (worked === 0 && !woken && !stopped) await rest()
    }
  })()

  return {
    wake: () => {
      woken = true
      rouse()
    },
    settle: () =>
      queued(async () => {
        while ((await round()) > 0);
      }),
    stop: async () => {
      stopped = true
      rouse()
      await running
    },
  }
}

/**
 * Tells the streams of acts written since the last round, by whichever process. Acts commit out of the order of their
 * ids, so the last few hundred are looked at again and those already told are passed over.
 */
async function tellNew(house: House, told: Set<number>): Promise<void> {
  const { rows } = await inTx(house.db, ['d:'], (tx) =>
    sql<
      Change & { id: number }
    >`select a.id, c.room, c.id as "caseId", c.reach from base.act a join base.case c on c.id = a.case_id
      where a.id > (select coalesce(max(id), 0) - ${lookedAtAgain} from base.act) and a.id <> all(${[...told]})
      order by a.id`.execute(tx),
  )
  if (rows.length > 0 && told.size > 0)
    await house.stream.tell(rows.map(({ room, caseId, reach }) => ({ room, caseId, reach })))
  told.add(0)
  for (const { id } of rows) told.add(id)
  const newest = rows.at(-1)?.id ?? 0
  for (const id of told) if (id > 0 && id <= newest - lookedAtAgain) told.delete(id)
}

const lookedAtAgain = 500
