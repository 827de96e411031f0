import * as account from '../rooms/account/field.tsx'
import * as dangerWork from '../rooms/danger-work/field.tsx'
import * as evidence from '../rooms/evidence/field.tsx'
import * as inspection from '../rooms/inspection/field.tsx'
import * as permit from '../rooms/permit/field.tsx'
import * as project from '../rooms/project/field.tsx'
import * as rectification from '../rooms/rectification/field.tsx'
import * as telemetry from '../rooms/telemetry/field.tsx'
import type { FieldFace } from '../kit/panels.tsx'

/**
 * Every room with pages for the phone, named here and nowhere else:
 *   import * as inspection from '../rooms/inspection/field.tsx'
 */
export const rooms: readonly FieldFace[] = [
  account,
  project,
  evidence,
  telemetry,
  dangerWork,
  inspection,
  rectification,
  permit,
]
