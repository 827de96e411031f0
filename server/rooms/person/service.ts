import { may } from '@plumbline/core/access'
import { maskIdCard, maskPhone } from '@plumbline/core/kit'
import { type NewPerson, type Person, type PersonPost, personWorkflow } from '@plumbline/core/person'
import type { PersonState, PersonView } from '@plumbline/core/person'
import type { ActAsk } from '@plumbline/core/workflow'
import { randomUUID } from 'node:crypto'
import { act, open, sameId, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom } from '../../base/room.ts'
import { openSafe } from '../../base/seal.ts'
import { getCounty } from '../../base/setting.ts'
import { findHolds } from '../../base/subjects.ts'
import { findOrgs } from '../org/index.ts'
import * as store from './store.ts'

const room: CaseRoom<PersonState, Person> = {
  workflow: personWorkflow,
  load: store.load,
  save: store.save,
  effects: { amend: async (tx, _, { after }) => requireOrg(tx, after.orgId) },
}
export const personCases = asCaseRoom(room)

const safeOf = (ctx: Ctx) => openSafe(ctx.house.settings.dataDir, 'person')

async function requireOrg(tx: Db, orgId: string | null): Promise<void> {
  if (!orgId) return
  const [org] = await findOrgs(tx, [orgId])
  if (org?.state !== 'registered') throw new Refused('unmet', 'org_unknown', { orgId })
}

export interface NewPersonAsk {
  requestId: string
  idNumber: string
  input: NewPerson
}

/**
 * Enters a person once. The act's input carries the masked number and its blind index; the number itself is sealed into a
 * table of its own in the same transaction. Refuses conflict person_known.
 */
export async function register(ctx: Ctx, ask: NewPersonAsk): Promise<Person> {
  const safe = safeOf(ctx)
  const { region } = await getCounty(ctx.db)
  const idMasked = maskIdCard(ask.idNumber)
  const idIndex = safe.index(ask.idNumber)
  const entering: CaseRoom<PersonState, Person> = {
    ...room,
    effects: {
      register: async (tx, _, { after }) => {
        await requireOrg(tx, after.orgId)
        await store.save(tx, [after])
        await store.saveIdentity(tx, after.id, safe.seal(after.id, ask.idNumber), idIndex)
      },
    },
  }
  const input = { ...ask.input, idMasked, idIndex }
  const { record } = await open(ctx, entering, { requestId: ask.requestId, action: 'register', input }, async () => ({
    ...ask.input,
    id: randomUUID(),
    state: null,
    idMasked,
    region,
    posts: [],
  })).catch((error: { constraint?: string }) => {
    throw error.constraint === 'identity_once' ? new Refused('conflict', 'person_known', { idMasked }) : error
  })
  return record
}

export async function change(ctx: Ctx, id: string, ask: ActAsk): Promise<PersonView> {
  await act(ctx, room, id, ask)
  return view(ctx, id)
}

/** Shows the number in clear, for a reason that stays in the history. */
export async function reveal(ctx: Ctx, id: string, ask: { requestId: string; reason: string }) {
  await act(ctx, room, id, { requestId: ask.requestId, action: 'reveal', input: { reason: ask.reason } })
  const sealed = await read(ctx, (tx) => store.getSealed(tx, id))
  return { idNumber: safeOf(ctx).unseal(id, sealed) }
}

/** As the reader may see it: telephone numbers in full only for those who keep the register. */
const shown = (ctx: Ctx, person: Person): Person =>
  may(ctx.actor.capacity, 'person.write') ? person : { ...person, phone: maskPhone(person.phone) }

export const view = (ctx: Ctx, id: string): Promise<PersonView> =>
  read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'person')
    const [person] = await store.load(tx, [id])
    const [org] = person!.orgId ? await findOrgs(tx, [person!.orgId]) : []
    const { record, steps } = withSteps(ctx, room, person!)
    return {
      head,
      record: shown(ctx, record),
      steps,
      acts: await history(ctx, tx, id),
      orgName: org?.name ?? null,
      holds: await findHolds(tx, [id]),
    }
  })

export const list = (ctx: Ctx, ask: store.ListAsk) =>
  read(ctx, async (tx) => {
    const found = await store.list(tx, { ...ask, limit: ask.limit + 1 })
    const rows = found.slice(0, ask.limit)
    const orgIds = [...new Set(rows.flatMap(({ orgId }) => orgId ?? []))]
    const names = new Map((await findOrgs(tx, orgIds)).map(({ id, name }) => [id, name]))
    return {
      rows: rows.map((person) => ({ ...shown(ctx, person), orgName: names.get(person.orgId ?? '') ?? null })),
      next: found.length > ask.limit ? rows.at(-1)!.id : null,
    }
  })

/** Enters or ends a post on a person's page, as the system, because of the act that `ctx` answers to. Repeating is harmless. */
export async function setPost(ctx: Ctx, personId: string, action: 'post' | 'unpost', post: PersonPost): Promise<void> {
  const { projectId, orgId, capacity, projectName, district } = post
  await act(ctx, room, personId, {
    requestId: sameId(
      'person',
      action,
      personId,
      projectId,
      orgId,
      capacity,
      projectName,
      district,
      ctx.causedBy ?? '',
    ),
    action,
    input: post,
  })
}
