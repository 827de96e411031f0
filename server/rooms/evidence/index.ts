import type { Room } from '../../base/room.ts'
import { routes } from './routes.ts'
import { keep } from './service.ts'

export { logOf } from './service.ts'
export { sayFinding, verifyHouse } from './verifying.ts'
export { runWitnesses } from './witnesses.ts'

/** 存证: what was done stays told. Hears nothing: it takes acts and files in the order in which they were committed. */
export const evidence: Room = { name: 'evidence', routes, ticks: [keep] }
