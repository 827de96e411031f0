import type { AnyRoute } from '@plumbline/core/kit'
import { contracts } from '@plumbline/core/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { version } from './version.ts'

const shape = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })

function operation(room: string, name: string, route: AnyRoute) {
  const named = (schema: z.ZodType | undefined, place: 'path' | 'query') => {
    if (!schema) return []
    const { properties = {}, required = [] } = shape(schema, 'input') as {
      properties?: Record<string, unknown>
      required?: string[]
    }
    return Object.entries(properties).map(([key, one]) => ({
      name: key,
      in: place,
      required: place === 'path' || required.includes(key),
      schema: one,
    }))
  }
  return {
    operationId: `${room}.${name}`,
    tags: [room],
    summary: route.title,
    'x-permission': route.permission,
    parameters: [...named(route.params, 'path'), ...named(route.query, 'query')],
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: shape(route.body, 'input') } } } }
      : {}),
    ...(route.takes === 'multipart'
      ? {
          requestBody: {
            required: true,
            content: {
              'multipart/form-data': {
                schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
              },
            },
          },
        }
      : {}),
    responses: {
      '200': {
        description: '成功',
        content: { [route.sends ?? 'application/json']: { schema: route.reply ? shape(route.reply, 'output') : {} } },
      },
      default: {
        description: '拒绝',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
      },
    },
  }
}

/** OpenAPI 3.1 of every route, printed from the contracts. */
export function printOpenApi() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [room, routes] of Object.entries(contracts))
    for (const [name, route] of Object.entries(routes)) {
      const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(room, name, route) }
    }
  return {
    openapi: '3.1.0',
    info: {
      title: '准绳 Plumbline',
      version,
      description: '写操作须带请求头 x-plumbline: 1；同一 requestId 重复提交只生效一次。',
    },
    paths,
    components: {
      schemas: {
        Refusal: {
          type: 'object',
          required: ['kind', 'rule'],
          properties: {
            kind: { enum: ['malformed', 'forbidden', 'missing', 'conflict', 'unmet', 'too_many', 'bug'] },
            rule: { type: 'string' },
            detail: {},
          },
        },
      },
    },
  }
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** The same as a page to read: no script, no network. */
function readable(): string {
  const rows = Object.entries(contracts).map(([room, routes]) => {
    const items = Object.values(routes).map((route) => {
      const body = route.body
        ? `<details><summary>请求体</summary><pre>${escape(JSON.stringify(shape(route.body, 'input'), null, 1))}</pre></details>`
        : ''
      const reply = route.reply
        ? `<details><summary>回复</summary><pre>${escape(JSON.stringify(shape(route.reply, 'output'), null, 1))}</pre></details>`
        : ''
      return `<li><code>${route.method} /api${escape(route.path)}</code> ${escape(route.title)} <small>${route.permission}</small>${body}${reply}</li>`
    })
    return `<h2>${room}</h2><ul>${items.join('')}</ul>`
  })
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>准绳 接口</title>
<style>body{font:14px/22px sans-serif;max-width:960px;margin:24px auto;padding:0 16px;color:#1c2430}code{background:#f5f6f8;padding:1px 4px}pre{background:#f5f6f8;padding:8px;overflow:auto}small{color:#56606e}li{margin:6px 0}</style>
<h1>准绳 Plumbline ${version} 接口</h1><p>机器可读：<a href="/api/openapi.json">/api/openapi.json</a>（OpenAPI 3.1）</p>${rows.join('')}</html>`
}

export function apiPages(http: FastifyInstance): void {
  const json = JSON.stringify(printOpenApi())
  const page = readable()
  http.get('/api/openapi.json', (_request, reply) => reply.type('application/json').send(json))
  http.get('/api', (_request, reply) => reply.type('text/html').send(page))
}
