import { dataAnswer, findAddress, takeFrames } from '@plumbline/core/codec/hj212'
import { mkdirSync, readdirSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { takenOf, tolerance } from './frames.ts'
import { openSpool, type Spool, type SpoolLimits } from './spool.ts'
import { openUpward, type Upward, type Waits } from './upward.ts'

export interface Settings {
  listen: { host: string; port: number }
  to: { host: string; port: number }
  /** Keeps what the platform does not have yet, each device in a folder of its own. */
  spool: string
  limits?: Partial<SpoolLimits>
  waits?: Partial<Waits>
}

export interface EdgeNode {
  port: number
  /** Frames that the platform does not have yet; and those turned away because the spool was full. */
  waiting(): number
  bytes(): number
  refused(): number
  stop(): Promise<void>
}

const usual: Waits = { answerMillis: 10_000, repeats: 3, retryMillis: 1_000, retryMost: 30_000 }
/** A site's devices; a stranger on its network must not fill our memory. */
const mostSockets = 200
const mostDevices = 200
const largestUnread = 64 * 1024
const isNumber = /^[0-9A-Za-z]{1,24}$/

/**
 * Stands between the devices of a site and the platform: what a device uploads is answered when it is safe on disk here, and
 * goes up in its order as the line allows. Everything else passes while the line stands.
 */
export async function startNode(settings: Settings, log: (words: string) => void): Promise<EdgeNode> {
  const waits = { ...usual, ...settings.waits }
  const devices = new Map<string, { spool: Spool; line: Upward }>()
  const below = new Map<string, Socket>()
  const sockets = new Set<Socket>()
  let refused = 0

  const enter = (mn: string) => {
    const spool = openSpool(join(settings.spool, mn), settings.limits)
    if (spool.damaged > 0)
      log(`${mn}: ${spool.damaged} files of the spool are broken; what stood behind the break is lost`)
    const onSaid = (frame: Uint8Array) => sayTo(below.get(mn), frame)
    const entered = { spool, line: openUpward(settings.to, mn, spool, waits, { onSaid, log }) }
    devices.set(mn, entered)
    return entered
  }
  const find = (mn: string | undefined) => {
    // The number names a folder: nothing else than the platform's own numbers gets that far.
    if (mn === undefined || !isNumber.test(mn)) return undefined
    return devices.get(mn) ?? (devices.size < mostDevices ? enter(mn) : undefined)
  }
  mkdirSync(settings.spool, { recursive: true })
  for (const mn of readdirSync(settings.spool)) if (isNumber.test(mn)) enter(mn)

  const serve = (socket: Socket) => {
    let rest: Buffer = Buffer.alloc(0)
    let chain: Promise<void> = Promise.resolve()
    socket.on('data', (chunk: Buffer) => {
      const bytes = Buffer.concat([rest, chunk])
      const { frames, used } = takeFrames(bytes, bytes.length, { toleranceOf: () => tolerance })
      rest = Buffer.from(bytes.subarray(used))
      for (const one of frames) {
        if (one.kind === 'bad') log(`${one.claimedMn ?? 'somebody'}: a frame with a wrong ${one.reason}`)
        else {
          const taken = takenOf(bytes, one)
          // In the order in which they came, and no faster than the disk.
          chain = chain.then(() => take(socket, taken)).catch((error: unknown) => log(`not kept: ${String(error)}`))
        }
      }
      socket.pause()
      void chain.then(() => socket.resume())
    })
    // The other side has said all; it may still wait for its answers (nc).
    socket.on('end', () => void chain.then(() => socket.end()))
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      for (const [mn, one] of below) if (one === socket) below.delete(mn)
    })
  }
  const take = async (socket: Socket, { message, upload, upward }: ReturnType<typeof takenOf>): Promise<void> => {
    const { mn, qn, wantsAnswer } = message
    const found = find(mn)
    if (!found) return log(`${mn ?? 'somebody'}: not taken, no number or too many devices`)
    below.set(mn!, socket)
    if (!upload) return void found.line.pass(upward)
    if (!(await found.spool.append(upward))) {
      refused += 1
      return log(`${mn}: spool full, the newest frame is refused; its device keeps it and sends it again`)
    }
    found.line.wake()
    const to = findAddress(message)
    if (to && wantsAnswer) sayTo(socket, dataAnswer(to, qn))
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (socket) => {
    if (sockets.size >= mostSockets) return void socket.destroy()
    sockets.add(socket)
    serve(socket)
  })
  const { host, port } = settings.listen
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    waiting: () => sum(devices.values(), ({ spool }) => spool.length),
    bytes: () => sum(devices.values(), ({ spool }) => spool.bytes),
    refused: () => refused,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
      for (const { line, spool } of devices.values()) {
        line.close()
        await spool.close()
      }
    },
  }
}

const sum = <T>(all: Iterable<T>, of: (one: T) => number): number => [...all].reduce((total, one) => total + of(one), 0)

/** A device that does not read is let go: its commands are for now or never. */
function sayTo(socket: Socket | undefined, frame: Uint8Array): void {
  if (!socket?.writable) return
  if (socket.writableLength > largestUnread) socket.destroy()
  else socket.write(frame)
}
