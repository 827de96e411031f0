import { type Actor, guestActor, may } from '@plumbline/core/access'
import type { AnyRoute, Reply, Request } from '@plumbline/core/kit'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import type { z } from 'zod'
import { contextOf, type Ctx } from './context.ts'
import { httpStatus, Refused } from './errors.ts'
import type { House } from './house.ts'

/** What the door knows of a request: who came, and by which session. */
export interface Visitor {
  actor: Actor
  accountId: string | null
  /** Hash of the session's token, by which it is revoked. */
  sessionKey: string | null
}

/** A handler's ctx, with the visit: for the few routes that set cookies, stream or take uploads. */
export interface Visit extends Ctx {
  visitor: Visitor
  request: FastifyRequest
  reply: FastifyReply
}

/** A reply that is not JSON. */
export class Bytes {
  readonly body: Buffer | Readable
  readonly headers: Record<string, string>
  constructor(body: Buffer | Readable, headers: Record<string, string>) {
    this.body = body
    this.headers = headers
  }
}

/** The handler has taken the response over: a stream. */
export const taken = Symbol('taken')

type Handler<R extends AnyRoute> = (ctx: Visit, request: Request<R, 'out'>) => Promise<Reply<R> | Bytes | typeof taken>
export type Serve = <R extends AnyRoute>(route: R, handler: Handler<R>) => void

export type Identify = (request: FastifyRequest) => Promise<Visitor>

/**
 * The one way in: who and may he, then parse, then the room, then the reply is held against its schema, which drops
 * every field the contract does not name.
 */
export function httpDoor(app: FastifyInstance, house: House, identify: Identify): Serve {
  app.setErrorHandler((error: FastifyError | Refused, request, reply) => answerError(house, error, request, reply))
  return (route, handler) =>
    app.route({
      method: route.method,
      url: `/api${route.path}`,
      handler: async (request, reply) => {
        const visitor = await identify(request)
        requireSameSite(request)
        requirePermission(visitor.actor, route)
        const asked = {
          params: parse(route.params, 'params', request.params),
          query: parse(route.query, 'query', request.query),
          body: route.takes === 'multipart' ? undefined : parse(route.body, 'body', request.body),
        }
        const ctx = await contextOf(house, visitor.actor, { origin: originOf(request) })
        const answer = await handler({ ...ctx, visitor, request, reply }, asked as never)
        return send(route, reply, answer)
      },
    })
}

function requirePermission(actor: Actor, route: AnyRoute): void {
  if (may(actor.capacity, route.permission)) return
  if (actor.capacity === guestActor.capacity) throw new Refused('forbidden', 'session_missing')
  throw new Refused('forbidden', 'permission', { permission: route.permission })
}

/** A change must come from our own pages: a foreign page can set neither this header nor read the cookie. */
function requireSameSite(request: FastifyRequest): void {
  if (request.method !== 'GET' && request.headers['x-plumbline'] === undefined)
    throw new Refused('forbidden', 'foreign_page')
}

function parse(schema: z.ZodType | undefined, part: string, value: unknown): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value ?? {})
  if (!result.success) {
    const issues = result.error.issues
      .slice(0, 50)
      .map(({ path, code, message }) => ({ path: path.join('.'), code, message }))
    throw new Refused('malformed', part, issues)
  }
  return result.data
}

function send(route: AnyRoute, reply: FastifyReply, answer: unknown) {
  if (answer === taken) return reply.hijack()
  if (answer instanceof Bytes)
    return reply.headers({ 'x-content-type-options': 'nosniff', ...answer.headers }).send(answer.body)
  reply.header('cache-control', 'no-store')
  return route.reply ? route.reply.parse(answer) : answer
}

const originOf = (request: FastifyRequest) => `${request.ip} ${(request.headers['user-agent'] ?? '').slice(0, 200)}`

function answerError(house: House, error: FastifyError | Refused, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof Refused) {
    const status = error.rule === 'session_missing' ? 401 : httpStatus[error.kind]
    return reply.code(status).send({ kind: error.kind, rule: error.rule, detail: error.detail })
  }
  const status = error.statusCode ?? 500
  if (status < 500)
    return reply
      .code(status)
      .send({ kind: status === 429 ? 'too_many' : 'malformed', rule: clientFault[error.code] ?? 'request' })
  // A bug: logged whole, told as nothing.
  house.log.error({ err: error, url: request.url }, 'a bug')
  return reply.code(500).send({ kind: 'bug', rule: 'internal' })
}

const clientFault: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body',
  FST_REQ_FILE_TOO_LARGE: 'file_too_big',
  FST_FILES_LIMIT: 'one_file_at_a_time',
}
