import { decode, takeFrames } from '@plumbline/core/codec/hj212'
import { connect, type Socket } from 'node:net'
import type { Spool } from './spool.ts'

export interface Waits {
  /** HJ 212-2017 table 1: 10 s for an answer, three repeats. */
  answerMillis: number
  repeats: number
  /** Between two tries to reach the platform: the first, and the longest. */
  retryMillis: number
  retryMost: number
}

/** The line of one device to the platform. */
export interface Upward {
  /** Something has been kept: it goes when it is its turn. */
  wake(): void
  /** Sends at once, or not at all. */
  pass(frame: Uint8Array): boolean
  close(): void
}

interface Below {
  /** What the platform says to the device and is no answer to what was kept. */
  onSaid(frame: Uint8Array): void
  log(words: string): void
}

/**
 * One frame after the other: the next is sent when the platform has answered 9014 for the one before, so that the order
 * holds whatever happens to the line. Between them, commands and notices pass as they come.
 */
export function openUpward(
  where: { host: string; port: number },
  mn: string,
  spool: Spool,
  waits: Waits,
  { onSaid, log }: Below,
): Upward {
  let socket: Socket | undefined
  let open = false
  let closed = false
  let delay = waits.retryMillis
  /** The frame that is out, by its QN, and how often it was sent. */
  let out: { qn: string | undefined; tries: number; frame: Uint8Array } | undefined
  let busy = false
  let timer: NodeJS.Timeout | undefined
  let again: NodeJS.Timeout | undefined

  const fail = (error: unknown) => {
    log(`${mn}: ${error instanceof Error ? error.message : String(error)}`)
    socket?.destroy()
  }
  const send = () => {
    if (!out || !open) return
    out.tries += 1
    socket!.write(out.frame)
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (!out) return
      if (out.tries <= waits.repeats) send()
      else fail(new Error('the platform does not answer: number, password or check value may be wrong'))
    }, waits.answerMillis)
  }
  const next = async () => {
    if (busy || out || !open || closed) return
    busy = true
    try {
      const frame = await spool.first()
      if (frame && open) {
        out = { qn: qnOf(frame), tries: 0, frame }
        send()
      }
    } finally {
      busy = false
    }
  }
  const answered = async () => {
    clearTimeout(timer)
    out = undefined
    delay = waits.retryMillis
    busy = true
    await spool.drop().finally(() => {
      busy = false
    })
    await next()
  }
  const heard = (frame: Uint8Array, message: ReturnType<typeof decode>) => {
    if (message.cn !== '9014') return onSaid(frame)
    // One of an earlier try may come late: its frame has gone from the row.
    if (out && message.qn === out.qn) answered().catch(fail)
  }
  const reach = () => {
    if (closed || socket) return
    let rest: Buffer = Buffer.alloc(0)
    socket = connect({ ...where, noDelay: true, keepAlive: true })
    socket.on('connect', () => {
      open = true
      next().catch(fail)
    })
    socket.on('data', (chunk: Buffer) => {
      const bytes = Buffer.concat([rest, chunk])
      const { frames, used } = takeFrames(bytes, bytes.length)
      rest = Buffer.from(bytes.subarray(used))
      for (const one of frames) {
        if (one.kind === 'good') heard(bytes.subarray(one.at, one.end), decode(bytes, one.dataStart, one.dataEnd))
      }
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      open = false
      socket = undefined
      out = undefined
      clearTimeout(timer)
      if (closed) return
      again = setTimeout(reach, delay)
      delay = Math.min(delay * 2, waits.retryMost)
    })
  }
  reach()
  return {
    wake: () => void next().catch(fail),
    pass: (frame) => {
      if (open) socket!.write(frame)
      return open
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      clearTimeout(again)
      socket?.destroy()
    },
  }
}

const qnOf = (frame: Uint8Array): string | undefined => {
  const [found] = takeFrames(frame, frame.length, { toleranceOf: () => ({ crc: 'either', ending: 'crlf' }) }).frames
  return found?.kind === 'good' ? decode(frame, found.dataStart, found.dataEnd).qn : undefined
}
