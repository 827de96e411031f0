import { frameOf, sayQn, sayTime } from '@plumbline/core/codec/hj212'

/** The number of monitor `no`: 24 characters, as HJ 212-2017 table 3 has it. */
export const numberOf = (no: number) => `330482A8900016${String(no).padStart(10, '0')}`
export const password = '123456'

/** Of a hundred monitors one says PM2.5 above every limit: what calm values cost is not all that rules cost. */
const isOver = (no: number) => no % 100 === 99

/** A real-time frame of a monitor with seven factors and their marks, wanting an answer: 325 bytes and a few. */
export function frameFrom(no: number, at: number, pm25 = isOver(no) ? 90 : 30 + (no % 20)): Buffer {
  const values = { a34004: pm25, a34002: 61.7, a34001: 136.2, LA: 48.2, a01001: 14.6, a01006: 1013.2, a01007: 2.3 }
  const groups = Object.entries(values).map(([code, value]) => `${code}-Rtd=${value.toFixed(2)},${code}-Flag=N`)
  const cp = `DataTime=${sayTime(at)};${groups.join(';')}`
  return Buffer.from(frameOf(`QN=${sayQn(at)};ST=39;CN=2011;PW=${password};MN=${numberOf(no)};Flag=5;CP=&&${cp}&&`))
}

/** Every fifth frame is the one before it once more: a device sends again what it thinks was not heard. */
export const isResent = (turn: number) => turn % 5 === 4

/** So many of these turns bring something new. */
export const newAmong = (turns: number) => turns - Math.floor(turns / 5)
