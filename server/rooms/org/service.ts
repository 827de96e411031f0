import { type NewOrg, type Org, orgWorkflow, type OrgState, type OrgView } from '@plumbline/core/org'
import type { ActAsk } from '@plumbline/core/workflow'
import { randomUUID } from 'node:crypto'
import { act, open, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom, type Done } from '../../base/room.ts'
import { getCounty } from '../../base/setting.ts'
import { findHolds } from '../../base/subjects.ts'
import * as store from './store.ts'

/** The tree after a unit was entered, moved or taken out: its old line and its new one are counted again. */
async function replant(tx: Db, _: Ctx, { before, after }: Done<Org>): Promise<void> {
  await store.lockTree(tx)
  const { parentId } = after
  if (parentId) {
    const [parent] = await store.load(tx, [parentId])
    if (parent?.state !== 'registered') throw new Refused('unmet', 'org_unknown', { orgId: parentId })
    if ((await store.findLine(tx, parentId)).includes(after.id)) throw new Refused('unmet', 'group_cycle')
  }
  const left = before.state && before.parentId ? await store.findLine(tx, before.parentId) : []
  await store.save(tx, [after])
  await store.saveBelow(tx, [...left, ...(await store.findLine(tx, after.id))])
}

const room: CaseRoom<OrgState, Org> = {
  workflow: orgWorkflow,
  load: store.load,
  save: store.save,
  effects: { register: replant, join: replant, leave: replant },
}
export const orgCases = asCaseRoom(room)

/** Enters an enterprise under a credit code that nobody bears yet. Refuses conflict uscc_taken. */
export async function register(ctx: Ctx, ask: { requestId: string; input: NewOrg }): Promise<Org> {
  const { region } = await getCounty(ctx.db)
  const { record } = await open(ctx, room, { ...ask, action: 'register' }, async (tx) => {
    if ((await store.findByUscc(tx, [ask.input.uscc])).length > 0) throw taken(ask.input)
    return { ...ask.input, id: randomUUID(), state: null, region }
  }).catch((error: { constraint?: string }) => {
    // The head's number is the credit code: of two who enter it at one moment, the second meets the key.
    throw error.constraint === 'case_number' ? taken(ask.input) : error
  })
  return record
}

const taken = ({ uscc }: NewOrg) => new Refused('conflict', 'uscc_taken', { uscc })

export async function change(ctx: Ctx, id: string, ask: ActAsk): Promise<OrgView> {
  await act(ctx, room, id, ask)
  return view(ctx, id)
}

export const view = (ctx: Ctx, id: string): Promise<OrgView> =>
  read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'org')
    const [org] = await store.load(tx, [id])
    const [parent] = org!.parentId ? await store.load(tx, [org!.parentId]) : []
    return {
      head,
      ...withSteps(ctx, room, org!),
      acts: await history(ctx, tx, id),
      holds: await findHolds(tx, [id]),
      parent: parent ? { id: parent.id, name: parent.name } : null,
      children: await store.findChildren(tx, id),
    }
  })

export async function list(ctx: Ctx, ask: store.ListAsk): Promise<{ rows: Org[]; next: string | null }> {
  const found = await read(ctx, (tx) => store.list(tx, { ...ask, limit: ask.limit + 1 }))
  const rows = found.slice(0, ask.limit)
  return { rows, next: found.length > ask.limit ? rows.at(-1)!.id : null }
}
