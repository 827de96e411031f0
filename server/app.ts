import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance } from 'fastify'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openClock } from './base/clock.ts'
import type { Settings } from './base/config.ts'
import { openDatabase } from './base/db.ts'
import { fileStore } from './base/files/disk.ts'
import { MOST_BYTES } from './base/files/inspect.ts'
import type { House } from './base/house.ts'
import { httpDoor } from './base/http.ts'
import { openLaw } from './base/law.ts'
import type { Log } from './base/log.ts'
import { apiPages } from './base/openapi.ts'
import { openPrinter } from './base/print/index.ts'
import type { Room } from './base/room.ts'
import { baseRoutes } from './base/routes.ts'
import { getCounty } from './base/setting.ts'
import { openStream } from './base/stream.ts'
import { webPages } from './base/web.ts'
import { startWorker, type Worker } from './base/worker.ts'
import { hangPushDoor, type PushDoor } from './gateways/push/index.ts'
import { account, identify } from './rooms/account/index.ts'
import { dangerWork } from './rooms/danger-work/index.ts'
import { device } from './rooms/device/index.ts'
import { evidence } from './rooms/evidence/index.ts'
import { inspection } from './rooms/inspection/index.ts'
import { org } from './rooms/org/index.ts'
import { permit } from './rooms/permit/index.ts'
import { person } from './rooms/person/index.ts'
import { project } from './rooms/project/index.ts'
import { rectification } from './rooms/rectification/index.ts'
import { telemetry } from './rooms/telemetry/index.ts'

/** Every room, ground to roof. A room may enter those that stand earlier. */
export const rooms: readonly Room[] = [
  account,
  org,
  person,
  project,
  device,
  evidence,
  telemetry,
  dangerWork,
  inspection,
  permit,
  rectification,
]

export interface App {
  house: House
  http: FastifyInstance
  /** Where devices push; the gateways open it. */
  push: PushDoor
  close(): Promise<void>
}

/** Opens the house on a migrated database: tools, rooms, doors, worker. Nothing listens yet. */
export async function openApp(
  settings: Settings,
  options: { log?: Log; worker?: boolean; machineNow?: () => number } = {},
): Promise<App> {
  const { db, pool, close } = openDatabase(settings.databaseUrl)
  const http = await openHttp(settings)
  const log = options.log ?? http.log
  let county = await getCounty(db)
  const regionNow = () => settings.region || county.region
  const law = await openLaw(db, regionNow)
  let worker: Worker | undefined
  const house: House = {
    db,
    pool,
    settings,
    log,
    clock: openClock(db, options.machineNow),
    law: law.law,
    renewLaw: async () => {
      county = await getCounty(db)
      await law.renew()
    },
    files: fileStore(join(settings.dataDir, 'files')),
    printer: await openPrinter(),
    stream: openStream(settings.databaseUrl, pool, log),
    rooms,
    checks: new Map(),
    wake: () => worker?.wake(),
    settle: async () => worker?.settle(),
  }
  const serve = httpDoor(http, house, (request) => identify(house, request))
  baseRoutes(serve)
  for (const room of rooms) room.routes(serve)
  const push = await hangPushDoor(http)
  apiPages(http)
  webPages(http)
  await http.ready()
  if (options.worker !== false) worker = startWorker(house)
  return {
    house,
    http,
    push,
    // In order: no new requests, the worker's round ends, streams end, the pool empties.
    close: async () => {
      await house.stream.close()
      await http.close()
      await worker?.stop()
      await close()
    },
  }
}

async function openHttp(settings: Settings): Promise<FastifyInstance> {
  const http: FastifyInstance = fastify({
    logger: { level: settings.logLevel },
    bodyLimit: 1024 * 1024,
    connectionTimeout: 60_000,
    requestTimeout: 60_000,
    forceCloseConnections: true,
    ...(settings.tls ? { https: { cert: readFileSync(settings.tls.cert), key: readFileSync(settings.tls.key) } } : {}),
  }) as unknown as FastifyInstance
  await http.register(cookie)
  await http.register(multipart, {
    limits: { fileSize: MOST_BYTES, files: 1, fields: 8, fieldSize: 200, parts: 10 },
  })
  http.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' })
  })
  return http
}
