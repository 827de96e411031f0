import type { Room } from '../../base/room.ts'
import { clockCases } from './clock.ts'
import { accountRoutes } from './routes.ts'
import { ruleCases } from './rules.ts'
import { accountCases } from './service.ts'

export const account: Room = { name: 'account', routes: accountRoutes, cases: [accountCases, clockCases, ruleCases] }

export { identify } from './identity.ts'
export { appointPerson, dismissPerson, findOfficers, type Inspector, listInspectors } from './service.ts'
