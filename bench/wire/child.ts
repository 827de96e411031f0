import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { canPin } from '../child.ts'
import type { Processes } from '../meter.ts'

/** A process of the benchmark that listens or sends, and can be asked by message, one question at a time. */
export interface Spoken {
  processes: Processes
  /** Sends a message and waits for the next answer. */
  ask<T>(message: unknown): Promise<T>
  stop(): Promise<void>
}

/** Starts a file of this folder bound to a core where that can be. Answers it with the first thing it said. */
export async function startSpoken<T>(
  file: string,
  core: number,
  { args = [], flags = [] }: { args?: readonly string[]; flags?: readonly string[] } = {},
): Promise<Spoken & { said: T }> {
  const pinned = canPin ? ['taskset', '-c', String(core)] : []
  const command = [...pinned, process.execPath, ...flags, join(import.meta.dirname, '..', file), ...args]
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const said = (await answerOf(child, file)) as T
  return {
    said,
    processes: () => [child.pid!],
    ask: async <A>(message: unknown) => {
      const answer = answerOf(child, file)
      child.send(message as object)
      return (await answer) as A
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function answerOf(child: ChildProcess, file: string): Promise<unknown> {
  const over = new AbortController()
  try {
    const gone = once(child, 'exit', { signal: over.signal }).then(() => {
      throw new Error(`${file} ended before it answered`)
    })
    gone.catch(() => {})
    const [answer] = await Promise.race([once(child, 'message', { signal: over.signal }), gone])
    return answer
  } finally {
    over.abort()
  }
}

/** In such a process: listens on a free port and tells it. */
export async function listenOn(server: Server): Promise<void> {
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 })
  await once(server, 'listening')
  process.send!({ port: (server.address() as AddressInfo).port })
  process.on('SIGTERM', () => process.exit(0))
  process.on('disconnect', () => process.exit(0))
}
