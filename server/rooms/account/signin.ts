import type { Account } from '@plumbline/core/account'
import { systemContext } from '../../base/context.ts'
import type { Ctx } from '../../base/context.ts'
import { Refused } from '../../base/errors.ts'
import type { Visit } from '../../base/http.ts'
import { countFailures, findLastAppointment, forgetFailures, noteFailure, openSession } from '../../base/session.ts'
import { saveSetting } from '../../base/setting.ts'
import { randomUUID } from 'node:crypto'
import { change, create } from './service.ts'
import { actorOf, inForceOf, isEmpty, sessionView } from './identity.ts'
import { passwordFits } from './password.ts'
import * as store from './store.ts'

/**
 * Signs in by password. Failures count against the account and against the address; an account that does not exist costs
 * the same time and gets the same answer, so nobody learns which exist.
 */
export async function signIn(visit: Visit, ask: { login: string; password: string }) {
  const { db } = visit.house
  const law = visit.law()
  const limit = law.number('sign_in.failures')
  const windowMillis = law.number('sign_in.lockout') * 60_000
  const subjects = [`login:${ask.login.toLowerCase()}`, `address:${visit.request.ip}`]
  const [failures, found] = await Promise.all([
    countFailures(db, subjects, windowMillis),
    store.findWithHash(db, ask.login),
  ])
  const [ofLogin, ofAddress] = subjects.map((subject) => failures.get(subject) ?? 0) as [number, number]
  // An office shares one address: it is given ten times what one account is.
  if (ofLogin >= limit || ofAddress >= limit * 10)
    throw new Refused('too_many', 'locked_out', { minutes: windowMillis / 60_000 })

  const fits = await passwordFits(found?.hash, ask.password)
  if (!found || !fits || found.account.state !== 'active') {
    await Promise.all(subjects.map((subject) => noteFailure(db, subject, windowMillis)))
    throw new Refused('forbidden', 'sign_in_failed')
  }
  if (ofLogin > 0) await forgetFailures(db, subjects[0]!)
  return enter(visit, found.account)
}

/** One click in a demo county. On a real one the route does not exist. */
export async function demoSignIn(visit: Visit, key: string) {
  if (!(await visit.house.clock.isDemo())) throw new Refused('missing', 'demo')
  const account = await store.findByDemoKey(visit.house.db, key)
  if (account?.state !== 'active') throw new Refused('missing', 'demo')
  return enter(visit, account)
}

async function enter(visit: Visit, account: Account) {
  const last = await findLastAppointment(visit.house.db, account.id)
  const inForce = inForceOf(account)
  const begin = (inForce.find(({ id }) => id === last) ?? inForce[0])?.id ?? null
  await openSession(visit.house, visit, account.id, begin)
  return viewAs(visit, account, begin)
}

/** The session as its new owner sees it: the request itself still came from nobody. */
export async function viewAs(ctx: Ctx, account: Account, appointmentId: string | null) {
  const assigned = await store.findAssigned(ctx.db, account.personId)
  const actor = await actorOf(ctx.db, { account, assigned }, appointmentId)
  return sessionView({ ...ctx, actor }, account.id)
}

interface First {
  county: { region: string; name: string; authority: string; documentWord: string }
  login: string
  name: string
  password: string
}

/** Names the county and enters its first administrator. Works once, on an empty house, for whoever started it. */
export async function enterFirst(visit: Visit, first: First) {
  const { house } = visit
  if (!(await isEmpty(house.db))) throw new Refused('conflict', 'not_empty')
  await saveSetting(house.db, 'county', first.county)
  await house.renewLaw()
  const ctx = await systemContext(house)
  // The same person id for everybody who races for the first place: the unique key lets one through.
  const { record: account } = await create(
    ctx,
    {
      requestId: firstRequest,
      login: first.login,
      name: first.name,
      personId: firstPerson,
      // A demo county that was broken off while loading is entered again by the same door.
      ...((await house.clock.isDemo()) ? { demoKey: first.login } : {}),
    },
    first.password,
  )
  const appointment = {
    capacity: 'admin' as const,
    orgId: null,
    projectId: null,
    districts: [first.county.region],
    scope: first.county.authority,
    certificate: null,
  }
  await change(ctx, account.id, {
    requestId: randomUUID(),
    action: 'appoint',
    input: { appointmentId: randomUUID(), appointment },
  })
  return enter(visit, (await store.find(house.db, account.id))!)
}

const firstPerson = '00000000-0000-4000-8000-000000000001'
const firstRequest = '00000000-0000-4000-8000-000000000002'
