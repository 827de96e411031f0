import type { AnyRoute } from '@plumbline/core/kit'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ApiError, call, newRequestId, refusalOf, urlOf } from './api.ts'
import { serve } from './testing.tsx'

const read = {
  method: 'GET',
  path: '/projects/:id',
  permission: 'project.read',
  title: '项目',
  params: z.object({ id: z.string() }),
  query: z.object({ q: z.string().optional(), page: z.number().optional(), tier: z.array(z.string()).optional() }),
  reply: z.object({ name: z.string() }),
} as const satisfies AnyRoute

const write = {
  method: 'POST',
  path: '/projects',
  permission: 'project.write',
  title: '登记',
  body: z.object({ name: z.string() }),
  reply: z.object({ id: z.string() }),
} as const satisfies AnyRoute

const failing = async (run: Promise<unknown>): Promise<ApiError> => {
  const caught: unknown = await run.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(caught instanceof ApiError)) throw new Error('was not refused')
  return caught
}

describe('call refuses', () => {
  test('with the rule, kind and detail of the server', async () => {
    serve({
      'POST /projects': { status: 422, refusal: { kind: 'unmet', rule: 'held', detail: [{ number: '0012号' }] } },
    })
    const error = await failing(call(write, { body: { name: '厂房' } }))
    expect([error.status, error.kind, error.rule, error.detail]).toEqual([422, 'unmet', 'held', [{ number: '0012号' }]])
  })

  test('with network when nobody answers', async () => {
    serve({ 'POST /projects': 'no answer' })
    const error = await failing(call(write, { body: { name: '厂房' } }))
    expect([error.status, error.kind, error.rule]).toEqual([0, 'network', 'network'])
  })

  test('with reply_unreadable when the answer is not what the contract says', async () => {
    serve({ 'GET /projects/7': { reply: { title: '厂房' } } })
    expect((await failing(call(read, { params: { id: '7' }, query: {} }))).rule).toBe('reply_unreadable')
  })

  test.each([
    [401, {}, 'forbidden'],
    [404, '<html>', 'missing'],
    [409, {}, 'conflict'],
    [429, undefined, 'too_many'],
    [502, '<html>', 'internal'],
  ])('tells %i with a foreign body %j as %s', (status, body, kind) => {
    expect(refusalOf(status, body)).toMatchObject({ status, kind, rule: kind })
  })
})

describe('call', () => {
  test('marks a POST as our own page’s and sends JSON; a GET carries neither', async () => {
    const log = serve({ 'POST /projects': { reply: { id: '1' } }, 'GET /projects/7': { reply: { name: '厂房' } } })
    expect(await call(write, { body: { name: '厂房' } })).toEqual({ id: '1' })
    expect(await call(read, { params: { id: '7' }, query: {} })).toEqual({ name: '厂房' })
    expect(log.map(({ headers }) => [headers.get('x-plumbline'), headers.get('content-type')])).toEqual([
      ['1', 'application/json'],
      [null, null],
    ])
    expect(log[0]?.body).toEqual({ name: '厂房' })
  })

  test('fills the address in, escapes it, leaves out what is empty, repeats lists', () => {
    const url = urlOf(read, { params: { id: 'a/b' }, query: { q: '', page: 2, tier: ['red', 'yellow'] } })
    expect(url).toBe('/api/projects/a%2Fb?page=2&tier=red&tier=yellow')
  })
})

test('a request id is a random UUID of version 4, also without a secure context', () => {
  const ids = Array.from({ length: 200 }, newRequestId)
  for (const id of ids) expect(z.uuidv4().safeParse(id).success, id).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
})
