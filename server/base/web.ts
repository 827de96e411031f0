import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const dist = join(import.meta.dirname, '../../web/dist')

/** No foreign script, style, font or frame: the pages work with no route to the internet. */
const policy =
  "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/** The web's pages: /field and below is the phone page, everything else the console. */
export function webPages(http: FastifyInstance): void {
  if (!existsSync(dist)) {
    http.get('/', (_request, reply) => reply.code(503).type('text/plain').send('网页尚未构建：请用 npm start 启动。'))
    return
  }
  http.register(fastifyStatic, {
    root: dist,
    index: false,
    wildcard: false,
    setHeaders: (response, path) => {
      response.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const page = (reply: FastifyReply, name: string) =>
    reply.header('content-security-policy', policy).type('text/html').sendFile(name, { cacheControl: false })
  http.get('/', (_request, reply) => page(reply, 'console.html'))
  http.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api') || /\.\w{2,5}$/.test(request.url.split('?')[0]!))
      return reply.code(404).send({ kind: 'missing', rule: 'missing' })
    return page(
      reply,
      request.url === '/field' || request.url.startsWith('/field/') || request.url.startsWith('/field?')
        ? 'field.html'
        : 'console.html',
    )
  })
}
