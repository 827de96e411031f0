import type { Room } from '../../base/room.ts'
import { rectificationRoutes } from './routes.ts'
import { noticeCases, onLifted, onServed } from './service.ts'

export const rectification: Room = {
  name: 'rectification',
  routes: rectificationRoutes,
  cases: [noticeCases],
  hears: {
    'rectification.serve': onServed,
    'rectification.resume': onLifted,
    'rectification.withdraw': onLifted,
  },
}
