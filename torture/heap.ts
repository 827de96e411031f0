import { setTimeout as wait } from 'node:timers/promises'
import type { Server } from './server.ts'

/** With these flags of Node a server can be asked what lies in its memory. The port is of the loopback address. */
export const heapFlags = ['--inspect-port=0']

/**
 * Bytes in use after a full collection, asked through the inspector: the size of a process also tells what has not been
 * collected yet.
 */
export async function heapInUse(server: Server): Promise<number> {
  const socket = new WebSocket(await inspectorOf(server))
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('the inspector does not answer')))
  })
  try {
    await ask(socket, 1, 'HeapProfiler.collectGarbage')
    const { usedSize } = await ask<{ usedSize: number }>(socket, 2, 'Runtime.getHeapUsage')
    return usedSize
  } finally {
    socket.close()
  }
}

/** The inspector opens at SIGUSR1 and says where, once in the life of a process. */
async function inspectorOf(server: Server): Promise<string> {
  const find = () => [...server.log().matchAll(/Debugger listening on (ws:\S+)/g)].at(-1)?.[1]
  if (!find()) process.kill(server.pid(), 'SIGUSR1')
  for (let tries = 0; tries < 200; tries += 1) {
    const found = find()
    if (found) return found
    await wait(50)
  }
  throw new Error('the inspector did not open')
}

function ask<T>(socket: WebSocket, id: number, method: string): Promise<T> {
  return new Promise((resolve) => {
    const hear = ({ data }: MessageEvent) => {
      const said = JSON.parse(String(data)) as { id?: number; result?: T }
      if (said.id !== id) return
      socket.removeEventListener('message', hear)
      resolve(said.result as T)
    }
    socket.addEventListener('message', hear)
    socket.send(JSON.stringify({ id, method }))
  })
}
