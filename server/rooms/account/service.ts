import { type Account, type Appointment, accountWorkflow, type NewAppointment } from '@plumbline/core/account'
import type { ActAsk } from '@plumbline/core/workflow'
import { randomUUID } from 'node:crypto'
import { act, open, sameId, withSteps } from '../../base/act.ts'
import { getHead, history, listCases } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom } from '../../base/room.ts'
import { revokeSessions } from '../../base/session.ts'
import { getCounty } from '../../base/setting.ts'
import { hashPassword, newPassword } from './password.ts'
import * as store from './store.ts'

const room: CaseRoom<'active' | 'disabled', Account> = { workflow: accountWorkflow, load: store.load, save: store.save }
export const accountCases = asCaseRoom(room)

export async function view(ctx: Ctx, id: string) {
  return read(ctx, async (tx) => {
    const [head, account, acts] = await Promise.all([
      getHead(ctx, tx, id, 'account'),
      store.find(tx, id),
      history(ctx, tx, id),
    ])
    if (!account) throw new Refused('missing', 'account')
    return { head, ...withSteps(ctx, room, account), acts }
  })
}

export async function list(ctx: Ctx, ask: { after?: string; limit: number }) {
  const { rows, next } = await listCases(ctx, { ...ask, rooms: ['account'] })
  const accounts = new Map(
    (
      await store.load(
        ctx.db,
        rows.map(({ id }) => id),
      )
    ).map((account) => [account.id, account]),
  )
  return { rows: rows.flatMap(({ id }) => accounts.get(id) ?? []), next }
}

export interface NewAccount {
  requestId: string
  login: string
  name: string
  personId: string
  demoKey?: string | undefined
}

/**
 * Opens an account under a name nobody has yet, for somebody in the register of people. The password, if given, is written
 * beside it in the same transaction. Refuses conflict login_taken, account_exists; unmet person_unknown.
 */
export async function create(
  ctx: Ctx,
  ask: NewAccount,
  password?: string,
): Promise<{ record: Account; repeated: boolean }> {
  const { region } = await getCounty(ctx.db)
  const hash = password === undefined ? null : await hashPassword(password)
  const creating: CaseRoom<'active' | 'disabled', Account> = {
    ...room,
    // The hash refers to the account, so both are written here; saving the same record again changes nothing.
    effects: {
      create: async (tx, { now }, { after }) => {
        await store.save(tx, [after])
        if (hash) await store.saveHash(tx, after.id, hash, now)
      },
    },
  }
  const input = { login: ask.login, name: ask.name, personId: ask.personId }
  return open(ctx, creating, { requestId: ask.requestId, action: 'create', input }, async (tx) => {
    if (await store.findByLogin(tx, ask.login)) throw new Refused('conflict', 'login_taken')
    if (await store.findByPerson(tx, ask.personId)) throw new Refused('conflict', 'account_exists')
    // The first administrator comes before the register of people.
    if (ctx.actor.capacity !== 'system' && !(await store.isRegistered(tx, ask.personId)))
      throw new Refused('unmet', 'person_unknown', { personId: ask.personId })
    return {
      id: randomUUID(),
      state: null,
      login: ask.login,
      personId: ask.personId,
      name: ask.name,
      region,
      demoKey: ask.demoKey ?? null,
      appointments: [],
    }
  })
}

export async function createWithPassword(ctx: Ctx, ask: NewAccount): Promise<{ id: string; password: string | null }> {
  const password = newPassword()
  const { record, repeated } = await create(ctx, ask, password)
  return { id: record.id, password: repeated ? null : password }
}

export async function change(ctx: Ctx, id: string, ask: ActAsk) {
  const { record } = await act(ctx, room, id, ask)
  if (ask.action === 'disable') await revokeSessions(ctx.house, { accountId: id })
  if (ask.action === 'dismiss') await ctx.house.stream.cut([record.personId])
  return view(ctx, id)
}

/** Sets a hash as the effect of an act whose input says nothing of it. */
export async function setHash(
  ctx: Ctx,
  id: string,
  requestId: string,
  action: 'set_password' | 'change_password',
  password: string,
): Promise<{ repeated: boolean }> {
  const hash = await hashPassword(password)
  const setting: CaseRoom<'active' | 'disabled', Account> = {
    ...room,
    effects: { [action]: (tx: Db, { now }: Ctx) => store.saveHash(tx, id, hash, now) },
  }
  return act(ctx, setting, id, { requestId, action, input: {} })
}

export async function resetPassword(
  ctx: Ctx,
  id: string,
  requestId: string,
): Promise<{ id: string; password: string | null }> {
  const password = newPassword()
  const { repeated } = await setHash(ctx, id, requestId, 'set_password', password)
  if (!repeated) await revokeSessions(ctx.house, { accountId: id })
  return { id, password: repeated ? null : password }
}

/** Gives a person with an account an appointment, once; for rooms above, as the system. Answers false without an account. */
export async function appointPerson(
  ctx: Ctx,
  personId: string,
  appointment: NewAppointment,
  because: string,
): Promise<boolean> {
  const account = await store.findByPerson(ctx.db, personId)
  if (!account) return false
  if (account.appointments.some((one) => !one.until && sameDuty(one, appointment))) return true
  const words = [
    'account.appoint',
    account.id,
    appointment.capacity,
    appointment.projectId ?? '',
    appointment.orgId ?? '',
    because,
  ]
  await act(ctx, room, account.id, {
    requestId: sameId(...words),
    action: 'appoint',
    input: { appointmentId: sameId('appointment', ...words), appointment },
  })
  return true
}

/** Ends the appointments a person holds on a project for a unit. */
export async function dismissPerson(
  ctx: Ctx,
  personId: string,
  where: { projectId: string; orgId: string },
  reason: string,
): Promise<void> {
  const account = await store.findByPerson(ctx.db, personId)
  const held =
    account?.appointments.filter(
      ({ until, projectId, orgId }) => !until && projectId === where.projectId && orgId === where.orgId,
    ) ?? []
  for (const { id } of held)
    await act(ctx, room, account!.id, {
      requestId: sameId('account.dismiss', id),
      action: 'dismiss',
      input: { appointmentId: id, reason },
    })
  if (held.length > 0) await ctx.house.stream.cut([personId])
}

const sameDuty = (one: Appointment, other: NewAppointment) =>
  one.capacity === other.capacity && one.projectId === other.projectId && one.orgId === other.orgId

/** Certificates and names of officers, for the papers they sign. */
export async function findOfficers(
  db: Db,
  personIds: readonly string[],
): Promise<{ personId: string; name: string; certificate: string | null }[]> {
  const found = await Promise.all(personIds.map((id) => store.findByPerson(db, id)))
  return found.flatMap((account) =>
    account
      ? [
          {
            personId: account.personId,
            name: account.name,
            certificate: account.appointments.find(({ certificate }) => certificate)?.certificate ?? null,
          },
        ]
      : [],
  )
}

export interface Inspector {
  personId: string
  name: string
  capacity: 'inspector' | 'chief'
  scope: string
  certificate: string | null
}

/** Officers who may be assigned to projects: one line for each appointment in force as 监督员 or 站长. */
export async function listInspectors(db: Db): Promise<Inspector[]> {
  return (await store.listInspectors(db)).flatMap(({ personId, name, appointments }) =>
    appointments.flatMap(({ capacity, until, scope, certificate }) =>
      !until && (capacity === 'inspector' || capacity === 'chief')
        ? [{ personId, name, capacity, scope, certificate }]
        : [],
    ),
  )
}
