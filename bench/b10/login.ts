import { verify } from '@node-rs/argon2'
import { setTimeout as wait } from 'node:timers/promises'
import type { Child } from '../child.ts'
import type { Reader } from '../county.ts'
import { demand, openClient } from '../load.ts'
import { type Cost, type Processes, startMeter } from '../meter.ts'
import { percentile } from '../statistics.ts'

export const password = 'a long password of the bench'

export interface LoginRound {
  /** Raw verifications with four in flight, and the same number of logins over HTTP: microseconds. */
  limit: Cost
  logins: Cost
  /** What somebody else waited meanwhile, milliseconds. */
  othersP99: number
}

/** As many raw verifications as there will be logins, then the logins, all sent at once while another person reads. */
export async function loginRound(
  server: Child,
  readers: readonly Reader[],
  other: Reader,
  hash: string,
  database: Processes,
): Promise<LoginRound> {
  const limit = await rawVerifications(readers.length, hash)
  const client = openClient(server.port, readers.length)
  const prober = openClient(server.port, 1)
  const stop = startMeter({ server: server.processes, database })
  let over = false
  const waited = probe(prober, other, () => over)
  const answers = await Promise.all(readers.map(({ login }) => client.post('/api/session', { login, password })))
  const logins = stop()
  over = true
  const others = await waited
  client.close()
  prober.close()
  demand(
    answers.every(({ status, cookie }) => status === 200 && cookie?.startsWith('plumbline=')),
    `a login was answered ${answers.find(({ status }) => status !== 200)?.body}`,
  )
  demand(new Set(answers.map(({ cookie }) => cookie)).size === readers.length, 'two people got one session')
  return { limit, logins, othersP99: percentile(others, 0.99) }
}

/** The limit: nothing but argon2, four in flight as the product allows itself. */
async function rawVerifications(times: number, hash: string): Promise<Cost> {
  const stop = startMeter({ server: () => [process.pid] })
  let left = times
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (left-- > 0) demand(await verify(hash, password), 'the password fits')
    }),
  )
  return stop()
}

/** A signed-in person asks again and again who he is: the cheapest request that reads everything his powers rest on. */
async function probe(client: ReturnType<typeof openClient>, reader: Reader, isOver: () => boolean): Promise<number[]> {
  const took: number[] = []
  do {
    const { status, millis } = await client.get('/api/session', reader.cookie)
    demand(status === 200, 'the session stays')
    took.push(millis)
    await wait(20)
  } while (!isOver())
  return took
}
