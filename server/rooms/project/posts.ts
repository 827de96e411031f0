import type { PersonPost } from '@plumbline/core/person'
import { samePost } from '@plumbline/core/person'
import type { Post, Project } from '@plumbline/core/project'
import { type Ctx, read } from '../../base/context.ts'
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

/**
 * Brings people's posts and powers in line with a project as it stands now. Run after the acts that can change them; it
 * compares, so running it twice, or late, does no harm. Those who leave go first: dismissal ends all posts for a unit.
 */
export async function alignPosts(ctx: Ctx, act: HeardAct): Promise<void> {
  const { project, posted } = await read(ctx, async (tx) => ({
    project: (await store.load(tx, [act.caseId]))[0]!,
    posted: await findPosted(tx, act.caseId),
  }))
  const wanted = project.posts.map((post) => ({ personId: post.personId, post: postOn(project, post) }))
  for (const person of posted)
    for (const post of person.posts.filter(({ projectId }) => projectId === project.id)) {
      if (wanted.some((one) => one.personId === person.id && samePost(one.post, post))) continue
      await dismissPerson(ctx, person.id, { projectId: project.id, orgId: post.orgId }, '项目任职变更')
      await setPost(ctx, person.id, 'unpost', post)
    }
  for (const { personId, post } of wanted) {
    const stands = posted.find(({ id }) => id === personId)?.posts.some((one) => isSame(one, post))
    if (!stands) await setPost(ctx, personId, 'post', post)
    await empower(ctx, personId, post, project)
  }
}

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
