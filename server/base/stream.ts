import type { Actor } from '@plumbline/core/access'
import { reaches } from '@plumbline/core/access'
import type { ServerResponse } from 'node:http'
import pg from 'pg'
import type { Log } from './log.ts'

/** Something changed: which case, in which room, and who reaches it. Never what changed: the reader asks for that. */
export interface Change {
  room: string
  caseId: string
  reach: readonly string[]
}

export interface Stream {
  /** Tells every process; each tells its readers whom the change reaches. */
  tell(changes: readonly Change[]): Promise<void>
  /** Holds a reader's response open as server-sent events. */
  attach(actor: Actor, sessionKey: string, response: ServerResponse): void
  /** Ends, in every process, the streams of these sessions or people: their powers changed, and their pages open anew. */
  cut(of: readonly string[]): Promise<void>
  close(): Promise<void>
}

const channel = 'plumbline_change'
const beatMillis = 25_000

interface Reader {
  actor: Actor
  sessionKey: string
  response: ServerResponse
}

/** One LISTEN connection a process, reopened when it breaks; readers are told only what they reach. */
export function openStream(url: string, pool: pg.Pool, log: Log): Stream {
  const readers = new Set<Reader>()
  let client: pg.Client | undefined
  let closed = false

  const pass = (changes: readonly Change[]) => {
    for (const reader of readers) {
      const rooms = new Map<string, string[]>()
      for (const { room, caseId, reach } of changes)
        if (reaches(reader.actor, reach)) rooms.set(room, [...(rooms.get(room) ?? []), caseId])
      if (rooms.size > 0) reader.response.write(`event: change\ndata: ${JSON.stringify(Object.fromEntries(rooms))}\n\n`)
    }
  }

  const end = (of: readonly string[]) => {
    for (const { sessionKey, actor, response } of readers)
      if (of.includes(sessionKey) || (actor.personId !== null && of.includes(actor.personId))) response.end()
  }

  const listen = async () => {
    if (closed) return
    client = new pg.Client({ connectionString: url })
    client.on('notification', ({ payload }) => {
      const told = JSON.parse(payload ?? '[]') as Change[] | { cut: string[] }
      if (Array.isArray(told)) pass(told)
      else end(told.cut)
    })
    client.on('error', () => {})
    client.on('end', () => {
      if (!closed) setTimeout(() => void listen(), 1000).unref()
    })
    await client.connect().then(
      () => client?.query(`listen ${channel}`),
      (error) => log.warn({ err: error }, 'the change stream is not connected'),
    )
  }
  void listen()

  const beat = setInterval(() => {
    for (const { response } of readers) response.write(': \n\n')
  }, beatMillis)
  beat.unref()

  return {
    tell: async (changes) => {
      for (const part of parted(changes)) await pool.query('select pg_notify($1, $2)', [channel, JSON.stringify(part)])
    },
    attach: (actor, sessionKey, response) => {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      response.write('retry: 3000\n\n')
      const reader = { actor, sessionKey, response }
      readers.add(reader)
      response.on('close', () => readers.delete(reader))
    },
    cut: async (of) => {
      if (of.length > 0) await pool.query('select pg_notify($1, $2)', [channel, JSON.stringify({ cut: of })])
    },
    close: async () => {
      closed = true
      clearInterval(beat)
      for (const { response } of readers) response.end()
      await client?.end().catch(() => {})
    },
  }
}

/** A notification carries at most 8,000 bytes. */
function parted(changes: readonly Change[]): Change[][] {
  const parts: Change[][] = []
  let size = 0
  for (const change of changes) {
    const bytes = JSON.stringify(change).length + 1
    if (parts.length === 0 || size + bytes > 7000) {
      parts.push([])
      size = 0
    }
    parts.at(-1)!.push(change)
    size += bytes
  }
  return parts
}
