import { type Address, executionResult, messageFrame, sayTime } from '@plumbline/core/codec/hj212'
import { random } from '../county/random.ts'
import { answerPlainly, openLine } from './line.ts'

export interface MeterOptions {
  host: string
  port: number
  address: Address
  clock: () => number
  seed: number
  periodSeconds: number
}

const minute = 60_000
const shanghai = 8 * 60 * minute
const oneDecimal = (value: number) => Math.round(value * 10) / 10

/**
 * What a calm site's monitor measures at a moment, by HJ 212 code, particulates in µg/m³. The same seed, device and
 * minute give the same values. PM2.5 stays below 70: whoever wants an alarm speaks for himself.
 */
export function measuredAt(seed: number, mn: string, at: number): Record<string, number> {
  const site = random(seed, `meter/${mn}`)
  const [dusty, loud, windward] = [site.next(), site.next(), site.next()]
  const { next } = random(seed, `meter/${mn}/${Math.floor(at / minute)}`)
  const hour = (((at + shanghai) / minute / 60) % 24) + 0
  const busy = hour >= 6 && hour < 18.5 ? 1 : 0
  // Two humps of the day, morning and afternoon, and some scatter.
  const day = busy * (0.6 + 0.4 * Math.sin(((hour - 6) / 12.5) * 2 * Math.PI) ** 2)
  const pm25 = 18 + 16 * dusty + 20 * day + 10 * (next() - 0.5)
  const warm = Math.sin(((hour - 9) / 24) * 2 * Math.PI)
  return {
    a34004: oneDecimal(pm25),
    a34002: oneDecimal(pm25 * (1.5 + 0.4 * next())),
    a34001: oneDecimal(pm25 * (2.6 + 0.8 * next())),
    LA: oneDecimal(46 + 4 * loud + busy * (14 + 4 * next()) + 2 * next()),
    a01001: oneDecimal(14 + 5 * warm + next()),
    a01002: oneDecimal(64 - 14 * warm + 4 * next()),
    a01006: oneDecimal(101.6 + 0.3 * next()),
    a01007: oneDecimal(0.4 + 2.6 * next()),
    a01008: Math.floor((windward * 360 + 60 * next()) % 360),
  }
}

/** A dust and noise monitor: 2011 every period, each answered or sent again. */
export function startMeter(options: MeterOptions): { stop(): void } {
  const { address, clock, seed, periodSeconds } = options
  const line = openLine({
    ...options,
    onRequest: (message) => answerPlainly(line, address, message, (qn) => executionResult(address, qn, 1)),
  })
  const report = () => {
    const at = Math.floor(clock() / 1000) * 1000
    const values = Object.entries(measuredAt(seed, address.mn, at))
    const groups = values.map(([code, value]) => `;${code}-Rtd=${value},${code}-Flag=N`).join('')
    const cp = `DataTime=${sayTime(at)}${groups}`
    line.upload((qn) => messageFrame(address, { qn, cn: '2011', wantsAnswer: true, cp }))
  }
  // Not all monitors of a county speak in the same second.
  const shift = random(seed, `meter/${address.mn}/shift`).next() * Math.min(periodSeconds, 5) * 1000
  let every: ReturnType<typeof setInterval> | undefined
  const first = setTimeout(() => {
    report()
    every = setInterval(report, periodSeconds * 1000)
  }, shift)
  return {
    stop: () => {
      clearTimeout(first)
      clearInterval(every)
      line.close()
    },
  }
}
