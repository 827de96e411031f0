import * as account from '../rooms/account/index.tsx'
import * as dangerWork from '../rooms/danger-work/index.tsx'
import * as evidence from '../rooms/evidence/index.tsx'
import * as inspection from '../rooms/inspection/index.tsx'
import * as device from '../rooms/device/index.tsx'
import * as org from '../rooms/org/index.tsx'
import * as permit from '../rooms/permit/index.tsx'
import * as person from '../rooms/person/index.tsx'
import * as project from '../rooms/project/index.tsx'
import * as rectification from '../rooms/rectification/index.tsx'
import * as telemetry from '../rooms/telemetry/index.tsx'
import type { RoomFace } from '../kit/panels.tsx'

/**
 * Every room the console shows, named here and nowhere else:
 *   import * as project from '../rooms/project/index.tsx'
 * A room's index.tsx names its pages lazily, so that this list stays light.
 */
export const rooms: readonly RoomFace[] = [
  account,
  org,
  person,
  project,
  device,
  evidence,
  telemetry,
  dangerWork,
  inspection,
  rectification,
  permit,
]
