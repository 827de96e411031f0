import { sayInstant } from '@plumbline/core/codec/sitejson'
import { frameFrom, isResent, password } from './frames.ts'

export type DialectName = 'hj212' | 'mqtt'

/** How the machines of a benchmark speak, and how they know that they are answered. */
export interface Dialect {
  /** Said first on a line, and answered once. */
  greeting(no: number): Buffer | null
  /** A frame of machine `no` at an instant (milliseconds); `turn` counts the frames of one run. */
  frame(no: number, at: number, turn: number): Buffer
  /** Makes a function that says how many answers end in a piece of what is heard. */
  counter(): (chunk: Buffer) => number
  /** Whether an answer that came alone names the exchange of its frame. */
  answers(answer: Buffer, frame: Buffer): boolean
}

const lineFeed = 10

const hj212: Dialect = {
  greeting: () => null,
  frame: (no, at) => frameFrom(no, at),
  counter: () => (chunk) => {
    let count = 0
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) count += 1
    return count
  },
  // 9014 under the QN of the frame: seventeen digits behind '##0313QN='.
  answers: (answer, frame) => answer.includes('CN=9014') && answer.subarray(9, 26).equals(frame.subarray(9, 26)),
}

/** The number of a crane. */
export const craneOf = (no: number) => `990421T${String(no).padStart(10, '0')}`

/** A crane at work, some 300 bytes. */
function craneMessage(no: number, at: number): string {
  const values = { momentPercent: 61.2, liftingCapacity: 2.46, safeLiftingCapacity: 4.02, loadPercent: 61.2 }
  const place = {
    amplitude: 22.1,
    round: (no * 7) % 360,
    height: 33.5,
    dipAngleX: 0.12,
    dipAngleY: -0.08,
    windSpeed: 4.3,
  }
  const head = { id: `c-${no}-${at}`, deviceTime: sayInstant(at), kind: 'crane', driverId: 'D1002' }
  return JSON.stringify({ ...head, ...values, ...place, overRide: 2 })
}

const [connack, puback] = [2, 4]

const mqtt: Dialect = {
  // User name, password, a clean session; no keep-alive.
  greeting: (no) =>
    packet(0x10, [text('MQTT'), Buffer.from([4, 0xc2, 0, 0]), ...[craneOf(no), craneOf(no), password].map(text)]),
  // QoS 1; what is sent again says so.
  frame: (no, at, turn) =>
    packet(isResent(turn) ? 0x3a : 0x32, [
      text(`plumbline/v1/${craneOf(no)}/up`),
      Buffer.from([(turn + 1) >> 8, (turn + 1) & 255]),
      Buffer.from(craneMessage(no, at)),
    ]),
  counter: packetCounter,
  answers: () => true,
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}

/** A packet of MQTT 3.1.1 (2.2): its first byte, the length of the rest in seven bits a byte, the rest. */
function packet(first: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = [first]
  for (let left = body.length; ; left >>= 7) {
    head.push(left > 127 ? (left & 127) | 128 : left)
    if (left < 128) return Buffer.concat([Buffer.from(head), body])
  }
}

/** Counts CONNACK and PUBACK among whatever packets come, wherever a stream of them is cut. */
function packetCounter(): (chunk: Buffer) => number {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let count = 0
    let at = 0
    for (;;) {
      const end = endOf(bytes, at)
      if (end < 0) break
      const type = bytes[at]! >> 4
      if (type === connack || type === puback) count += 1
      at = end
    }
    rest = bytes.subarray(at)
    return count
  }
}

/** Where the packet ends that begins here (MQTT 3.1.1, 2.2.3), or -1 while bytes are missing. */
function endOf(bytes: Buffer, start: number): number {
  let length = 0
  for (let at = start + 1; at < bytes.length && at < start + 5; at += 1) {
    length += (bytes[at]! & 127) * 128 ** (at - start - 1)
    if (bytes[at]! < 128) return at + 1 + length <= bytes.length ? at + 1 + length : -1
  }
  return -1
}

export const dialects: Record<DialectName, Dialect> = { hj212, mqtt }
