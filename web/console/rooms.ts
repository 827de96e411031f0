import type { RoomFace } from '../kit/panels.tsx'

/**
 * Every room the console shows, named here and nowhere else:
 *   import * as project from '../rooms/project/index.tsx'
 * A room's index.tsx names its pages lazily, so that this list stays light.
 */
export const rooms: readonly RoomFace[] = []
