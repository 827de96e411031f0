import type { Person } from '@plumbline/core/person'
import type { Db } from '../../base/db.ts'
import type { Room } from '../../base/room.ts'
import { personRoutes } from './routes.ts'
import { personCases } from './service.ts'
import * as store from './store.ts'

export const person: Room = { name: 'person', routes: personRoutes, cases: [personCases] }

export const findPeople = (tx: Db, ids: readonly string[]): Promise<Person[]> => store.load(tx, ids)
export const findPosted = (tx: Db, projectId: string): Promise<Person[]> => store.findPosted(tx, projectId)
export { setPost } from './service.ts'
