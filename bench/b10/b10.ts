import { hash as hashPassword } from '@node-rs/argon2'
import { assignedKey, districtKey, orgKey, postKey } from '@plumbline/core/access'
import { canPin, type Child, startBare, startServer } from '../child.ts'
import { type Cluster, startCluster } from '../cluster.ts'
import {
  contractorOf,
  enterReaders,
  foundCounty,
  headOffice,
  type NewReader,
  projectCopies,
  projectIdOf,
  type Reader,
  templates,
  townOf,
} from '../county.ts'
import type { Figure } from '../figure.ts'
import { demand, openClient } from '../load.ts'
import { multiply } from '../multiply.ts'
import { type Options, wallNote } from '../options.ts'
import { median } from '../statistics.ts'
import { compare, ratio, type Variant } from './detail.ts'
import { checkWhole, findPages, type ListCost, listFigures, measurePages } from './list.ts'
import { loginRound, password } from './login.ts'
import { streamChange } from './stream.ts'

const county = townOf(0).slice(0, 6)
const subsidiaries = Array.from({ length: 20 }, (_, no) => contractorOf(no))

/** The four who read: one who sees all, one twelfth, one tenth through twenty units, and one project. */
const readers: (NewReader & { keys: string[] })[] = [
  { what: 'county', capacity: 'chief', districts: [county], keys: [districtKey(county)] },
  {
    what: 'town',
    capacity: 'inspector',
    districts: [townOf(0)],
    keys: [districtKey(townOf(0)), assignedKey(projectIdOf(0))],
  },
  { what: 'head-office', capacity: 'company', orgId: headOffice, keys: [headOffice, ...subsidiaries].map(orgKey) },
  {
    what: 'site',
    capacity: 'project_manager',
    orgId: contractorOf(7),
    projectId: projectIdOf(7),
    keys: [postKey(projectIdOf(7), contractorOf(7))],
  },
]

/** argon2id as account/password.ts sets it; all logins of the bench share one hash, each verification costs the same. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export async function b10(options: Options): Promise<Figure[]> {
  const cluster = await startCluster()
  try {
    options.say('B10: founding the county')
    const projects = await foundCounty(cluster)
    const people = options.quick ? 200 : 1000
    const hash = await hashPassword(password, cost)
    const entered = await enterReaders(
      cluster,
      [
        ...readers,
        { what: 'admin', capacity: 'admin', districts: [county] },
        { what: 'subject', capacity: 'clerk', districts: [county] },
      ],
      hash,
    )
    const officers = await enterReaders(
      cluster,
      Array.from({ length: people }, (_, no) => ({
        what: `officer-${no}`,
        capacity: 'inspector' as const,
        districts: [townOf(no)],
      })),
      hash,
    )
    // Before the register grows: neither rests on its size.
    const logins = await loginFigures(cluster, entered, officers, hash, options)
    const streams = await streamFigures(cluster, entered, options)
    for (const { what, figure, unit } of [...logins, ...streams])
      options.say(`B10: ${what}: ${figure.toFixed(2)} ${unit}`)
    const sizes = options.quick ? [1_000, 10_000, 78_000] : [1_000, 10_000, 78_000, 1_000_000]
    const lists: ListCost[] = []
    const details: Figure[] = []
    let from = templates
    for (const size of sizes) {
      if (size > from) {
        const started = performance.now()
        await multiply(cluster.owner, 'project', projectCopies(projects), from, size)
        options.say(`B10: ${size} projects, written in ${Math.round((performance.now() - started) / 1000)} s`)
        from = size
      }
      lists.push(...(await withServer(cluster, 0, (server) => measureList(cluster, server, entered, size, options))))
      details.push(...(await measureDetail(cluster, entered, size, options)))
    }
    return [...listFigures(lists), ...details, ...logins, ...streams]
  } finally {
    await cluster.stop()
  }
}

async function withServer<T>(
  cluster: Cluster,
  core: number | undefined,
  work: (server: Child) => Promise<T>,
): Promise<T> {
  const server = await startServer(cluster, core)
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

async function measureList(
  cluster: Cluster,
  server: Child,
  entered: readonly Reader[],
  size: number,
  options: Options,
): Promise<ListCost[]> {
  const client = openClient(server.port, 2)
  const pages = []
  for (const reader of readers) {
    const person = entered.find(({ what }) => what === reader.what)!
    const mine = (row: { id: string; district: string; parties: { orgId: string }[] }) =>
      reader.what === 'county' ||
      (reader.what === 'town' && row.district === townOf(0)) ||
      (reader.what === 'head-office' && row.parties.some(({ orgId }) => subsidiaries.includes(orgId))) ||
      (reader.what === 'site' && row.id === projectIdOf(7))
    pages.push(...(await findPages(client, person, mine)))
    if (size === templates) await checkWhole(client, person, cluster.owner, reader.keys)
  }
  const times = { rounds: options.quick ? 3 : 5, requests: options.quick ? 40 : 200 }
  const found = await measurePages(client, pages, size, times, {
    server: server.processes,
    database: cluster.processes,
  })
  for (const { page, p95, p50, serverMicros, databaseMicros } of found)
    options.say(
      `B10: ${size} ${page.reader.what} ${page.name}: p50 ${p50.toFixed(1)} p95 ${p95.toFixed(1)} ms, CPU server ${Math.round(serverMicros)} database ${Math.round(databaseMicros)} us`,
    )
  client.close()
  return found
}

async function measureDetail(
  cluster: Cluster,
  entered: readonly Reader[],
  size: number,
  options: Options,
): Promise<Figure[]> {
  const core = canPin ? 0 : undefined
  const bare = await startBare(cluster, 'project.project', core)
  const server = await startServer(cluster, core)
  const clients = [openClient(bare.port, 8), openClient(server.port, 8)] as const
  try {
    // Ids are spread at random, so the first five hundred by id lie all over the table.
    const { rows } = await cluster.owner.query<{ id: string }>('select id from project.project order by id limit 500')
    const ids = rows.map(({ id }) => id)
    const idOf = (turn: number) => ids[turn % ids.length]!
    const [chief] = entered
    const variants: Variant[] = [
      {
        name: 'bare',
        client: clients[0],
        server: bare.processes,
        path: (turn) => `/rows/${idOf(turn)}`,
        holds: (body, turn) => body.includes(idOf(turn)),
      },
      {
        name: 'session',
        client: clients[1],
        server: server.processes,
        path: () => '/api/session',
        cookie: chief!.cookie,
        holds: (body) => body.includes('"signedIn":true'),
      },
      {
        name: 'detail',
        client: clients[1],
        server: server.processes,
        path: (turn) => `/api/projects/${idOf(turn)}`,
        cookie: chief!.cookie,
        holds: (body, turn) => body.includes(idOf(turn)) && body.includes('"acts":[{'),
      },
    ]
    const found = await compare(
      variants,
      { rounds: options.rounds, requests: options.quick ? 300 : 1000 },
      cluster.processes,
    )
    for (const one of found)
      options.say(
        `B10: ${size} ${one.name}: CPU server ${Math.round(median(one.server))} us, with database ${Math.round(median(one.whole))} us`,
      )
    const [plain, session, detail] = found as [(typeof found)[0], (typeof found)[0], (typeof found)[0]]
    return [
      {
        id: `B10.detail.${size}`,
        what: `project detail against bare Fastify and pg, ${size} projects`,
        figure: ratio(detail.server, plain.server),
        unit: 'x server CPU',
        goal: 2,
        note: `${Math.round(median(detail.server))} us against ${Math.round(median(plain.server))} us${canPin ? '' : '; not pinned'}`,
      },
      {
        id: `B10.detail.${size}.whole`,
        what: 'the same with the database',
        figure: ratio(detail.whole, plain.whole),
        unit: 'x CPU',
        goal: null,
        note: `${Math.round(median(detail.whole))} us against ${Math.round(median(plain.whole))} us`,
      },
      {
        id: `B10.session.${size}`,
        what: 'of this, who is asking (GET /api/session)',
        figure: ratio(session.server, plain.server),
        unit: 'x server CPU',
        goal: null,
      },
    ]
  } finally {
    for (const client of clients) client.close()
    await server.stop()
    await bare.stop()
  }
}

async function loginFigures(
  cluster: Cluster,
  entered: readonly Reader[],
  officers: readonly Reader[],
  hash: string,
  options: Options,
): Promise<Figure[]> {
  return withServer(cluster, undefined, async (server) => {
    const rounds = []
    for (let round = 0; round < 3; round += 1)
      rounds.push(await loginRound(server, officers, entered[0]!, hash, cluster.processes))
    const wall = rounds.map(({ logins, limit }) => logins.wallMicros / limit.wallMicros)
    const cpu = rounds.map(({ logins, limit }) => logins.cpu.server! / limit.cpu.server!)
    const seconds = (micros: number[]) => (median(micros) / 1e6).toFixed(1)
    const note = wallNote(rounds.flatMap(({ logins, limit }) => [logins, limit]))
    options.say(
      `B10: ${officers.length} logins in ${seconds(rounds.map(({ logins }) => logins.wallMicros))} s, raw ${seconds(rounds.map(({ limit }) => limit.wallMicros))} s`,
    )
    return [
      {
        id: 'B10.logins',
        what: `${officers.length} logins at once against raw argon2id, four in flight`,
        figure: median(wall),
        unit: 'x wall',
        goal: 1.15,
        note: [
          `${seconds(rounds.map(({ logins }) => logins.wallMicros))} s against ${seconds(rounds.map(({ limit }) => limit.wallMicros))} s`,
          note,
        ]
          .filter(Boolean)
          .join('; '),
      },
      {
        id: 'B10.logins.cpu',
        what: "the same by the server's CPU",
        figure: median(cpu),
        unit: 'x server CPU',
        goal: null,
      },
      {
        id: 'B10.logins.others',
        what: 'others meanwhile, p99 (GET /api/session)',
        figure: median(rounds.map(({ othersP99 }) => othersP99)),
        unit: 'ms',
        goal: 200,
        note,
      },
    ]
  })
}

async function streamFigures(cluster: Cluster, entered: readonly Reader[], options: Options): Promise<Figure[]> {
  const [reader] = entered
  const admin = entered.find(({ what }) => what === 'admin')!
  const subject = entered.find(({ what }) => what === 'subject')!
  const subscribers = options.quick ? 1000 : 10_000
  return withServer(cluster, undefined, async (server) => {
    const { millis, kilobytes } = await streamChange(server, reader!, admin, subject, subscribers)
    demand(millis > 0, 'a change takes time')
    return [
      { id: 'B10.stream', what: `one act told to ${subscribers} open streams`, figure: millis, unit: 'ms', goal: null },
      { id: 'B10.stream.memory', what: 'server memory of one open stream', figure: kilobytes, unit: 'KB', goal: null },
    ]
  })
}
