import type pg from 'pg'
import { projectContract, type ProjectRow } from '@plumbline/core/project'
import type { Reader } from '../county.ts'
import type { Figure } from '../figure.ts'
import { wallNote } from '../options.ts'
import { type Client, demand, repeat } from '../load.ts'
import { type Cost, type Processes, startMeter } from '../meter.ts'
import { growth, median, percentile } from '../statistics.ts'

/** The pages that are measured for one reader: the first, and the twentieth by its cursor. */
export interface Page {
  reader: Reader
  name: 'first' | '20th'
  path: string
  rows: number
}

export interface ListCost {
  page: Page
  size: number
  /** Median over rounds, milliseconds. */
  p95: number
  p50: number
  /** Server and database, microseconds for one request. */
  serverMicros: number
  databaseMicros: number
  costs: Cost[]
}

const limit = 20
const pathOf = (after?: string) =>
  `/api${projectContract.list.path}?limit=${limit}${after ? `&after=${encodeURIComponent(after)}` : ''}`

interface Answered {
  rows: ProjectRow[]
  next: string | null
}

async function ask(client: Client, reader: Reader, path: string): Promise<Answered> {
  const answer = await client.get(path, reader.cookie)
  demand(answer.status === 200, `${reader.what} ${path} answered ${answer.status} ${answer.body.slice(0, 200)}`)
  return JSON.parse(answer.body) as Answered
}

/** Walks to the twentieth page as a person would, and checks on the way that nothing foreign and nothing twice is shown. */
export async function findPages(
  client: Client,
  reader: Reader,
  allowed: (row: ProjectRow) => boolean,
): Promise<Page[]> {
  const seen = new Set<string>()
  const pages: Page[] = []
  let after: string | undefined
  for (let number = 1; number <= 20; number += 1) {
    const path = pathOf(after)
    const { rows, next } = await ask(client, reader, path)
    demand(rows.every(allowed), `${reader.what} was shown a project out of reach`)
    for (const { id } of rows) {
      demand(!seen.has(id), `${reader.what} was shown one project twice`)
      seen.add(id)
    }
    if (number === 1) pages.push({ reader, name: 'first', path, rows: rows.length })
    if (number === 20) pages.push({ reader, name: '20th', path, rows: rows.length })
    if (!next) break
    after = next
  }
  return pages
}

/** Walks the whole list of a reader and holds its length against what the owner counts behind the wall. */
export async function checkWhole(
  client: Client,
  reader: Reader,
  owner: pg.Pool,
  keys: readonly string[],
): Promise<void> {
  let count = 0
  let after: string | undefined
  do {
    const { rows, next } = await ask(client, reader, pathOf(after))
    count += rows.length
    after = next ?? undefined
  } while (after)
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::int as count from base.case where room = 'project' and reach && $1::text[]`,
    [keys],
  )
  demand(count === rows[0]!.count, `${reader.what} saw ${count} projects of ${rows[0]!.count}`)
}

/** Measures each page in each round, all pages in turn inside a round. */
export async function measurePages(
  client: Client,
  pages: readonly Page[],
  size: number,
  times: { rounds: number; requests: number },
  processes: { server: Processes; database: Processes },
): Promise<ListCost[]> {
  const found = pages.map((page) => ({
    page,
    p95: [] as number[],
    p50: [] as number[],
    costs: [] as Cost[],
    requests: [] as number[],
  }))
  for (let round = 0; round < times.rounds; round += 1)
    for (const one of found) {
      const ask = async () => {
        const answer = await client.get(one.page.path, one.page.reader.cookie)
        const rows = answer.body.split('"stateLabel"').length - 1
        demand(answer.status === 200 && rows === one.page.rows, `${one.page.reader.what} got another page`)
        return answer
      }
      // A page that takes a second is not asked for two hundred times.
      const [first] = await repeat(1, 1, ask)
      const requests = Math.max(3, Math.min(times.requests, Math.round(3000 / first!)))
      if (requests > 10) await repeat(40, 2, ask)
      const stop = startMeter(processes)
      const took = await repeat(requests, 2, ask)
      one.costs.push(stop())
      one.requests.push(requests)
      one.p95.push(percentile(took, 0.95))
      one.p50.push(percentile(took, 0.5))
    }
  return found.map(({ page, p95, p50, costs, requests }) => ({
    page,
    size,
    p95: median(p95),
    p50: median(p50),
    serverMicros: median(costs.map(({ cpu }, at) => cpu.server! / requests[at]!)),
    databaseMicros: median(costs.map(({ cpu }, at) => cpu.database! / requests[at]!)),
    costs,
  }))
}

/** Growth of each page over the sizes at which the reader has it: by the wall clock, and by CPU. */
export function listFigures(lists: readonly ListCost[]): Figure[] {
  const names = [...new Set(lists.map(({ page }) => `${page.reader.what} ${page.name}`))]
  return names.flatMap((name) => {
    const points = lists.filter(({ page }) => `${page.reader.what} ${page.name}` === name)
    if (new Set(points.map(({ size }) => size)).size < 3) return []
    const largest = points.at(-1)!
    const id = `B10.list.${name.replace(' ', '.')}`
    const grown = `${points[0]!.size} to ${largest.size} projects`
    const cpu = (point: ListCost) => point.serverMicros + point.databaseMicros
    return [
      {
        id: `${id}.slope`,
        what: `${name} page, growth of p95, ${grown}`,
        figure: growth(points.map(({ size, p95 }) => ({ size, cost: p95 }))),
        unit: 'slope',
        goal: 0.1,
        note: [
          points.map(({ p95 }) => `${p95.toFixed(1)} ms`).join(', '),
          wallNote(points.flatMap(({ costs }) => costs)),
        ]
          .filter(Boolean)
          .join('; '),
      },
      {
        id: `${id}.cpu-slope`,
        what: `${name} page, growth of CPU, ${grown}`,
        figure: growth(points.map((point) => ({ size: point.size, cost: cpu(point) }))),
        unit: 'slope',
        goal: 0.1,
        note: points.map((point) => `${Math.round(cpu(point))} us`).join(', '),
      },
    ]
  })
}
