import { coverPersonal, decode } from '@plumbline/core/codec/sitejson'
import { getModel } from '@plumbline/core/device'
import { Aedes, type AedesPublishPacket, type AuthenticateError, type Client } from 'aedes'
import { createServer, type Socket } from 'node:net'
import type { House } from '../../base/house.ts'
import { type Books, openBooks } from '../books.ts'
import type { Intake } from '../intake.ts'
import { judgeBy, type KnownDevice, nothing, retired, stranger } from '../judge.ts'
import { type Admission, listen, openGate } from '../ports.ts'
import { clockCommand, judge } from '../sitejson/judge.ts'
import { boundPackets } from './packets.ts'
import { downTopic, numberOfUp } from './topics.ts'

export interface Limits extends Admission {
  /** Bytes of a packet: the longest message and its topic. */
  packet: number
}

const usual: Limits = { connections: 15_000, perAddress: 5_000, packet: 66_560 }

export interface Broker {
  port: number
  /** Devices whose lines are here. */
  connected(): KnownDevice[]
  /** Says something to a device; false when its line is not here. Nothing is kept for a line that is gone. */
  send(number: string, payload: Uint8Array): boolean
  stop(): Promise<void>
}

interface Line {
  client: Client
  device: KnownDevice
  secret: string
  address: string
}

/** What is to be made of a CONNECT: number and password prove the line. */
const judgeConnect = judgeBy<{ number: string; secret: string }>([
  ({ number }, device) => (device ? null : stranger(number)),
  (_frame, device) => retired(device!),
  ({ secret }, device) =>
    secret === device!.password && getModel(device!.modelCode).protocol === 'mqtt'
      ? { ...nothing, device, verdict: 'answered', verified: true }
      : { ...nothing, device, verdict: 'wrong_password', verified: false },
])

/**
 * Our own MQTT 3.1.1 broker. A PUBLISH is acknowledged (PUBACK, PUBREC) when what it says is committed, never before;
 * what cannot be kept is not acknowledged and its line is closed, so that the device sends again.
 */
export async function startBroker(house: House, intake: Intake, given: Partial<Limits> = {}): Promise<Broker> {
  const limits = { ...usual, ...given }
  const books = openBooks(house)
  const lines = new Map<string, Line>()
  const lineOf = (client: Client | null) => {
    const line = client && lines.get(numberOf(client))
    return line?.client === client ? line : undefined
  }
  const broker = await Aedes.createBroker({
    // A device number has up to 24 characters, and a client id may be longer than that.
    maxClientsIdLength: 64,
    connectTimeout: 10_000,
    authenticate: (client, username, password, done) =>
      signIn(house, intake, lines, books, client, { username, password }, done),
    authorizePublish: (client, packet, done) => {
      const line = lineOf(client)
      if (!line || numberOfUp(packet.topic) !== line.device.mn) return done(new Error('not its topic'))
      takeMessage(intake, line, packet.payload as Buffer, done, (payload) => send(line.device.mn, payload))
    },
    authorizeSubscribe: (client, subscription, done) => {
      const line = lineOf(client)
      // Refused by name in the SUBACK; the line stays.
      done(null, line && subscription.topic === downTopic(line.device.mn) ? subscription : null)
    },
  })
  // What came up is ours alone, whatever a device has subscribed to.
  broker.authorizeForward = (client, packet: AedesPublishPacket) =>
    packet.topic === downTopic(lineOf(client)?.device.mn ?? '') ? packet : null
  const send = (number: string, payload: Uint8Array): boolean => {
    const line = lines.get(number)
    const topic = downTopic(number)
    // MQTT 3.1.1, 3.3.5: a client is sent what it has subscribed to, and nothing else.
    if (!line || !isSubscribed(line.client, topic)) return false
    const packet = { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0 } as const
    line.client.publish({ ...packet, retain: false, dup: false }, () => {})
    return true
  }
  broker.on('clientDisconnect', (client) => {
    const line = lineOf(client)
    if (!line) return
    lines.delete(line.device.mn)
    books.connected(line.device.id, false)
  })

  const sockets = new Set<Socket>()
  const admits = openGate(limits)
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    if (!admits(socket)) return
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    boundPackets(socket, limits.packet)
    broker.handle(socket)
  })
  const port = await listen(server, house, house.settings.mqttPort, 'MQTT')
  return {
    port,
    connected: () => [...lines.values()].map(({ device }) => device),
    send,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      await intake.drain()
      for (const socket of sockets) socket.destroy()
      await closed
      await new Promise<void>((resolve) => broker.close(() => resolve()))
      await intake.drain()
      await books.done()
    },
  }
}

/** The library keeps a client's subscriptions by topic and does not say so in its types. */
const isSubscribed = (client: Client, topic: string) =>
  topic in (client as unknown as { subscriptions: Record<string, unknown> }).subscriptions

const numbers = new WeakMap<Client, string>()
const numberOf = (client: Client) => numbers.get(client) ?? ''

const addressOf = (client: Client) => {
  const { remoteAddress, remotePort } = client.conn as Socket
  return `${remoteAddress ?? ''}:${remotePort ?? ''}`
}

/** Every try to sign in passes the intake like a frame: it is counted, shown, and offered when nobody knows the number. */
function signIn(
  house: House,
  intake: Intake,
  lines: Map<string, Line>,
  books: Books,
  client: Client,
  { username, password }: { username: string | undefined; password: Buffer | undefined },
  done: (error: AuthenticateError | null, success: boolean | null) => void,
): void {
  const number = username ?? ''
  const secret = password?.toString('utf8') ?? ''
  if (!/^[0-9A-Za-z]{1,24}$/.test(number)) return done(null, false)
  const address = addressOf(client)
  intake.take({
    raw: Buffer.from(`CONNECT ${number}`),
    address,
    number,
    judge: (device, moment) => judgeConnect({ number, secret }, device, moment),
    clockCommand: () => undefined,
    settled: (outcome) => {
      if (!outcome?.verified || !outcome.device || client.closed) return done(null, false)
      const before = lines.get(number)
      numbers.set(client, number)
      lines.set(number, { client, device: outcome.device, secret, address })
      // Two lines with one number: the newest wins.
      if (before && before.client !== client) {
        house.log.warn({ mn: number }, 'a second MQTT line with this number; the older one is closed')
        books.note(before.device.id, 'replaced')
        before.client.close()
      }
      books.connected(outcome.device.id, true)
      done(null, true)
    },
  })
}

function takeMessage(
  intake: Intake,
  { client, secret, address, device }: Line,
  payload: Buffer,
  done: (error?: Error | null) => void,
  send: (payload: Uint8Array) => void,
): void {
  // A copy: the packet is a window on the socket's buffer.
  const raw = Uint8Array.from(payload)
  const frame = { number: device.mn, secret, decoded: decode(raw) }
  intake.take({
    raw: coverPersonal(raw),
    address,
    number: device.mn,
    judge: (known, moment) => judge(frame, known, moment),
    clockCommand,
    settled: (outcome) => {
      // Not kept, or no longer proved: no acknowledgement, and an end to the line.
      if (!outcome?.verified) return done(new Error('not kept'))
      done(null)
      for (const answer of outcome.answers) if (!client.closed) send(answer)
    },
  })
}
