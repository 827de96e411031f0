import type { Room } from '../../base/room.ts'
import { planCases } from './plans.ts'
import { inspectionRoutes } from './routes.ts'
import { inspectionCases } from './service.ts'

export const inspection: Room = { name: 'inspection', routes: inspectionRoutes, cases: [inspectionCases, planCases] }

export { getInspection, markOrdered } from './service.ts'
export { countFromAlarms, findOfProject as findInspections } from './store.ts'
