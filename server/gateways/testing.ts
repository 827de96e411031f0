import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { deviceContract, type NewDevice } from '@plumbline/core/device'
import type { TestHouse } from '../../house/setup/house.ts'

/** The check value as the standard's Annex A writes it in words, bit by bit: not the code under test. */
export function annexA(data: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(data)) {
    crc = (crc >> 8) ^ byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

/** A frame as a stranger would write it by hand. */
export const frameOf = (data: string) =>
  `##${String(Buffer.byteLength(data)).padStart(4, '0')}${data}${annexA(data)}\r\n`

/** `YYYYMMDDhhmmss` and, with milliseconds, a QN: Shanghai time. */
export const stamp = (at: number, digits: 14 | 17 = 14) =>
  new Date(at + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, digits)

let lastQn = 0
export const freshQn = () => stamp((lastQn = Math.max(lastQn + 1, Date.now())), 17)

export interface Dust {
  mn: string
  pw?: string
  at?: number
  pm25?: number | string
  flag?: string
  qn?: string
  more?: string
}

/** A 2011 frame with PM2.5, wanting an answer. */
export function dustFrame({ mn, pw = '123456', at = Date.now(), pm25 = 30, flag = 'N', qn, more = '' }: Dust): string {
  const cp = `DataTime=${stamp(at)};a34004-Rtd=${pm25},a34004-Flag=${flag}${more}`
  return frameOf(`QN=${qn ?? freshQn()};ST=39;CN=2011;PW=${pw};MN=${mn};Flag=5;CP=&&${cp}&&`)
}

/** A plain socket that remembers what it was sent. */
export interface Peer {
  socket: Socket
  /** Everything received, as text. */
  heard(): string
  write(text: string | Buffer): void
  /** Waits until the text has been received. */
  until(text: string | RegExp): Promise<string>
  close(): void
}

export async function openPeer(port: number): Promise<Peer> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString('latin1')))
  socket.on('error', () => {})
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  const has = (wanted: string | RegExp) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text))
  return {
    socket,
    heard: () => text,
    write: (bytes) => void socket.write(bytes),
    until: (wanted) => waitFor(() => (has(wanted) ? text : undefined), `${String(wanted)} in ${JSON.stringify(text)}`),
    close: () => socket.destroy(),
  }
}

/** Waits for a value that is there; fails after some seconds with the words. */
export async function waitFor<T>(look: () => T | undefined | Promise<T | undefined>, words: string): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`waited in vain for ${words}`)
}

/** Where no meter answers: a Modbus device needs an address before it has one. */
const nowhere = { host: 'meter.invalid', port: 502, unit: 1 }

/** Enters a device through the route. */
export async function enterDevice(
  house: TestHouse,
  cookie: string,
  device: Partial<NewDevice> & { mn: string; projectId: string; password?: string },
): Promise<string> {
  const body = {
    requestId: randomUUID(),
    password: '123456',
    name: `监测点${device.mn}`,
    modelCode: 'dust-ug',
    ...(device.modelCode?.endsWith('-modbus') && device.modelCode !== 'dust-modbus' ? { modbus: nowhere } : {}),
    ...device,
  }
  const answer = await house.call(cookie, deviceContract.onboard, { body })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body.id
}
