import type { Capacity } from './capacity.ts'

/**
 * Reach is a set of text keys on both sides: what a record carries and what an actor holds.
 *   d:990421      a district and everything below it (a record carries every prefix, the county first)
 *   o:<org>       a unit that takes part        p:<project>:<org>  the people of one unit on one project
 *   s:<project>   the officers assigned to it   u:<person>         one person
 *   everybody     whoever is signed in
 * The database cuts every list by the same rule (`reach && keys`); a property test holds the two together.
 */
export type Key = string

/** Every district key a record below `code` carries: '' (all), 2, 4, 6 and 9 digits. */
export const districtKeys = (code: string): Key[] => [
  'd:',
  ...[2, 4, 6, 9].filter((digits) => code.length >= digits).map((digits) => `d:${code.slice(0, digits)}`),
]
export const districtKey = (code: string): Key => `d:${code}`
export const orgKey = (org: string): Key => `o:${org}`
export const postKey = (project: string, org: string): Key => `p:${project}:${org}`
export const assignedKey = (project: string): Key => `s:${project}`
export const personKey = (person: string): Key => `u:${person}`

/** The keys by which one unit's people reach a record of one project: those on the project, and the unit's head office. */
export const partyKeys = (project: string, org: string): Key[] => [postKey(project, org), orgKey(org)]

export interface Actor {
  personId: string | null
  appointmentId: string | null
  name: string
  capacity: Capacity
  orgId: string | null
  keys: readonly Key[]
}

/** The actor of timers and listeners. It reaches everything. */
export const systemActor: Actor = {
  personId: null,
  appointmentId: null,
  name: '系统',
  capacity: 'system',
  orgId: null,
  keys: ['d:'],
}

/** Nobody yet: the sign-in page, the health check. */
export const guestActor: Actor = { ...systemActor, name: '', capacity: 'guest', keys: [] }

export const reaches = (actor: Pick<Actor, 'keys'>, reach: readonly Key[]): boolean =>
  reach.some((key) => actor.keys.includes(key))

/** Who a case waits for: a capacity and the key that must be held with it. */
export const waitKey = (capacity: Capacity, key: Key): Key => `w:${capacity}@${key}`
export const waitKeysOf = (actor: Pick<Actor, 'keys' | 'capacity'>): Key[] =>
  actor.keys.map((key) => waitKey(actor.capacity, key))
