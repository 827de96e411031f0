import {
  judgeAnswer,
  type Read,
  readRequest,
  readsOf,
  type Register,
  takeFrames,
  valuesIn,
} from '@plumbline/core/codec/modbus'
import { lookup } from 'node:dns/promises'
import { connect, type Socket } from 'node:net'

/** What a device told when it was asked, with the bytes both ways. */
export interface Asked {
  sent: Uint8Array
  heard: Uint8Array
  values: { quantity: string; value: number }[]
  /** Why nothing, or not everything, was told: an exception's name, or what was wrong. */
  fault: string | null
}

export interface Where {
  host: string
  port: number
  unit: number
}

const answerMillis = 5_000

/** Asks a device for the registers of its model, one request after the other on one connection. Throws when it is not reached. */
export async function askDevice(where: Where, map: readonly Register[], mayBeHere: boolean): Promise<Asked> {
  const socket = await reach(where, mayBeHere)
  const asked: Asked = { sent: new Uint8Array(0), heard: new Uint8Array(0), values: [], fault: null }
  try {
    const answers = framesOf(socket)
    for (const [index, read] of readsOf(map).entries()) {
      await askOnce(socket, answers, { where, read, transaction: index + 1 }, asked)
      if (asked.fault !== null) break
    }
    return asked
  } finally {
    socket.destroy()
  }
}

async function askOnce(
  socket: Socket,
  answers: AsyncIterator<{ frame: Parameters<typeof judgeAnswer>[1]; bytes: Uint8Array }>,
  { where, read, transaction }: { where: Where; read: Read; transaction: number },
  asked: Asked,
): Promise<void> {
  const request = { transaction, unit: where.unit, table: read.table, address: read.address, count: read.count }
  const bytes = readRequest(request)
  asked.sent = Buffer.concat([asked.sent, bytes])
  socket.write(bytes)
  for (;;) {
    const next = await answers.next()
    if (next.done) throw new Error('the device closed the connection')
    asked.heard = Buffer.concat([asked.heard, next.value.bytes])
    const told = judgeAnswer(request, next.value.frame)
    // An answer to a request of before: the next one may be ours.
    if (told.kind === 'other') continue
    if (told.kind === 'registers') {
      const { values, missing } = valuesIn(read, told.registers)
      asked.values.push(...values)
      if (missing.length > 0) asked.fault = 'registers_missing'
    } else asked.fault = told.kind === 'exception' ? told.name : `wrong_${told.reason}`
    return
  }
}

async function* framesOf(socket: Socket) {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk])
    const { frames, used, broken } = takeFrames(rest, rest.length)
    const bytes = Uint8Array.from(rest.subarray(0, used))
    rest = rest.subarray(used)
    for (const [index, frame] of frames.entries()) yield { frame, bytes: index === 0 ? bytes : new Uint8Array(0) }
    if (broken) throw new Error(`what came is no Modbus: ${broken}`)
  }
}

/** A meter stands on a site's network: never on this machine's own, but in a demo county, nor where a cloud keeps its secrets. */
export function mayReach(address: string, mayBeHere: boolean): boolean {
  const plain = address.replace(/^::ffff:/i, '')
  const here = plain.startsWith('127.') || plain === '::1'
  if (here) return mayBeHere
  return !/^(0\.|169\.254\.|22[4-9]\.|23\d\.|24\d\.|25[0-5]\.)/.test(plain) && !/^(::$|fe[89ab]|ff)/i.test(plain)
}

async function reach({ host, port }: Where, mayBeHere: boolean): Promise<Socket> {
  // The address that was looked at is the address that is called.
  const { address } = await lookup(host)
  if (!mayReach(address, mayBeHere)) throw new Error(`${address} is no address of a site`)
  const socket = connect({ host: address, port, noDelay: true })
  socket.setTimeout(answerMillis, () => socket.destroy(new Error(`no answer within ${answerMillis / 1000} s`)))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed')))
  })
  socket.on('error', () => {})
  return socket
}
