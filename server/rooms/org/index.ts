import type { Org } from '@plumbline/core/org'
import type { Db } from '../../base/db.ts'
import type { Room } from '../../base/room.ts'
import { orgRoutes } from './routes.ts'
import { orgCases } from './service.ts'
import * as store from './store.ts'

export const org: Room = { name: 'org', routes: orgRoutes, cases: [orgCases] }

export const findOrgs = (tx: Db, ids: readonly string[]): Promise<Org[]> => store.load(tx, ids)
export const findOrgsByUscc = (tx: Db, usccs: readonly string[]): Promise<Org[]> => store.findByUscc(tx, usccs)
export { register as registerOrg } from './service.ts'
