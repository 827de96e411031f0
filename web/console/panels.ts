import { rooms } from './rooms.ts'

/** Every room's panels, for the slots of other rooms' pages. */
export const panels = rooms.flatMap((room) => room.panels ?? [])
