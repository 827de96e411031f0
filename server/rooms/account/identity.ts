import type { Account, Appointment } from '@plumbline/core/account'
import type { AppointmentView, SessionView } from '@plumbline/core/base'
import {
  type Actor,
  capacities,
  guestActor,
  isOfficer,
  isProjectPost,
  may,
  orgKey,
  permissionsOf,
  personKey,
  postKey,
  assignedKey,
  districtKey,
} from '@plumbline/core/access'
import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../../base/context.ts'
import { inTx, type Db } from '../../base/db.ts'
import type { House } from '../../base/house.ts'
import type { Visitor } from '../../base/http.ts'
import { countUnread } from '../../base/notify.ts'
import { findSession } from '../../base/session.ts'
import { getCounty } from '../../base/setting.ts'
import * as store from './store.ts'

/** Reads everything a request's powers rest on, at each request: what is revoked is gone at once. */
export async function identify(house: House, request: FastifyRequest): Promise<Visitor> {
  const session = await findSession(house.db, request)
  if (!session) return nobody
  const found = await store.findWithAssigned(house.db, session.accountId)
  if (found?.account.state !== 'active') return nobody
  const actor = await actorOf(house.db, found, session.appointmentId)
  return { actor, accountId: found.account.id, sessionKey: session.key }
}

const nobody: Visitor = { actor: guestActor, accountId: null, sessionKey: null }

/** The appointments in force, in an order that does not depend on which was given first. */
export const inForceOf = ({ appointments }: Account): Appointment[] =>
  appointments
    .filter(({ until }) => !until)
    .sort((a, b) => a.scope.localeCompare(b.scope, 'zh-CN') || a.id.localeCompare(b.id))

/** What a person holds in one capacity. A post reaches its own project and unit alone; assignment adds projects. */
export async function actorOf(
  db: Db,
  { account, assigned }: { account: Account; assigned: readonly string[] },
  appointmentId: string | null,
): Promise<Actor> {
  const { personId, name } = account
  const own = [personKey(personId), 'everybody']
  const inForce = inForceOf(account)
  const appointment = inForce.find(({ id }) => id === appointmentId) ?? inForce[0]
  if (!appointment) return { ...guestActor, personId, name, capacity: 'citizen', keys: own }
  const { capacity, orgId, projectId } = appointment
  const keys = [...own]
  if (isOfficer(capacity)) keys.push(...appointment.districts.map(districtKey))
  if (capacity === 'inspector' || capacity === 'chief') keys.push(...assigned.map(assignedKey))
  if (isProjectPost(capacity) && projectId && orgId) keys.push(postKey(projectId, orgId))
  if (capacity === 'company' && orgId) {
    const orgs = await inTx(db, ['d:'], (tx) => store.findOrgs(tx, [appointment]))
    keys.push(orgKey(orgId), ...(orgs.get(orgId)?.below ?? []).map(orgKey))
  }
  return { personId, appointmentId: appointment.id, name, capacity, orgId, keys }
}

export async function sessionView(ctx: Ctx, accountId: string | null): Promise<SessionView> {
  const { house } = ctx
  const [county, demo] = await Promise.all([getCounty(ctx.db), house.clock.isDemo()])
  const common = {
    demo,
    now: ctx.now,
    county: { name: county.name, authority: county.authority, region: county.region },
  }
  const account = accountId ? await store.find(ctx.db, accountId) : undefined
  if (!account) return { ...signedOut, ...common, empty: await isEmpty(ctx.db) }
  const inForce = inForceOf(account)
  const orgs = await inTx(ctx.db, ['d:'], (tx) => store.findOrgs(tx, inForce))
  const view = (one: Appointment): AppointmentView => ({
    id: one.id,
    capacity: one.capacity,
    capacityLabel: capacities[one.capacity],
    org: one.orgId ? (orgs.get(one.orgId)?.name ?? null) : null,
    scope: one.scope || null,
  })
  const chosen = inForce.find(({ id }) => id === ctx.actor.appointmentId)
  return {
    ...common,
    signedIn: true,
    empty: false,
    accountId: account.id,
    person: { id: account.personId, name: account.name },
    appointment: chosen ? view(chosen) : null,
    appointments: inForce.map(view),
    permissions: permissionsOf(ctx.actor.capacity),
    clockMovable: demo && may(ctx.actor.capacity, 'clock.move'),
    unread: await countUnread(ctx),
  }
}

const signedOut = {
  signedIn: false,
  accountId: null,
  person: null,
  appointment: null,
  appointments: [],
  permissions: [],
  clockMovable: false,
  unread: 0,
}

export async function isEmpty(db: Db): Promise<boolean> {
  const { rows } = await db.executeQuery<{ empty: boolean }>(emptyQuery(db))
  return rows[0]!.empty
}
const emptyQuery = (db: Db) => db.selectNoFrom((eb) => eb.fn<boolean>('base.is_empty', []).as('empty')).compile()
