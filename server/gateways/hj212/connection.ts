import {
  type Address,
  decode,
  findAddress,
  type Message,
  takeFrames,
  type TakeOptions,
} from '@plumbline/core/codec/hj212'
import type { Socket } from 'node:net'
import type { Intake } from '../intake.ts'
import type { KnownDevice, Outcome } from '../judge.ts'
import { clockCommand, type Frame, judge, numberOf } from './judge.ts'

export interface Connection {
  /** Devices that have proved themselves on this socket, by number. */
  readonly devices: ReadonlyMap<string, { device: KnownDevice; address: Address }>
  readonly openedAt: number
  /** When the last proven frame came, in machine time; null before the first. */
  readonly provenAt: number | null
  /** Sends bytes; answers false when the other side does not read. */
  send(bytes: Uint8Array): boolean
  forget(mn: string): void
  close(): void
}

export interface ConnectionOptions {
  toleranceOf: NonNullable<TakeOptions['toleranceOf']>
  /** A device has proved itself here. */
  onProven(connection: Connection, device: KnownDevice): void
  /** A frame of a device that has proved itself. */
  onHeard(device: KnownDevice, message: Message): void
  onClose(connection: Connection): void
}

/** Frames of one socket that may wait to be written. */
const ownPending = 32
const readOnBelow = 8
/** What may lie unread at the other side before it is given up. */
const largestUnread = 64 * 1024

const none = new Uint8Array(0)

/** A copy, so that what was read is free to go. */
const copyOf = (bytes: Uint8Array, start: number, end: number) => Uint8Array.prototype.slice.call(bytes, start, end)

/** A frame that came alone keeps little else alive, and needs no copy. */
const rawOf = (bytes: Uint8Array, start: number, end: number) =>
  (end - start) * 2 > bytes.length ? bytes.subarray(start, end) : copyOf(bytes, start, end)

/** Serves one socket: cuts its bytes into frames, hands them to the intake in order, and answers what is safe. */
export function serveSocket(socket: Socket, intake: Intake, options: ConnectionOptions): Connection {
  const address = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`
  const devices = new Map<string, { device: KnownDevice; address: Address }>()
  let rest: Uint8Array = none
  let pending = 0
  let ended = false
  let provenAt: number | null = null

  const connection: Connection = {
    devices,
    openedAt: Date.now(),
    get provenAt() {
      return provenAt
    },
    send: (bytes) => {
      if (socket.destroyed || !socket.writable) return false
      if (socket.writableLength > largestUnread) socket.destroy()
      else socket.write(bytes)
      return !socket.destroyed
    },
    forget: (mn) => devices.delete(mn),
    close: () => socket.destroy(),
  }

  let gathering = false
  /** More of this socket may be settled in the same turn: their answers leave in one packet. */
  const gatherAnswers = () => {
    if (gathering) return
    gathering = true
    socket.cork()
    process.nextTick(() => {
      gathering = false
      socket.uncork()
    })
  }

  const settled = (frame: Frame, outcome: Outcome | null) => {
    pending -= 1
    if (outcome?.verified && outcome.device && frame.kind === 'good') {
      provenAt = Date.now()
      options.onHeard(outcome.device, frame.message)
      const known = devices.get(outcome.device.mn)?.device === outcome.device
      const to = known ? undefined : findAddress(frame.message)
      if (to && !socket.destroyed) {
        // A reply speaks for the exchange (ST=91), not for the system whose equipment an order is for.
        const st = to.st === '91' ? (devices.get(to.mn)?.address.st ?? to.st) : to.st
        devices.set(outcome.device.mn, { device: outcome.device, address: { ...to, st } })
        options.onProven(connection, outcome.device)
      }
    }
    if (pending > 0) gatherAnswers()
    for (const bytes of outcome?.answers ?? []) connection.send(bytes)
    if (socket.isPaused() && pending < readOnBelow) intake.whenRoom(() => socket.resume())
    if (ended && pending === 0) socket.end()
  }

  socket.on('data', (chunk: Buffer) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const { frames, used } = takeFrames(bytes, bytes.length, { toleranceOf: options.toleranceOf })
    rest = used === bytes.length ? none : copyOf(bytes, used, bytes.length)
    for (const one of frames) {
      pending += 1
      const frame: Frame =
        one.kind === 'bad'
          ? { kind: 'bad', bad: one }
          : { kind: 'good', message: decode(bytes, one.dataStart, one.dataEnd) }
      intake.take({
        raw: one.kind === 'bad' ? one.raw : rawOf(bytes, one.at, one.end),
        address,
        number: numberOf(frame),
        judge: (device, moment) => judge(frame, device, moment),
        clockCommand: (device, legalNow) => clockCommand(frame, device, legalNow),
        settled: (outcome) => settled(frame, outcome),
      })
    }
    if (pending > 0 && (pending >= ownPending || intake.isFull)) socket.pause()
  })
  // The other side has said all; it may still wait for its answers (nc, /dev/tcp).
  socket.on('end', () => {
    ended = true
    if (pending === 0) socket.end()
  })
  socket.on('error', () => {})
  socket.on('close', () => options.onClose(connection))
  return connection
}
