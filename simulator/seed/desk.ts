import { accountContract } from '@plumbline/core/account'
import { sessionContract } from '@plumbline/core/base'
import { randomUUID } from 'node:crypto'
import type { Client, Session } from '../client.ts'
import type { County, DemoPeople } from '../county/index.ts'

/** The one-click keys of the demo people. */
export const demoKeys: Record<keyof DemoPeople, string> = {
  inspector: 'inspectorA',
  secondInspector: 'inspectorB',
  neighbourInspector: 'inspectorC',
  chief: 'chief',
  clerk: 'clerk',
  leader: 'leader',
  admin: 'admin',
  projectManager: 'manager',
  safetyOfficer: 'safety',
  chiefEngineer: 'engineer',
  ownerRepresentative: 'owner',
  headOffice: 'company',
  citizen: 'citizen',
}

/** The demo key of a person of the county; undefined for somebody who signs in by password. */
export const demoKeyOf = (county: County, person: string): string | undefined => {
  const role = (Object.keys(demoKeys) as (keyof DemoPeople)[]).find((one) => county.demo.people[one] === person)
  return role && demoKeys[role]
}

/** A login that tells who it is: 'person:pm-012' is pm-012. */
export const loginOf = (person: string): string => person.slice('person:'.length)

/**
 * Who acts: opens a session when somebody is first needed and keeps it. Somebody with posts on several sites has a session
 * for each, so that what he does on one is never done in the capacity of another.
 */
export interface Desk {
  admin: Session
  /** `account` is the id, `password` null when it was told once already, to a loading that was broken off. */
  enter(person: string, account: string, password: string | null): void
  /** Somebody as an officer or for his unit; with `projectName` in his post on that site. */
  as(person: string, projectName?: string): Promise<Session>
}

export function openDesk(client: Client, county: County, admin: Session): Desk {
  const accounts = new Map<string, { id: string; password: Promise<string> | null }>()
  const sessions = new Map<string, Promise<Session>>()

  const signIn = async (person: string): Promise<Session> => {
    const key = demoKeyOf(county, person)
    if (key) return client.signInAs(key)
    const account = accounts.get(person)
    if (!account) throw new Error(`${person} has no account`)
    // Once, however many sessions are asked for at a time: a reset ends the sessions before it.
    account.password ??= resetPassword(account.id)
    return client.signIn(loginOf(person), await account.password)
  }
  const resetPassword = async (id: string): Promise<string> => {
    const { password } = await admin.call(accountContract.setPassword, {
      params: { id },
      body: { requestId: randomUUID() },
    })
    // Told once: an answer that was lost on the way has taken it with it.
    return password ?? resetPassword(id)
  }
  const open = async (person: string, projectName?: string): Promise<Session> => {
    const session = await signIn(person)
    if (!projectName) return session
    const post = session.view.appointments.find(({ scope }) => scope?.endsWith(` · ${projectName}`))
    if (!post) throw new Error(`${person} has no post on ${projectName}`)
    if (session.view.appointment?.id !== post.id)
      await session.call(sessionContract.choose, { body: { appointmentId: post.id } })
    return session
  }
  return {
    admin,
    enter: (person, id, password) => {
      accounts.set(person, { id, password: password === null ? null : Promise.resolve(password) })
    },
    as: (person, projectName) => {
      const key = `${person} ${projectName ?? ''}`
      const opened = sessions.get(key) ?? open(person, projectName)
      sessions.set(key, opened)
      return opened
    },
  }
}

/** The demo people of the main site begin there: a session begins with the appointment last worked in. */
export async function takeMainSite(client: Client, county: County): Promise<void> {
  const { name } = county.projects.find(({ key }) => key === county.demo.projects.sewageWorks)!
  for (const role of ['projectManager', 'safetyOfficer', 'chiefEngineer', 'ownerRepresentative'] as const) {
    const session = await client.signInAs(demoKeys[role])
    const there = session.view.appointments.find(({ scope }) => scope?.includes(name))
    if (there) await session.call(sessionContract.choose, { body: { appointmentId: there.id } })
  }
}
