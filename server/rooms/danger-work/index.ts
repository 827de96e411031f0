import type { Room } from '../../base/room.ts'
import { dangerWorkRoutes } from './routes.ts'
import { pourCases, stopOnAlarm } from './service.ts'

export const dangerWork: Room = {
  name: 'danger-work',
  routes: dangerWorkRoutes,
  cases: [pourCases],
  hears: { 'alarm.raise': stopOnAlarm, 'alarm.upgrade': stopOnAlarm },
}
