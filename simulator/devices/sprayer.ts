import {
  type Address,
  executionResult,
  findSprayCommand,
  type Message,
  requestAnswer,
  sprayState,
  type SprayCommand,
} from '@plumbline/core/codec/hj212'
import { answerPlainly, openLine } from './line.ts'

export interface SprayerOptions {
  host: string
  port: number
  address: Address
  clock: () => number
  units: number
  /** How often it reports its state unasked. */
  periodSeconds: number
  /** How long a pump takes to come up. */
  reactMillis?: number
}

const done = 1
const running = 1
const off = 0
const refused = 2

/**
 * A sprayer: accepts (9011), switches, says so (9012), and reports the state that has come about (2021). Each QN once;
 * nothing after its time; off by itself after the longest run, also when the platform has fallen silent.
 */
export function startSprayer(options: SprayerOptions): { stop(): void; state(unit: number): number } {
  const { address, clock, units, periodSeconds, reactMillis = 300 } = options
  const states = Array.from({ length: units }, () => off)
  const carriedOut = new Set<string>()
  const ends = new Map<number, ReturnType<typeof setTimeout>>()
  const pending = new Set<ReturnType<typeof setTimeout>>()

  const report = () => {
    const rows = states.map((state, index) => ({ unit: index + 1, state }))
    line.upload((qn) => sprayState(address, qn, clock(), rows))
  }
  const put = ({ unit, on, maxRunSeconds }: SprayCommand) => {
    clearTimeout(ends.get(unit))
    states[unit - 1] = on ? running : off
    if (!on) return
    const end = setTimeout(() => {
      states[unit - 1] = off
      report()
    }, maxRunSeconds * 1000)
    ends.set(unit, end)
  }
  const later = (work: () => void) => {
    const timer = setTimeout(() => {
      pending.delete(timer)
      work()
    }, reactMillis)
    pending.add(timer)
  }
  const obey = (command: SprayCommand) => {
    const possible = command.unit <= units && (carriedOut.has(command.qn) || clock() <= command.validTo)
    line.say(requestAnswer(address, command.qn, possible ? done : refused))
    if (!possible) return
    const again = carriedOut.has(command.qn)
    carriedOut.add(command.qn)
    later(() => {
      if (!again) put(command)
      line.say(executionResult(address, command.qn, done))
      later(report)
    })
  }
  const onRequest = (message: Message) => {
    const command = findSprayCommand(message)
    if (command) obey(command)
    else answerPlainly(line, address, message, (qn) => executionResult(address, qn, done))
  }
  const line = openLine({ ...options, onRequest })
  report()
  const every = setInterval(report, periodSeconds * 1000)
  return {
    state: (unit) => states[unit - 1] ?? off,
    stop: () => {
      clearInterval(every)
      for (const timer of [...pending, ...ends.values()]) clearTimeout(timer)
      line.close()
    },
  }
}
