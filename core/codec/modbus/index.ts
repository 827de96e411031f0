export {
  exceptionNames,
  judgeAnswer,
  mostRegisters,
  readRequest,
  takeFrames,
  type Frame,
  type BrokenReason,
  type ReadRequest,
  type Table,
  type Told,
} from './frame.ts'
export {
  readsOf,
  registerTypes,
  valuesIn,
  type Read,
  type Register,
  type RegisterType,
  type RegisterValues,
} from './registers.ts'
export { answerOf, type Registers } from './slave.ts'
