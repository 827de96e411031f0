import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { percentile } from '../statistics.ts'
import { type Dialect, type DialectName, dialects } from './dialects.ts'
import { isResent, newAmong } from './frames.ts'

// Machines in a process of their own, each with a socket of its own. Their frames are made before the clock is started:
// what is measured beside the server is the sockets of the sender and nothing else.

export interface Pace {
  port: number
  /** Of each line. */
  turns: number
  /** Outstanding on each line; with `perSecond` the frames leave in that pace, answered or not. */
  window: number
  perSecond?: number
  /** For a peer that answers nothing: all frames are written, as fast as they are taken. */
  unanswered?: boolean
  /** Whether the answers must name the frames they answer. */
  checked?: boolean
}
export interface Opening {
  port: number
  connections: number
  /** The number of the first machine. */
  from: number
  dialect: DialectName
}
export type PumpOrder = { open: Opening } | { run: Pace } | { close: { port: number } }
export interface PumpRun {
  sent: number
  acked: number
  /** Frames that said something new. */
  fresh: number
  wallMillis: number
  p50: number
  p99: number
}

interface Line {
  no: number
  dialect: Dialect
  count(chunk: Buffer): number
  socket: Socket
  frames: Buffer[]
  /** Of the run under way: frames sent and answered, and when those outstanding were sent. */
  next: number
  acked: number
  sentAt: number[]
  heard(chunk: Buffer): void
}

/** A machine's time runs from here; readings older than the refresh period raise nothing, those far ahead are refused. */
const behind = 240_000
const groups = new Map<number, Line[]>()
const toldUntil = new Map<number, number>()

async function open({ port, connections, from, dialect }: Opening): Promise<void> {
  const lines: Line[] = []
  for (let at = 0; at < connections; at += 100)
    lines.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(100, connections - at) }, (_, index) =>
          openLine(port, from + at + index, dialects[dialect]),
        ),
      )),
    )
  groups.set(port, lines)
}

async function openLine(port: number, no: number, dialect: Dialect): Promise<Line> {
  // A gateway takes so many from one address.
  const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + (no % 100)}`, noDelay: true })
  await once(socket, 'connect')
  const line: Line = {
    no,
    dialect,
    socket,
    frames: [],
    next: 0,
    acked: 0,
    sentAt: [],
    heard: () => {},
    count: dialect.counter(),
  }
  socket.on('data', (chunk) => line.heard(chunk))
  socket.on('error', () => {})
  const greeting = dialect.greeting(no)
  if (greeting) await greet(line, greeting)
  return line
}

function greet(line: Line, greeting: Buffer): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    line.heard = (chunk) => {
      if (line.count(chunk) > 0) resolve()
    }
    line.socket.once('close', () => reject(new Error('a greeting was refused')))
    line.socket.write(greeting)
  }).finally(() => line.socket.removeAllListeners('close'))
}

/** The frames of one line, a second apart. */
function framesOf({ no, dialect }: Line, from: number, turns: number): Buffer[] {
  const frames: Buffer[] = []
  let at = from
  for (let turn = 0; turn < turns; turn += 1) frames.push(dialect.frame(no, isResent(turn) ? at : (at += 1000), turn))
  return frames
}

async function run(pace: Pace): Promise<PumpRun> {
  const { port, turns } = pace
  const lines = groups.get(port)!
  const from = Math.max(toldUntil.get(port) ?? 0, Date.now() - behind)
  toldUntil.set(port, from + turns * 1000)
  for (const line of lines) Object.assign(line, { frames: framesOf(line, from, turns), next: 0, acked: 0, sentAt: [] })
  const millis: number[] = []
  const startedAt = performance.now()
  if (pace.unanswered) await Promise.all(lines.map(writeAll))
  else await answered(lines, pace, millis)
  const wallMillis = performance.now() - startedAt
  const acked = lines.reduce((sum, line) => sum + line.acked, 0)
  return {
    sent: lines.length * turns,
    acked,
    fresh: lines.length * newAmong(turns),
    wallMillis,
    p50: millis.length > 0 ? percentile(millis, 0.5) : 0,
    p99: millis.length > 0 ? percentile(millis, 0.99) : 0,
  }
}

async function writeAll({ socket, frames }: Line): Promise<void> {
  for (const frame of frames) if (!socket.write(frame)) await once(socket, 'drain')
}

async function answered(lines: readonly Line[], pace: Pace, millis: number[]): Promise<void> {
  const { window, perSecond } = pace
  await new Promise<void>((resolve, reject) => {
    let left = lines.length
    const done = () => {
      left -= 1
      if (left === 0) resolve()
    }
    for (const line of lines) {
      line.heard = hearing(line, pace, millis, done)
      line.socket.once('close', () => reject(new Error('a line was closed')))
    }
    if (perSecond === undefined) for (const line of lines) for (let one = 0; one < window; one += 1) sendNext(line)
    else void sendInPace(lines, perSecond)
  })
  for (const { socket } of lines) socket.removeAllListeners('close')
}

function sendNext(line: Line): void {
  const frame = line.frames[line.next]
  if (!frame) return
  line.next += 1
  line.sentAt.push(performance.now())
  line.socket.write(frame)
}

/** Counts answers by their ends; one in fifty is looked at. */
function hearing(
  line: Line,
  { checked, perSecond }: Pace,
  millis: number[],
  done: () => void,
): (chunk: Buffer) => void {
  return (chunk) => {
    const now = performance.now()
    const answers = line.count(chunk)
    if (checked && line.acked % 50 === 0 && answers === 1) demandAnswer(line, chunk)
    for (let one = 0; one < answers; one += 1) {
      line.acked += 1
      millis.push(now - line.sentAt.shift()!)
      if (line.acked === line.frames.length) return done()
      if (perSecond === undefined) sendNext(line)
    }
  }
}

function demandAnswer({ dialect, frames, acked }: Line, answer: Buffer): void {
  const frame = frames[acked]!
  if (!dialect.answers(answer, frame)) throw new Error(`${frame.toString()} was answered ${answer.toString()}`)
}

/** So many frames a second over all lines in turn, in steps of ten milliseconds. */
async function sendInPace(lines: readonly Line[], perSecond: number): Promise<void> {
  const all = lines.length * lines[0]!.frames.length
  const startedAt = performance.now()
  for (let sent = 0; sent < all;) {
    const due = Math.min(all, Math.floor(((performance.now() - startedAt) / 1000) * perSecond))
    for (; sent < due; sent += 1) sendNext(lines[sent % lines.length]!)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function obey(order: PumpOrder): Promise<unknown> {
  if ('open' in order) {
    await open(order.open)
    return { opened: groups.get(order.open.port)!.length }
  }
  if ('run' in order) return run(order.run)
  for (const { socket } of groups.get(order.close.port) ?? []) socket.destroy()
  groups.delete(order.close.port)
  return { closed: true }
}

process.on('message', (order: PumpOrder) => {
  void obey(order).then(
    (answer) => process.send!(answer as object),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
process.send!({ ready: true })
