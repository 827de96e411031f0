import type { Project } from '@plumbline/core/project'
import type { Db } from '../../base/db.ts'
import type { Room } from '../../base/room.ts'
import { cutOldStreams } from './assign.ts'
import { alignPosts, empowerNewAccount } from './posts.ts'
import { projectRoutes } from './routes.ts'
import { projectCases } from './service.ts'
import * as store from './store.ts'
import { countyCases } from './towns.ts'

export const project: Room = {
  name: 'project',
  routes: projectRoutes,
  cases: [projectCases, countyCases],
  hears: {
    'project.register': alignPosts,
    'project.amend': alignPosts,
    'project.assign': cutOldStreams,
    'account.create': empowerNewAccount,
  },
}

/** Refuses missing project, also for one out of reach. */
export const getProject = (tx: Db, id: string): Promise<Project> => store.get(tx, id)
export { listObliged } from './lists.ts'
export { resumeByOrder, stopByOrder } from './orders.ts'
export { getTowns } from './towns.ts'
