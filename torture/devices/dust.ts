import { frameOf, sayTime } from '@plumbline/core/codec/hj212'
import { connect, type Socket } from 'node:net'
import { type Device, noteAck, openMoments, type Tally } from './load.ts'

export interface DustAsk {
  number: string
  port: number
  pace: 'past' | 'present'
  from: number
  /** PM2.5 in µg/m³ at a moment. */
  pm25?: (at: number) => number
  /** How many frames may be unanswered. */
  window?: number
  /** Of the loopback network: a gateway admits only so many sockets from one address. */
  address?: string
}

export const password = '123456'
const againMillis = 50
/** A frame that was not answered is sent again (HJ 212, OverTime); the machine may be busy, so it is a long time. */
const patienceMillis = 30_000

/** A dust monitor that speaks HJ 212: what was not acknowledged when its line broke is sent again on the next. */
export function openDust(ask: DustAsk, tally: Tally): Device {
  const { number, port, pace, from, pm25 = calm, window = 8, address } = ask
  const moments = openMoments(pace, from)
  const waiting = new Map<string, { at: number; bytes: Uint8Array; sentAt: number; triedAt: number }>()
  let socket: Socket | undefined
  let closed = false
  let rest = ''

  const hear = (chunk: Buffer) => {
    const text = rest + chunk.toString('latin1')
    let used = 0
    for (const match of text.matchAll(/QN=(\d{17});ST=91;CN=9014[^\n]*\n/g)) {
      used = match.index + match[0].length
      const one = waiting.get(match[1]!)
      if (!one) continue
      waiting.delete(match[1]!)
      noteAck(tally, device, one.at, one.sentAt)
    }
    rest = text.slice(Math.max(used, text.length - 1024))
  }
  const open = () => {
    if (closed) return
    rest = ''
    const own = connect({ port, host: '127.0.0.1', ...(address ? { localAddress: address } : {}) })
    socket = own
    own.setNoDelay(true)
    own.on('data', hear)
    own.on('error', () => {})
    own.on('connect', () => {
      for (const { bytes } of waiting.values()) own.write(bytes)
      tally.resent += waiting.size
    })
    own.on('close', () => setTimeout(open, againMillis))
  }
  const patience = setInterval(() => {
    const late = performance.now() - patienceMillis
    for (const one of waiting.values()) {
      if (one.triedAt > late || socket?.readyState !== 'open') continue
      one.triedAt = performance.now()
      tally.resent += 1
      socket.write(one.bytes)
    }
  }, patienceMillis / 2)

  const device: Device = {
    number,
    acked: [],
    from,
    last: moments.last,
    waiting: () => waiting.size,
    tell: () => {
      if (closed || waiting.size >= window) return false
      const at = moments.next()
      if (at === undefined) return false
      const bytes = frameAbout(number, at, pm25(at))
      const now = performance.now()
      waiting.set(`${sayTime(at)}000`, { at, bytes, sentAt: now, triedAt: now })
      tally.sent += 1
      if (socket?.readyState === 'open') socket.write(bytes)
      return true
    },
    breakLine: () => void socket?.resetAndDestroy(),
    close: () => {
      closed = true
      clearInterval(patience)
      socket?.destroy()
    },
  }
  open()
  return device
}

/** A value that concerns nobody. */
const calm = (at: number) => 20 + ((at / 1000) % 30)

/** The QN is the moment itself, so that an answer tells what it answers. */
function frameAbout(number: string, at: number, pm25: number): Uint8Array {
  const time = sayTime(at)
  const values = `a34004-Rtd=${pm25},a34004-Flag=N;a34002-Rtd=${pm25 + 12},a34002-Flag=N;LA-Rtd=52.1,LA-Flag=N;a01001-Rtd=14.6,a01001-Flag=N;a01002-Rtd=61,a01002-Flag=N;a01007-Rtd=1.4,a01007-Flag=N`
  return frameOf(`QN=${time}000;ST=39;CN=2011;PW=${password};MN=${number};Flag=5;CP=&&DataTime=${time};${values}&&`)
}
