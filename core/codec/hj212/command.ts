import { findField, parseTime, sayTime, type Message } from './message.ts'
import { messageFrame, type Address } from './reply.ts'

/**
 * The sprayer's command. The standard has none for it, so it is ours: CN 3901, inside the range 3022–3999 that
 * HJ 212-2017 table 9 reserves for control commands, and far from 3022 and 3024, which HJ 212-2025 has since taken.
 *
 *   CP=&&Unit=1;On=1;ValidTo=20261120140600;MaxRun=1800&&
 *
 * The exchange is the standard's request: command → 9011 (accepted) → 9012 (executed) → 2021 with SBn-RS (effective).
 * The QN names the command: a device carries out each QN once, nothing after ValidTo, and switches itself off after
 * MaxRun seconds even when the platform has fallen silent.
 */
export const sprayCn = '3901'

export interface SprayCommand {
  qn: string
  /** Which of the device's pumps or valves, from 1. */
  unit: number
  on: boolean
  /** After this instant (milliseconds; a frame holds whole seconds) the command is void. */
  validTo: number
  maxRunSeconds: number
}

/** The frame that switches a sprayer. */
export function sprayCommand(to: Address, command: SprayCommand): Uint8Array {
  const { qn, unit, on, validTo, maxRunSeconds } = command
  const cp = `Unit=${unit};On=${on ? 1 : 0};ValidTo=${sayTime(validTo)};MaxRun=${maxRunSeconds}`
  return messageFrame(to, { qn, cn: sprayCn, wantsAnswer: true, cp })
}

/** The command in a message; undefined when it is none, or when any part of it is missing or malformed. */
export function findSprayCommand(message: Message): SprayCommand | undefined {
  if (message.cn !== sprayCn || message.qn === undefined) return undefined
  const unit = wholeIn(message, 'Unit')
  const on = findField(message, 'On')
  const validTo = parseTime(findField(message, 'ValidTo') ?? '')
  const maxRunSeconds = wholeIn(message, 'MaxRun')
  if (!unit || !maxRunSeconds || validTo === undefined || (on !== '0' && on !== '1')) return undefined
  return { qn: message.qn, unit, on: on === '1', validTo, maxRunSeconds }
}

/** One pump or valve: 0 off, 1 running, 2 calibrating, 3 maintained, 4 alarm, 5 blowing back (SBn-RS). */
export interface SprayUnit {
  unit: number
  state: number
}

/** 2021: the state that has really come about. `qn` names this report, not the command. */
export function sprayState(from: Address, qn: string, at: number, units: readonly SprayUnit[]): Uint8Array {
  const states = units.map(({ unit, state }) => `;SB${unit}-RS=${state}`).join('')
  return messageFrame(from, { qn, cn: '2021', wantsAnswer: true, cp: `DataTime=${sayTime(at)}${states}` })
}

/** What a sprayer says: the command accepted or not, executed or not, or its state. */
export type SpraySaying =
  | { kind: 'accepted'; qn: string; ok: boolean; code: number }
  | { kind: 'executed'; qn: string; ok: boolean; code: number }
  | { kind: 'state'; at: number; units: SprayUnit[] }

/** Reads 9011, 9012 and 2021; undefined for anything else and for a saying without its number, QN or time. */
export function findSpraySaying(message: Message): SpraySaying | undefined {
  if (message.cn === '2021') {
    const units = message.readings.flatMap(({ code, kind, value }) => {
      const unit = kind === 'RS' ? /^SB(\d{1,3})$/.exec(code) : null
      return unit ? [{ unit: Number(unit[1]), state: value }] : []
    })
    if (message.dataTime === undefined || units.length === 0) return undefined
    return { kind: 'state', at: message.dataTime, units }
  }
  const name = message.cn === '9011' ? 'QnRtn' : message.cn === '9012' ? 'ExeRtn' : undefined
  const code = name === undefined ? undefined : wholeIn(message, name)
  if (code === undefined || message.qn === undefined) return undefined
  return { kind: name === 'QnRtn' ? 'accepted' : 'executed', qn: message.qn, ok: code === 1, code }
}

function wholeIn(message: Message, name: string): number | undefined {
  const text = findField(message, name)
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined
}
