import { orgKey } from '@plumbline/core/access'
import { type Project, type Registered, withRegistered } from '@plumbline/core/project'
import { isDeepStrictEqual } from 'node:util'
import { act, sameId } from '../../base/act.ts'
import { type Ctx, read } from '../../base/context.ts'
import { inTx } from '../../base/db.ts'
import type { HeardAct } from '../../base/room.ts'
import { findOrgs } from '../org/index.ts'
import { findPeople } from '../person/index.ts'
import { projectRoom } from './service.ts'
import * as store from './store.ts'

/** A unit was renamed: the projects under way in which it takes part follow. */
export async function followOrg(ctx: Ctx, heard: HeardAct): Promise<void> {
  const { orgs, projects } = await inTx(ctx.db, [...ctx.actor.keys, orgKey(heard.caseId)], async (tx) => ({
    orgs: (await findOrgs(tx, [heard.caseId])).map(({ id, name }) => ({ id, name })),
    projects: await store.load(tx, await store.findWithParty(tx, heard.caseId)),
  }))
  await follow(ctx, heard, projects, { orgs, people: [] })
}

/** A person's name or telephone number changed: the projects under way on which he holds a post follow. */
export async function followPerson(ctx: Ctx, heard: HeardAct): Promise<void> {
  const { people, projects } = await read(ctx, async (tx) => {
    const found = await findPeople(tx, [heard.caseId])
    const projectIds = new Set(found.flatMap(({ posts }) => posts.map(({ projectId }) => projectId)))
    return {
      people: found.map(({ id, name, phone }) => ({ id, name, phone })),
      projects: await store.load(tx, [...projectIds]),
    }
  })
  await follow(ctx, heard, projects, { orgs: [], people })
}

/** A finished project keeps the names under which it was finished. */
async function follow(ctx: Ctx, heard: HeardAct, projects: readonly Project[], now: Registered): Promise<void> {
  for (const project of projects) {
    if (store.isFinished(project) || isDeepStrictEqual(withRegistered(project, now), project)) continue
    await act(ctx, projectRoom, project.id, {
      // Heard again after a further change, it is another act: what it carries is part of its id.
      requestId: sameId('project.follow', project.id, heard.id, JSON.stringify(now)),
      action: 'follow',
      input: now,
    })
  }
}
