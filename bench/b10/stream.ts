import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Child } from '../child.ts'
import type { Reader } from '../county.ts'
import { demand, openClient } from '../load.ts'
import { readFileSync } from 'node:fs'

export interface Streamed {
  subscribers: number
  /** From sending the act to the last subscriber's hearing of it, milliseconds. */
  millis: number
  /** Memory of the server process that each subscriber takes, kilobytes. */
  kilobytes: number
}

/** Opens so many streams of one reader, lets an administrator act once, and waits until everyone was told. */
export async function streamChange(
  server: Child,
  reader: Reader,
  admin: Reader,
  subject: Reader,
  subscribers: number,
): Promise<Streamed> {
  const before = residentKilobytes(server)
  const sockets: Socket[] = []
  for (let at = 0; at < subscribers; at += 50)
    sockets.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(50, subscribers - at) }, () => subscribe(server.port, reader)),
      )),
    )
  const kilobytes = (residentKilobytes(server) - before) / subscribers
  await wait(300)
  const told = sockets.map((socket) => hears(socket, subject.accountId))
  const client = openClient(server.port, 1)
  const started = performance.now()
  const body = { requestId: randomUUID(), action: 'disable', input: { reason: '测试变更推送' } }
  const answer = await client.post(`/api/accounts/${subject.accountId}/acts`, body, admin.cookie)
  demand(answer.status === 200, `the act was answered ${answer.status} ${answer.body.slice(0, 200)}`)
  await Promise.all(told)
  const millis = performance.now() - started
  for (const socket of sockets) socket.destroy()
  client.close()
  return { subscribers, millis, kilobytes }
}

async function subscribe(port: number, { cookie }: Reader): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`GET /api/stream HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\n\r\n`)
  const [head] = (await once(socket, 'data')) as [Buffer]
  demand(head.toString().startsWith('HTTP/1.1 200'), `a stream was answered ${head.toString().slice(0, 80)}`)
  return socket
}

function hears(socket: Socket, caseId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.on('data', (part: Buffer) => {
      text += part.toString()
      if (text.includes(caseId)) resolve()
    })
    socket.on('close', () => reject(new Error('a stream ended before it was told')))
  })
}

function residentKilobytes({ processes }: Child): number {
  const status = readFileSync(`/proc/${processes()[0]}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1])
}
