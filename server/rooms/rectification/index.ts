import type { Room } from '../../base/room.ts'
import { rectificationRoutes } from './routes.ts'
import { noticeCases, onDrafted, onLifted, onPassed, onServed } from './service.ts'

export const rectification: Room = {
  name: 'rectification',
  routes: rectificationRoutes,
  cases: [noticeCases],
  hears: {
    'rectification.draft': onDrafted,
    'rectification.serve': onServed,
    'rectification.resume': onLifted,
    'rectification.withdraw': onLifted,
    'rectification.review': onPassed,
    'rectification.reopen': onPassed,
  },
}
