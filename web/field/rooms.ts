import type { FieldFace } from '../kit/panels.tsx'

/**
 * Every room with pages for the phone, named here and nowhere else:
 *   import * as inspection from '../rooms/inspection/field.tsx'
 */
export const rooms: readonly FieldFace[] = []
