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
import { type Ctx, read } from '../../base/context.ts'
import { inTx, type Db } from '../../base/db.ts'
import type { House } from '../../base/house.ts'
import type { Visitor } from '../../base/http.ts'
import { countUnreadOf } from '../../base/notify.ts'
import { findSessionKey, isGood } from '../../base/session.ts'
import { getCounty } from '../../base/setting.ts'
import * as store from './store.ts'

/** Reads everything a request's powers rest on, at each request: what is revoked is gone at once. */
export async function identify(house: House, request: FastifyRequest): Promise<Visitor> {
  const key = findSessionKey(request)
  const visit = key ? await store.findVisit(house.db, key) : undefined
  if (!visit || !(await isGood(house.db, visit.session))) return nobody
  const actor = await actorOf(house.db, visit, visit.session.appointmentId)
  return { actor, accountId: visit.account.id, sessionKey: visit.session.key }
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
  { account, assigned }: Pick<store.Visit, 'account' | 'assigned'>,
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
    const orgs = await findOrgs(db, [appointment])
    keys.push(orgKey(orgId), ...(orgs.get(orgId)?.below ?? []).map(orgKey))
  }
  return { personId, appointmentId: appointment.id, name, capacity, orgId, keys }
}

/** The units of appointments, whether or not their holder reaches them. */
const findOrgs = async (db: Db, appointments: readonly Appointment[]) =>
  appointments.some(({ orgId }) => orgId)
    ? inTx(db, ['d:'], (tx) => store.findOrgs(tx, appointments))
    : new Map<string, store.Org>()

export async function sessionView(ctx: Ctx, accountId: string | null): Promise<SessionView> {
  const [county, demo, account, unread] = await read(ctx, (tx) =>
    Promise.all([
      getCounty(tx),
      ctx.house.clock.isDemo(tx),
      accountId ? store.find(tx, accountId) : undefined,
      accountId ? countUnreadOf(tx, ctx.actor) : 0,
    ]),
  )
  const common = {
    demo,
    now: ctx.now,
    county: { name: county.name, authority: county.authority, region: county.region },
  }
  if (!account) return { ...signedOut, ...common, empty: await isEmpty(ctx.db) }
  const inForce = inForceOf(account)
  const orgs = await findOrgs(ctx.db, inForce)
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
    unread,
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
