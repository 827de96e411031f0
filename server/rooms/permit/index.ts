import type { Room } from '../../base/room.ts'
import { permitRoutes } from './routes.ts'
import { onEnded, permitCases } from './service.ts'

export const permit: Room = {
  name: 'permit',
  routes: permitRoutes,
  cases: [permitCases],
  hears: { 'permit.accept': onEnded, 'permit.withdraw': onEnded },
}
