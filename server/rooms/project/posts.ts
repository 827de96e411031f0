import type { PersonPost } from '@plumbline/core/person'
import { samePost } from '@plumbline/core/person'
import { type Post, type Project, standingPosts } from '@plumbline/core/project'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import type { HeardAct } from '../../base/room.ts'
import { appointPerson, dismissPerson } from '../account/index.ts'
import { findPeople, findPosted, setPost } from '../person/index.ts'
import * as store from './store.ts'

const postOn = (project: Project, { orgId, capacity }: Post): PersonPost => ({
  projectId: project.id,
  projectName: project.name,
  district: project.district,
  orgId,
  capacity,
})

/** After the acts of a project that can change who holds which post on it. */
export const followPosts = (ctx: Ctx, act: HeardAct): Promise<void> => alignPosts(ctx, act.caseId)

/**
 * Once a project is finished its posts end, except of units that still have a paper of it on their hands. For the rooms whose
 * papers those are: called when one is done with, or comes back. While works go on it does nothing.
 */
export async function settlePosts(ctx: Ctx, projectId: string): Promise<void> {
  const [project] = await read(ctx, (tx) => store.load(tx, [projectId]))
  if (project && store.isFinished(project)) await alignPosts(ctx, projectId)
}

/**
 * Brings people's posts and powers in line with a project as it stands now. It compares, so running it twice, or late, does
 * no harm. Those who leave go first: dismissal ends all posts for a unit.
 */
async function alignPosts(ctx: Ctx, projectId: string): Promise<void> {
  const { project, posted, wanted } = await read(ctx, (tx) => compare(tx, projectId))
  for (const person of posted)
    for (const post of person.posts.filter((one) => one.projectId === projectId)) {
      if (wanted.some((one) => one.personId === person.id && samePost(one.post, post))) continue
      await dismissPerson(ctx, person.id, { projectId, orgId: post.orgId }, whyEnded(project))
      await setPost(ctx, person.id, 'unpost', post)
    }
  for (const { personId, post } of wanted) {
    const stands = posted.find(({ id }) => id === personId)?.posts.some((one) => isSame(one, post))
    if (!stands) await setPost(ctx, personId, 'post', post)
    await empower(ctx, personId, post, project)
  }
}

/** Who holds posts on a project, and who should. Nobody is given one who has left the register since. */
async function compare(tx: Db, projectId: string) {
  const project = await store.get(tx, projectId)
  const posts = standingPosts(project, await store.findOwing(tx, projectId))
  const people = await findPeople(tx, [...new Set(posts.map(({ personId }) => personId))])
  const registered = new Set(people.filter(({ state }) => state === 'registered').map(({ id }) => id))
  return {
    project,
    posted: await findPosted(tx, projectId),
    wanted: posts
      .filter(({ personId }) => registered.has(personId))
      .map((post) => ({ personId: post.personId, post: postOn(project, post) })),
  }
}

const whyEnded = ({ state }: Project) =>
  state === 'completed' ? '项目竣工' : state === 'terminated' ? '项目终止' : '项目任职变更'

const isSame = (one: PersonPost, other: PersonPost) =>
  samePost(one, other) && one.projectName === other.projectName && one.district === other.district

/** Someone who gets an account later gets the powers of the posts he already holds. */
export async function empowerNewAccount(ctx: Ctx, act: HeardAct): Promise<void> {
  const { personId } = act.input as { personId: string }
  const { person, projects } = await read(ctx, async (tx) => {
    const [person] = await findPeople(tx, [personId])
    return { person, projects: await store.load(tx, person?.posts.map(({ projectId }) => projectId) ?? []) }
  })
  for (const post of person?.posts ?? []) {
    const project = projects.find(({ id }) => id === post.projectId)
    if (project) await empower(ctx, personId, post, project)
  }
}

async function empower(ctx: Ctx, personId: string, { capacity, orgId }: PersonPost, project: Project): Promise<void> {
  const unit = project.parties.find((party) => party.orgId === orgId)?.orgName ?? ''
  await appointPerson(
    ctx,
    personId,
    {
      capacity,
      orgId,
      projectId: project.id,
      districts: [],
      scope: [unit, project.name].filter(Boolean).join(' · ').slice(0, 80),
      certificate: null,
    },
    String(ctx.causedBy ?? ''),
  )
}
