import type { Room } from '../../base/room.ts'
import { permitRoutes } from './routes.ts'
import { permitCases } from './service.ts'

export const permit: Room = { name: 'permit', routes: permitRoutes, cases: [permitCases] }
