import { type Client, demand, repeat } from '../load.ts'
import { type Cost, type Processes, startMeter } from '../meter.ts'
import { median } from '../statistics.ts'

/** One way of reading, to be compared with the others inside the same round. */
export interface Variant {
  name: string
  client: Client
  server: Processes
  path(turn: number): string
  cookie?: string
  /** What a right answer holds. */
  holds(body: string, turn: number): boolean
}

export interface VariantCost {
  name: string
  /** By round, microseconds of CPU for one request: the server process alone, and with the database's processes. */
  server: number[]
  whole: number[]
  costs: Cost[]
}

/** Eight requests outstanding, every answer checked; all variants in each round, the order turning. */
export async function compare(
  variants: readonly Variant[],
  times: { rounds: number; requests: number },
  database: Processes,
): Promise<VariantCost[]> {
  const found = variants.map(({ name }) => ({
    name,
    server: [] as number[],
    whole: [] as number[],
    costs: [] as Cost[],
  }))
  for (let round = 0; round < times.rounds; round += 1)
    for (let at = 0; at < variants.length; at += 1) {
      const turn = (at + round) % variants.length
      const cost = await measure(variants[turn]!, times.requests, database)
      found[turn]!.costs.push(cost)
      found[turn]!.server.push(cost.cpu.server! / times.requests)
      found[turn]!.whole.push((cost.cpu.server! + cost.cpu.database!) / times.requests)
    }
  return found
}

async function measure(
  { client, server, path, cookie, holds, name }: Variant,
  requests: number,
  database: Processes,
): Promise<Cost> {
  const ask = async (turn: number) => {
    const answer = await client.get(path(turn), cookie)
    demand(
      answer.status === 200 && holds(answer.body, turn),
      `${name} answered ${answer.status} ${answer.body.slice(0, 200)}`,
    )
    return answer
  }
  // A second of warm-up: a cold process spends more on compiling than on answering.
  for (const until = performance.now() + 1000; performance.now() < until;) await repeat(50, 8, ask)
  const stop = startMeter({ server, database })
  await repeat(requests, 8, ask)
  return stop()
}

/** The median over rounds of one variant against another in the same round. */
export const ratio = (one: readonly number[], other: readonly number[]): number =>
  median(one.map((value, round) => value / other[round]!))
