import {
  type Address,
  decode,
  findField,
  type Message,
  requestAnswer,
  sayQn,
  takeFrames,
} from '@plumbline/core/codec/hj212'
import { connect, type Socket } from 'node:net'

/** A device's line to the platform: it connects again when it is lost, and sends again what nobody acknowledged. */
export interface Line {
  /** Sends an upload and keeps it until its 9014 has come. `frame` gets the QN that names it. */
  upload(frame: (qn: string) => Uint8Array): void
  /** Sends once. */
  say(bytes: Uint8Array): void
  close(): void
}

export interface LineOptions {
  host: string
  port: number
  address: Address
  /** Milliseconds of the clock by which the device lives. */
  clock: () => number
  onRequest(message: Message): void
}

/** HJ 212-2017 table 1: 10 seconds, three more times. */
const answerMillis = 10_000
const resends = 3
const reconnectMillis = 2_000
/** Kept while the platform is away: a day of minutes and a little. */
const mostKept = 1_500

interface Kept {
  bytes: Uint8Array
  sent: number
  sentAt: number
}

export function openLine(options: LineOptions): Line {
  const { host, port, clock, onRequest } = options
  const kept = new Map<string, Kept>()
  let socket: Socket | undefined
  let rest: Uint8Array = new Uint8Array(0)
  let closed = false
  let lastQn = 0

  const take = (chunk: Buffer) => {
    const bytes = Buffer.concat([rest, chunk])
    const { frames, used } = takeFrames(bytes, bytes.length)
    rest = Uint8Array.from(bytes.subarray(used))
    for (const frame of frames) {
      if (frame.kind === 'bad') continue
      const message = decode(bytes, frame.dataStart, frame.dataEnd)
      if (message.cn === '9014' && message.qn) kept.delete(message.qn)
      else if (message.cn !== '9013') onRequest(message)
    }
  }
  const send = (one: Kept) => {
    if (!socket?.writable) return
    one.sent += 1
    one.sentAt = Date.now()
    socket.write(one.bytes)
  }
  const open = () => {
    if (closed) return
    rest = new Uint8Array(0)
    socket = connect(port, host)
    socket.setNoDelay(true)
    socket.on('connect', () => {
      for (const one of kept.values()) {
        one.sent = 0
        send(one)
      }
    })
    socket.on('data', take)
    socket.on('error', () => {})
    socket.on('close', () => setTimeout(open, reconnectMillis).unref())
  }
  open()
  const again = setInterval(() => {
    for (const one of kept.values())
      if (one.sent > 0 && one.sent <= resends && Date.now() - one.sentAt > answerMillis) send(one)
  }, 1_000)

  return {
    upload: (frame) => {
      lastQn = Math.max(lastQn + 1, clock())
      const qn = sayQn(lastQn)
      const one = { bytes: frame(qn), sent: 0, sentAt: 0 }
      kept.set(qn, one)
      if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
      if (socket?.readyState === 'open') send(one)
    },
    say: (bytes) => void (socket?.readyState === 'open' && socket.write(bytes)),
    close: () => {
      closed = true
      clearInterval(again)
      socket?.destroy()
    },
  }
}

/** What every device answers to a request that it does not know: refused. A clock that is set is accepted. */
export function answerPlainly(
  line: Line,
  address: Address,
  message: Message,
  executed: (qn: string) => Uint8Array,
): void {
  const { qn, cn } = message
  if (!qn) return
  const known = cn === '1012' && findField(message, 'SystemTime') !== undefined
  line.say(requestAnswer(address, qn, known ? 1 : 2))
  if (known) line.say(executed(qn))
}
