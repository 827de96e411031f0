import { randomUUID } from 'node:crypto'
import { baseContract as base, sessionContract as session } from '@plumbline/core/base'
import { accountContract } from '@plumbline/core/account'
import { sql } from 'kysely'
import { openTestHouse } from '../../setup/house.ts'
import { castCounty } from '../../setup/cast.ts'
import { appoint, makeAccount, makePerson, nowOf, picture } from '../makers.ts'
import type { Samples } from '../run.ts'
import { adminPassword, type World } from '../world.ts'

/** A photograph in the unit's reply to a served notice. */
async function repliedPhoto(world: World) {
  const { cast } = world
  const notice = await world.served()
  const photo = await world.photo(cast.manager)
  const items = notice.items.map(({ id }) => ({ itemId: id, text: '已按要求整改', photos: [photo] }))
  await world.act(cast.manager, notice.id, 'reply', { items })
  return { ask: { params: { id: photo } }, of: photo }
}

const ofProject = async ({ cast }: World) => ({ ask: { params: { id: cast.projectId } }, of: cast.projectId })

export const baseSamples: Samples = {
  'base.health': async () => ({ ask: {} }),
  'base.operations': async () => ({ ask: {} }),
  'base.retryTimer': async (world) => ({ ask: { body: await giveUp(world) } }),
  'base.inbox': async (world) => ({ ask: { query: { limit: 200 } }, marker: (await world.served()).id }),
  'base.search': async ({ cast }) => ({ ask: { query: { q: '城东污水厂', room: 'project' } }, marker: cast.projectId }),
  'base.history': ofProject,
  'base.holds': ofProject,
  'base.districts': async () => ({ ask: {}, marker: '城东街道' }),
  'base.messages': async (world) => ({ ask: { query: { limit: 100 } }, marker: (await world.served()).id }),
  'base.markRead': async (world) => {
    const { rows } = await world.ask(world.cast.inspectorA, base.messages, {})
    return { ask: { body: { ids: [rows[0]?.id ?? randomUUID()] } } }
  },
  'base.upload': async ({ house }) => {
    const bytes = await picture()
    return { ask: {}, send: (cookie) => house.upload(cookie ?? '', bytes, '现场.png') }
  },
  'base.file': repliedPhoto,
  'base.fileFacts': repliedPhoto,
  'base.thumb': repliedPhoto,
  'base.stream': async ({ url }) => ({ ask: {}, send: (cookie) => openStream(url, cookie) }),
}

/** A timer of the project that failed until it was left for the operator: no request brings one about. */
async function giveUp({ cast, rows, next }: World) {
  const timer = { caseId: cast.projectId, action: `jammed_${next('timer')}` }
  await rows(sql`insert into base.timer (case_id, room, action, at, tries, error)
    values (${timer.caseId}, 'project', ${timer.action}, '2001-01-01T00:00:00Z', 8, 'Error: jammed')`)
  return timer
}

/** A stream that is let in stays open: its head is the answer. */
async function openStream(url: string, cookie: string | null) {
  const leaving = new AbortController()
  const { status, headers, body } = await fetch(`${url}/api${base.stream.path}`, {
    headers: cookie ? { cookie } : {},
    signal: leaving.signal,
  })
  if (status !== 200) return { status, body: await new Response(body).json() }
  leaving.abort()
  return { status, body: headers.get('content-type') }
}

const first = () => ({
  county: castCounty,
  login: 'somebody',
  name: '方立诚',
  password: 'another long password',
})

export const sessionSamples: Samples = {
  'session.session': async () => ({ ask: {} }),
  'session.signIn': async (world) => {
    const { login, password } = await makeAccount(world)
    return { ask: { body: { login, password } } }
  },
  // Each ends a session opened for this alone.
  'session.signOut': async (world, role) => {
    const cookie = await world.signIn(role)
    return { ask: {}, send: () => world.house.call(cookie, session.signOut) }
  },
  'session.choose': async (world) => {
    const { appointment } = await world.ask(world.cast.manager, session.session, {})
    return { ask: { body: { appointmentId: appointment!.id } }, of: appointment!.id }
  },
  'session.firstAdministrator': async () => ({
    ask: { body: first() },
    proof: async ({ body }) => {
      const empty = await openTestHouse({ worker: false })
      try {
        return await empty.call(null, session.firstAdministrator, { body: body as ReturnType<typeof first> })
      } finally {
        await empty.close()
      }
    },
  }),
  'session.demoPeople': async () => ({ ask: {} }),
  'session.demoSignIn': async () => ({ ask: { body: { key: 'citizen' } } }),
  // The administrator sets a password, which ends the sessions of its owner; he comes back and makes it his own.
  'session.changePassword': async (world, role) => {
    const old = role === 'admin' ? adminPassword : await renewPassword(world, role)
    return { ask: { body: { requestId: randomUUID(), old, new: 'a password of my own' } } }
  },
  'session.clock': async (world) => {
    const to = new Date(Date.parse(await nowOf(world)) + 1000).toISOString()
    return { ask: { body: { requestId: randomUUID(), to } } }
  },
}

async function renewPassword(world: World, role: Parameters<World['signIn']>[0]): Promise<string> {
  if (role === 'guest') throw new Error('nobody has no password')
  const { accountId } = await world.ask(world.cookieOf(role), session.session, {})
  const { password } = await world.ask(world.cast.admin, accountContract.setPassword, {
    params: { id: accountId! },
    body: { requestId: randomUUID() },
  })
  if (role !== 'admin') world.cast[role] = (await world.signIn(role))!
  return password!
}

const acting =
  (input: (world: World, id: string) => Promise<{ action: string; input: object }>) => async (world: World) => {
    const { id } = await makeAccount(world)
    const act = await input(world, id)
    return { ask: { params: { id }, body: { requestId: randomUUID(), ...act } }, of: id }
  }

export const accountSamples: Samples = {
  'account.list': async (world) => ({ ask: { query: { limit: 200 } }, marker: (await makeAccount(world)).id }),
  'account.get': async (world) => {
    const { id } = await makeAccount(world)
    return { ask: { params: { id } }, of: id, marker: id }
  },
  'account.create': async (world) => ({
    ask: {
      body: {
        requestId: randomUUID(),
        login: `user${world.next('login')}`,
        name: '纪闻',
        personId: await makePerson(world),
      },
    },
  }),
  'account.act appoint': acting(async ({ cast }) => {
    const appointment = { capacity: 'company', orgId: cast.contractorId }
    return { action: 'appoint', input: { appointmentId: randomUUID(), appointment } }
  }),
  'account.act dismiss': acting(async (world, id) => {
    const appointmentId = await appoint(world, id, { capacity: 'company', orgId: world.cast.contractorId })
    return { action: 'dismiss', input: { appointmentId, reason: '离任' } }
  }),
  'account.act disable': acting(async () => ({ action: 'disable', input: { reason: '离职' } })),
  'account.act enable': acting(async (world, id) => {
    const body = { requestId: randomUUID(), action: 'disable' as const, input: { reason: '离职' } }
    await world.ask(world.cast.admin, accountContract.act, { params: { id }, body })
    return { action: 'enable', input: { reason: '返岗' } }
  }),
  'account.setPassword': async (world) => {
    const { id } = await makeAccount(world)
    return { ask: { params: { id }, body: { requestId: randomUUID() } }, of: id }
  },
  'account.rules': async () => ({ ask: {}, marker: 'rectification.yellow_day' }),
  'account.enactRule': async (world) => {
    const { rows } = await world.ask(world.cast.admin, accountContract.rules, {})
    const { code, value, unit, clause } = rows.find((one) => one.code === 'rectification.yellow_day')!
    // A day on which nothing of this run takes place.
    const rule = {
      code,
      value,
      unit,
      clause,
      source: 'L',
      from: `2090-01-${String(world.next('rule') - 100).padStart(2, '0')}`,
    }
    return { ask: { body: { requestId: randomUUID(), rule } } }
  },
}
