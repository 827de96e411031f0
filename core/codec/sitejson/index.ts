export { ack, clockCommand, findDown, refusal, switchCommand, type Down, type SwitchCommand } from './command.ts'
export { decode } from './decode.ts'
export { formOf, isSiteKind, siteKinds, type KindForm, type SiteField, type SiteKind } from './kinds.ts'
export {
  deepest,
  longestMessage,
  pointLongest,
  pointPattern,
  type BadReason,
  type CommandReply,
  type CycleBody,
  type Decoded,
  type EventKind,
  type ExitBody,
  type IntrusionBody,
  type Mark,
  type PassageBody,
  type SiteEvent,
  type SiteMessage,
  type SiteProblem,
  type SiteValue,
  type TrackBody,
  type UnitState,
} from './message.ts'
export { coverPersonal } from './personal.ts'
export { sampleOf } from './sample.ts'
export { schemaOf } from './schema.ts'
export { findInstant, sayInstant } from './time.ts'
