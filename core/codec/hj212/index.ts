export { asciiOf, bytesOf, textOf } from './bytes.ts'
export { throughCipher, type BlockCipher } from './cipher.ts'
export {
  findSprayCommand,
  findSpraySaying,
  sprayCn,
  sprayCommand,
  sprayState,
  type SprayCommand,
  type SpraySaying,
  type SprayUnit,
} from './command.ts'
export { crcOf, modbusOf, sayCrc, type CrcMode } from './crc.ts'
export { decode, type DecodeOptions } from './decode.ts'
export { departureNames, departuresOf, editions, type Departure, type Edition } from './editions.ts'
export { findRunHours, type RunHours } from './equipment.ts'
export { factors, findFactor, measured, toMicrograms, type Factor, type UnitProfile } from './factors.ts'
export {
  longestData,
  takeFrames,
  type BadFrame,
  type BadReason,
  type Frame,
  type GoodFrame,
  type TakeOptions,
  type Tolerance,
} from './frame.ts'
export {
  findEFlag,
  findField,
  findSampleTime,
  parseTime,
  sayQn,
  sayTime,
  type Kind,
  type Message,
  type Problem,
  type Reading,
} from './message.ts'
export { commandNames, executionReturns, markNames, requestReturns, systemNames } from './names.ts'
export { openParts, type MissingParts, type PartNoted, type Parts, type PartsLimits } from './parts.ts'
export {
  askClock,
  askMinuteInterval,
  askMinutes,
  askRealtimeInterval,
  dataAnswer,
  executionResult,
  findAddress,
  frameOf,
  messageFrame,
  noticeAnswer,
  requestAnswer,
  setClock,
  setMinuteInterval,
  setRealtimeInterval,
  setRetries,
  startRealtime,
  stopRealtime,
  type Address,
} from './reply.ts'
