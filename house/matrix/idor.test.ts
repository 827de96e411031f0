import { randomUUID } from 'node:crypto'
import { accountContract } from '@plumbline/core/account'
import { baseContract, sessionContract } from '@plumbline/core/base'
import { contracts } from '@plumbline/core/contracts'
import { inspectionContract } from '@plumbline/core/inspection'
import type { AnyRoute } from '@plumbline/core/kit'
import { type MaterialKind, permitContract } from '@plumbline/core/permit'
import { projectContract } from '@plumbline/core/project'
import { rectificationContract } from '@plumbline/core/rectification'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { region } from '../../simulator/county/map.ts'
import { waitFor } from '../../server/gateways/testing.ts'
import { item } from '../../server/rooms/rectification/testing.ts'
import type { MatrixRole } from './expected.ts'
import { appoint, makeAccount, makeInspection, newInspection, planItems, upload } from './makers.ts'
import type { Ask } from './run.ts'
import { openEast, openWest, type Side } from './sides.ts'
import { openWorld, type World } from './world.ts'

let world: World
let east: Side
let west: Side
beforeAll(async () => {
  world = await openWorld()
  east = await openEast(world)
  west = await openWest(world)
})
afterAll(() => world.end())

interface Probe {
  role: MatrixRole
  route: AnyRoute
  /** What the id names, and the request with it. */
  name: string
  id: string
  ask(id: string): Ask
  /** An id that nothing bears, where any will not do: a cursor is compared with the ids of the list, so it must sort alike. */
  nothing?: string
}

const routes = Object.values(contracts).flatMap((room) => Object.values(room))
const reads = routes.filter(({ method }) => method === 'GET')

const send = async ({ role, route }: Pick<Probe, 'role' | 'route'>, ask: Ask): Promise<string> => {
  const { status, body } = await world.house.call(world.cookieOf(role), route, ask as never)
  return `${status} ${JSON.stringify(body)}`
}

/** Probes whose answer differs from that for an id that nothing bears. Each reader of a route asks for nothing once. */
async function leaksOf(probes: readonly Probe[]): Promise<string[]> {
  const nothing = new Map<string, Promise<string>>()
  const answerOf = (probe: Probe) => {
    const id = probe.nothing ?? randomUUID()
    const key = `${probe.role} ${probe.route.path} ${JSON.stringify(probe.ask(probe.nothing ?? '?'))}`
    if (!nothing.has(key)) nothing.set(key, send(probe, probe.ask(id)))
    return nothing.get(key)!
  }
  const leaks: string[] = []
  const waiting = [...probes]
  const worker = async () => {
    for (let probe = waiting.pop(); probe; probe = waiting.pop()) {
      const [heard, empty] = [await send(probe, probe.ask(probe.id)), await answerOf(probe)]
      if (heard !== empty)
        leaks.push(
          `${probe.role} ${probe.route.path} ${probe.name}: ${heard.slice(0, 160)}, else ${empty.slice(0, 160)}`,
        )
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return leaks
}

const everyId = ({ ids, foreigners }: Side, route: AnyRoute, ask: (id: string) => Ask): Probe[] =>
  foreigners.flatMap((role) => Object.entries(ids).map(([name, id]) => ({ role, route, name, id, ask })))

/** Names of the query's parts that take an id. */
const idParts = ({ query }: AnyRoute) =>
  Object.entries((query as z.ZodObject | undefined)?.shape ?? {})
    .filter(([, part]) => {
      const takes = (value: string) => (part as z.ZodType).safeParse(value).success
      return takes(randomUUID()) && !takes('words')
    })
    .map(([name]) => name)

test('the prober names what leaks', async () => {
  const ask = (id: string) => ({ params: { id } })
  const probe = { role: 'manager' as const, route: contracts['rectification']!['get']!, name: 'notice', ask }
  expect(await leaksOf([{ ...probe, id: east.ids['notice']! }])).toEqual([
    expect.stringMatching(/^manager \/rectifications\/:id notice: 200 .*, else 404 /),
  ])
  expect(await leaksOf([{ ...probe, id: west.ids['notice']! }])).toEqual([])
})

/** The register of enterprises is open: a unit is no secret of a project. Whoever holds a paper may ask how it stands. */
const secret = (probes: readonly Probe[]) =>
  probes
    .filter(({ name, route }) => name !== 'org' || !route.path.match(/^\/(orgs|cases|subjects)/))
    .filter(({ name, route }) => name !== 'paper' || route.path !== '/papers/:id')

test('in a path, another project’s ids answer everybody like ids that nothing bears', async () => {
  const byId = reads.filter(({ path }) => path.includes(':id'))
  const query = { quantity: 'a34004' }
  const probes = secret(
    byId.flatMap((route) => [east, west].flatMap((side) => everyId(side, route, (id) => ({ params: { id }, query })))),
  )
  expect(probes.length).toBeGreaterThan(3000)
  expect(await leaksOf(probes)).toEqual([])
  process.stdout.write(`${probes.length} probes by path.\n`)
})

/** Those whom a list's door lets in, without the second of two who hold the like keys. */
const oneOfEach: readonly MatrixRole[] = [
  'inspectorA',
  'inspectorC',
  'manager',
  'engineer',
  'owner',
  'company',
  'rival',
]
const nextTo = (id: string) => id.slice(0, -1) + (id.endsWith('0') ? '1' : '0')

test('and in a filter or a cursor', async () => {
  const filters = reads.filter(({ reply }) => reply).flatMap((route) => idParts(route).map((part) => ({ route, part })))
  const probes = secret(
    filters.flatMap(({ route, part }) =>
      [east, west]
        .flatMap((side) =>
          everyId(side, route, (id) => ({ params: { id: world.cast.projectId }, query: { year: 2026, [part]: id } })),
        )
        .map((probe) => (part === 'after' ? { ...probe, nothing: nextTo(probe.id) } : probe)),
    ),
  ).filter(({ role }) => oneOfEach.includes(role))
  expect(probes.length).toBeGreaterThan(1000)
  expect(await leaksOf(probes)).toEqual([])
  process.stdout.write(`${probes.length} probes by query.\n`)
})

test('and inside a body', async () => {
  const { cast } = world
  const { ids } = west
  const own = { projectId: cast.projectId, orgId: cast.contractorId }
  const draft = (change: object): Ask => ({
    body: {
      requestId: randomUUID(),
      input: { kind: 'correct', ...own, items: [item('三层临边洞口未设防护栏杆')], ...change },
    },
  })
  const act = (id: string, action: string, input: object): Ask => ({
    params: { id },
    body: { requestId: randomUUID(), action, input },
  })
  const materials = (fileIds: string[]) => [{ kind: 'fire' as MaterialKind, fileIds }]
  const open = (input: object): Ask => ({ body: { requestId: randomUUID(), input } })
  const notice = await world.served()
  const fresh = randomUUID()
  const [clerks, inspection] = [await upload(world, cast.clerk), east.ids['draft']!]
  const probe = (role: MatrixRole, route: AnyRoute, name: string, id: string, ask: Probe['ask']): Probe => ({
    role,
    route,
    name,
    id,
    ask,
  })
  const ofWest = (role: MatrixRole, route: AnyRoute, name: string, ask: Probe['ask']) =>
    probe(role, route, name, ids[name]!, ask)
  expect(
    await leaksOf([
      ofWest('inspectorA', rectificationContract.draft, 'project', (id) => draft({ projectId: id })),
      ofWest('inspectorA', rectificationContract.draft, 'inspection', (id) => draft({ inspectionId: id, items: [] })),
      ofWest('inspectorA', rectificationContract.draft, 'org', (id) => draft({ orgId: id })),
      ofWest('inspectorA', rectificationContract.draft, 'photo', (id) =>
        draft({ items: [{ ...item('临边无防护'), photos: [id] }] }),
      ),
      ofWest('inspectorA', rectificationContract.act, 'photo', (id) =>
        act(notice.id, 'visit', {
          itemIds: [notice.items[0]!.id],
          at: notice.servedAt,
          fixed: true,
          note: '现场复查',
          photos: [id],
        }),
      ),
      ofWest('manager', rectificationContract.act, 'photo', (id) =>
        act(notice.id, 'reply', { items: [{ itemId: notice.items[0]!.id, text: '已整改', photos: [id] }] }),
      ),
      ofWest('inspectorA', inspectionContract.start, 'project', (id) =>
        open(newInspection({ projectId: id }, cast.persons.inspectorB)),
      ),
      ofWest('inspectorA', inspectionContract.propose, 'project', (id) =>
        open({ projectId: id, year: 2027, items: planItems() }),
      ),
      ofWest('inspectorA', inspectionContract.act, 'photo', (id) =>
        act(inspection, 'save', { revision: 1, photos: [id] }),
      ),
      ofWest('owner', permitContract.submit, 'project', (id) =>
        open({ projectId: id, statement: '申请联合验收', materials: [] }),
      ),
      ofWest('owner', permitContract.act, 'photo', (id) =>
        act(east.ids['permit']!, 'resubmit', { statement: '申请联合验收', materials: materials([id]) }),
      ),
      ofWest('inspectorA', projectContract.act, 'photo', (id) =>
        act(cast.projectId, 'stop', { reason: '台风防御', files: [id] }),
      ),
      // Another's upload is nobody's until an act attaches it.
      probe('admin', projectContract.import, 'file', clerks, (id) => ({
        body: { importId: fresh, fileId: id, from: 0 },
      })),
    ]),
  ).toEqual([])
  // Nothing of it was done on the way.
  expect((await world.get(cast.inspectorA, notice.id)).body.record).toMatchObject({ state: 'fixing' })
})

test('a file’s address is worth nothing once the appointment is over, and nobody’s once the account is', async () => {
  const { cast, house } = world
  const { login, password, id } = await makeAccount(world)
  const appointmentId = await appoint(world, id, { capacity: 'inspector', districts: [region], scope: '借调' })
  const cookie = (await house.call(null, sessionContract.signIn, { body: { login, password } })).cookie!
  const statuses = () =>
    Promise.all(
      [baseContract.file, baseContract.fileFacts, baseContract.thumb].map(
        async (route) => (await house.call(cookie, route, { params: { id: east.ids['photo']! } })).status,
      ),
    )
  const act = (action: 'dismiss' | 'disable', input: object) =>
    world.ask(cast.admin, accountContract.act, {
      params: { id },
      body: { requestId: randomUUID(), action, input } as never,
    })
  expect(await statuses()).toEqual([200, 200, 200])
  await act('dismiss', { appointmentId, reason: '借调期满' })
  expect(await statuses()).toEqual([404, 404, 404])
  await act('disable', { reason: '离职' })
  expect(await statuses()).toEqual([401, 401, 401])
})

/** Listens to the stream of changes. */
async function listen(cookie: string) {
  const leaving = new AbortController()
  const { body } = await fetch(`${world.url}/api${baseContract.stream.path}`, {
    headers: { cookie },
    signal: leaving.signal,
  })
  const ear = { text: '', ended: false, leave: () => leaving.abort() }
  const hear = async () => {
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) ear.text += chunk
  }
  void hear()
    .catch(() => {})
    .finally(() => (ear.ended = true))
  return ear
}

test('the stream of changes tells of a case those alone who reach it', async () => {
  const { cast } = world
  const ears = Object.fromEntries(
    await Promise.all(
      (['manager', 'inspectorA', 'rival', 'inspectorC', 'citizen'] as const).map(
        async (role) => [role, await listen(cast[role])] as const,
      ),
    ),
  )
  const heardBy = async (id: string, ...roles: string[]) =>
    waitFor(
      async () => (roles.every((role) => ears[role]!.text.includes(id)) ? true : undefined),
      `${id} at ${roles.join(', ')}`,
    )
  const eastern = await world.served()
  await heardBy(eastern.id, 'manager', 'inspectorA')
  // The others' streams run as well: they hear of their own, and it was said later.
  const western = await makeInspection(world, 'draft', {
    projectId: cast.otherProjectId,
    orgId: cast.rivalId,
    by: cast.inspectorC,
    with: { personId: cast.persons.chief, cookie: cast.chief },
  })
  await heardBy(western.id, 'inspectorC')
  const hearing = (id: string) => Object.keys(ears).filter((role) => ears[role]!.text.includes(id))
  expect(hearing(eastern.id)).toEqual(['manager', 'inspectorA'])
  expect(hearing(western.id)).toEqual(['inspectorC'])
  for (const ear of Object.values(ears)) ear.leave()
})

test('and ends with the appointment it was opened under', async () => {
  const { login, password, id } = await makeAccount(world)
  const appointmentId = await appoint(world, id, { capacity: 'inspector', districts: [region], scope: '借调' })
  const { cookie } = await world.house.call(null, sessionContract.signIn, { body: { login, password } })
  const ear = await listen(cookie!)
  await world.ask(world.cast.admin, accountContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action: 'dismiss', input: { appointmentId, reason: '借调期满' } },
  })
  await waitFor(async () => (ear.ended ? true : undefined), 'the end of the stream')
})
