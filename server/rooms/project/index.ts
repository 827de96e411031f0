import type { Project } from '@plumbline/core/project'
import type { Db } from '../../base/db.ts'
import type { Room } from '../../base/room.ts'
import { cutOldStreams } from './assign.ts'
import { followOrg, followPerson } from './follow.ts'
import { empowerNewAccount, followPosts } from './posts.ts'
import { projectRoutes } from './routes.ts'
import { projectCases } from './service.ts'
import * as store from './store.ts'
import { countyCases } from './towns.ts'

export const project: Room = {
  name: 'project',
  routes: projectRoutes,
  cases: [projectCases, countyCases],
  hears: {
    'project.register': followPosts,
    'project.amend': followPosts,
    'project.complete': followPosts,
    'project.terminate': followPosts,
    'project.assign': cutOldStreams,
    'account.create': empowerNewAccount,
    'org.amend': followOrg,
    'person.amend': followPerson,
  },
}

/** Refuses missing project, also for one out of reach. */
export const getProject = (tx: Db, id: string): Promise<Project> => store.get(tx, id)
export { listObliged } from './lists.ts'
export { resumeByOrder, stopByOrder } from './orders.ts'
export { settlePosts } from './posts.ts'
export { getTowns } from './towns.ts'
