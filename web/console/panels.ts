import type { CaseLists } from '../kit/panels.tsx'
import { rooms } from './rooms.ts'

/** Every room's panels, for the slots of other rooms' pages. */
export const panels = rooms.flatMap((room) => room.panels ?? [])

/** Where each room lists its cases. */
export const lists: CaseLists = Object.assign({}, ...rooms.map((room) => room.lists ?? {}))
