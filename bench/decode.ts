// node bench/decode.ts: what it costs to read one HJ 212 frame, in µs of CPU time.
//   fast  framing, check value and all fields typed, as the gateway does it
//   slow  the reference on the same bytes: split, regular expressions, the check value bit by bit
//   crc   the check value alone, which nobody can do without
// The rounds are taken in turn, so that a slow moment of the machine falls on all three alike.
import {
  crcOf,
  decode,
  frameOf,
  sayQn,
  sayTime,
  type TakeOptions,
  takeFrames,
  textOf,
} from '../core/codec/hj212/index.ts'
import { decodeSlowly, isFrameSlowly } from '../core/codec/hj212/slow.ts'
import { median } from './statistics.ts'

const rounds = 21
const devices = 200
const repeats = 20

/** A real-time frame with seven factors and their marks; another device and moment in each. */
function frameFrom(device: number): Uint8Array {
  const at = Date.UTC(2025, 10, 20, 1, 30) + device * 1_000
  const mn = `330482A89000160000${String(device).padStart(6, '0')}`
  const values = { a34004: 68.4, a34002: 121.7, a34001: 236.2, LA: 63.2, a01001: 14.6, a01002: 58.1, a01007: 2.3 }
  const groups = Object.entries(values).map(
    ([code, value]) => `${code}-Rtd=${(value + device / 10).toFixed(2)},${code}-Flag=N`,
  )
  const cp = `DataTime=${sayTime(at)};${groups.join(';')}`
  return frameOf(`QN=${sayQn(at)};ST=39;CN=2011;PW=123456;MN=${mn};Flag=5;CP=&&${cp}&&`)
}

const frames = Array.from({ length: devices }, (_, device) => frameFrom(device))
const stream = Uint8Array.from(frames.flatMap((frame) => [...frame]))
const length = stream.length / devices
/** The gateway looks up by the claimed number what a device is forgiven; so does this. */
const options: TakeOptions = { toleranceOf: () => ({ crc: 'strict', ending: 'crlf' }) }

const ways: Record<string, () => number> = {
  fast: () => {
    let readings = 0
    for (const frame of takeFrames(stream, stream.length, options).frames) {
      if (frame.kind === 'good') readings += decode(stream, frame.dataStart, frame.dataEnd, frame).readings.length
    }
    return readings
  },
  slow: () => {
    let readings = 0
    for (const frame of frames) {
      if (isFrameSlowly(frame)) readings += decodeSlowly(textOf(frame, 6, frame.length - 6)).readings.length
    }
    return readings
  },
  crc: () => {
    let sum = 0
    for (const frame of frames) sum += crcOf(frame, 6, frame.length - 6)
    return sum
  },
}

const spent = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]))
if (ways.fast!() !== ways.slow!()) throw new Error('the two decoders differ')
for (let round = -3; round < rounds; round += 1) {
  for (const [name, way] of Object.entries(ways)) {
    const began = process.cpuUsage()
    for (let repeat = 0; repeat < repeats; repeat += 1) way()
    const { user, system } = process.cpuUsage(began)
    // The first rounds are for the compiler.
    if (round >= 0) spent.get(name)!.push((user + system) / (repeats * devices))
  }
}
const told = (name: string) => {
  const figures = spent.get(name)!
  return `${Math.min(...figures).toFixed(2)} (${median(figures).toFixed(2)})`
}
const quickest = (name: string) => Math.min(...spent.get(name)!)
const overSlow = quickest('slow') / quickest('fast')
const overCrc = quickest('fast') / quickest('crc')
console.log(`frames of ${length.toFixed(0)} bytes, µs of CPU time each: quickest of ${rounds} rounds (median)`)
console.log(`  fast ${told('fast')}   slow ${told('slow')}   crc alone ${told('crc')}`)
console.log(
  `  fast is ${overSlow.toFixed(1)} times as fast as the reference and takes ${overCrc.toFixed(1)} times the crc`,
)
