import type { Handover, Project } from '@plumbline/core/project'
import { completenessOf } from '@plumbline/core/project'
import { personKey } from '@plumbline/core/access'
import { findHeads } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { notify } from '../../base/notify.ts'
import type { Done, HeardAct } from '../../base/room.ts'
import { listInspectors } from '../account/index.ts'
import * as store from './store.ts'

/**
 * What an assignment entails: the officers must be officers; their rights follow in the same transaction (ADM-03); what is
 * open is handed over by list (ADM-02); those who come are told.
 */
export async function assignOfficers(tx: Db, ctx: Ctx, { before, after, input }: Done<Project>): Promise<Project> {
  const inspectors = new Map((await listInspectors(tx)).map((one) => [one.personId, one.name]))
  const officers = after.officers.map((officer) => {
    const name = inspectors.get(officer.personId) ?? officer.name
    if (name === '') throw new Refused('unmet', 'not_an_inspector', { personId: officer.personId })
    return { ...officer, name }
  })
  const assigned = { ...after, officers }
  const project = { ...assigned, completeness: completenessOf(assigned).percent }
  await store.saveAssignments(tx, before, project, ctx.now)
  await handOver(tx, ctx, before, project, (input as { reason: string }).reason)
  return project
}

async function handOver(tx: Db, ctx: Ctx, before: Project, after: Project, reason: string): Promise<void> {
  const without = (all: Project['officers'], others: Project['officers']) =>
    all
      .filter(({ personId }) => !others.some((one) => one.personId === personId))
      .map(({ personId, name }) => ({ personId, name }))
  const leaving = without(before.officers, after.officers)
  const coming = without(after.officers, before.officers)
  const cases = await openCases(tx, ctx, after.id)
  await notify(
    tx,
    ctx,
    coming.map(({ personId }) => ({
      recipient: personKey(personId),
      caseId: after.id,
      kind: 'project.assigned',
      level: ctx.now,
      title: `监督任务：${after.name}`,
      body: `您已被指派监督本项目，即时生效。现有未办结事项 ${cases.length} 件。`,
    })),
  )
  if (leaving.length === 0) return
  await store.saveHandover(tx, after.id, { at: ctx.now, reason, leaving, coming, cases })
}

async function openCases(tx: Db, ctx: Ctx, projectId: string): Promise<Handover['cases']> {
  const ids = await store.findOpenCases(tx, projectId)
  const heads = new Map((await findHeads(ctx, tx, ids)).map((head) => [head.id, head]))
  return ids.flatMap((id) => {
    const head = heads.get(id)
    if (!head) return []
    const { room, number, title, stateLabel, due, tier } = head
    return [{ id, room, number, title, stateLabel, due, tier }]
  })
}

/** Rights follow the assignment in its transaction; the streams already open were opened under the old ones. */
export async function cutOldStreams(ctx: Ctx, act: HeardAct): Promise<void> {
  await ctx.house.stream.cut(await read(ctx, (tx) => store.findMoved(tx, act.caseId, act.doneAt)))
}
