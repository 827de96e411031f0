import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '@plumbline/core/access'
import type { AnyRoute, Reply, Request } from '@plumbline/core/kit'
import { type App, openApp } from '../../server/app.ts'
import { startDemo } from '../../server/base/clock.ts'
import { readSettings } from '../../server/base/config.ts'
import { contextOf, type Ctx } from '../../server/base/context.ts'
import { silentLog } from '../../server/base/log.ts'
import { cloneDatabase } from './clone.ts'

export interface TestHouse extends App {
  /** The database's owner, for looking behind the wall. */
  ownerUrl: string
  /** A context for calling services directly as somebody. */
  as(actor: Actor): Promise<Ctx>
  /** Calls a route over HTTP (no port) with a session cookie; answers status and body. */
  call<R extends AnyRoute>(cookie: string | null, route: R, ask?: Partial<Request<R, 'in'>>): Promise<Answer<R>>
  /** Uploads a file as the session's owner. */
  upload(cookie: string, bytes: Buffer, name: string): Promise<{ status: number; body: { id: string; sha256: string } }>
}

export interface Answer<R extends AnyRoute> {
  status: number
  body: Reply<R>
  /** The refusal's rule, when it was refused. */
  rule: string | undefined
  cookie: string | null
}

/** A whole house on a database of its own, in demo mode, with its worker running. Close it in afterAll. */
export async function openTestHouse(options: { demo?: boolean; worker?: boolean } = {}): Promise<TestHouse> {
  const clone = await cloneDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-test-'))
  const ports = { PORT: '0', HJ212_PORT: '0', MQTT_PORT: '0' }
  const settings = {
    ...readSettings({ DATA_DIR: dataDir, ...ports }),
    databaseUrl: clone.appUrl,
    ownerUrl: clone.ownerUrl,
  }
  const app = await openApp(settings, { log: silentLog, worker: options.worker ?? true })
  if (options.demo !== false) await startDemo(app.house.db, 0)
  return {
    ...app,
    ownerUrl: clone.ownerUrl,
    as: (actor) => contextOf(app.house, actor),
    call: (cookie, route, ask) => callRoute(app, cookie, route, ask ?? {}),
    upload: (cookie, bytes, name) => uploadFile(app, cookie, bytes, name),
    close: async () => {
      await app.close()
      await clone.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function callRoute<R extends AnyRoute>(
  app: App,
  cookie: string | null,
  route: R,
  ask: object,
): Promise<Answer<R>> {
  const {
    params = {},
    query = {},
    body,
  } = ask as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)] as [string, string]],
    ),
  )
  const response = await app.http.inject({
    method: route.method,
    url: `/api${path}${search.size > 0 ? `?${search}` : ''}`,
    headers: { 'x-plumbline': '1', ...(cookie ? { cookie } : {}) },
    ...(route.method === 'POST' ? { payload: (body ?? {}) as object } : {}),
  })
  const isJson = String(response.headers['content-type']).includes('json')
  const parsed = isJson ? (response.json() as Reply<R> & { rule?: string }) : (response.rawPayload as never)
  const set = response.cookies.find(({ name }) => name === 'plumbline')
  return {
    status: response.statusCode,
    body: parsed,
    rule: isJson ? parsed?.rule : undefined,
    cookie: set ? `plumbline=${set.value}` : null,
  }
}

async function uploadFile(app: App, cookie: string, bytes: Buffer, name: string) {
  const boundary = randomUUID()
  const payload = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/files',
    headers: { 'x-plumbline': '1', cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  })
  return { status: response.statusCode, body: response.json() as { id: string; sha256: string } }
}
