import { baseContract } from '@plumbline/core/base'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { ApiRefusal, connect, isRefusal } from './client.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A house that only listens: node's own HTTP server, no code of ours. */
async function house(answer: Answer) {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')))
    request.on('end', () => answer(request, response, body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const bound = server.address()
  return connect(`http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/`)
}

const json = (response: ServerResponse, status: number, body: object, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const entered = (response: ServerResponse) =>
  json(response, 200, { signedIn: true }, { 'set-cookie': 'plumbline=abc; Path=/; HttpOnly; SameSite=Strict' })

test('a refusal is thrown with its rule and detail, and is not sent again', async () => {
  let calls = 0
  const client = await house((_, response) => {
    calls += 1
    json(response, 422, { kind: 'unmet', rule: 'held', detail: { clause: 'x' } })
  })
  const error = await client.signInAs('chief').catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ApiRefusal)
  expect(error).toMatchObject({ status: 422, kind: 'unmet', rule: 'held', detail: { clause: 'x' } })
  expect(isRefusal(error, 'held')).toBe(true)
  expect(isRefusal(error, 'missing')).toBe(false)
  expect(calls).toBe(1)
})

test('a broken connection is tried again', async () => {
  let calls = 0
  const client = await house((request, response) => {
    calls += 1
    if (calls === 1) request.socket.destroy()
    else json(response, 200, { now: '2026-11-20T00:00:00.000Z' })
  })
  expect(await client.look()).toEqual({ now: '2026-11-20T00:00:00.000Z' })
  expect(calls).toBe(2)
})

test('a session keeps its cookie, fills paths and queries, and says that it is no foreign page', async () => {
  const seen: (string | undefined)[][] = []
  const client = await house((request, response) => {
    seen.push([request.method, request.url, request.headers.cookie, String(request.headers['x-plumbline'])])
    if (request.url === '/api/demo/sign-in') entered(response)
    else json(response, 200, { rows: [] })
  })
  const session = await client.signInAs('chief')
  await session.call(baseContract.history, { params: { id: 'a/b' } })
  await session.call(baseContract.search, { query: { q: '云桥', room: undefined } })
  expect(seen).toEqual([
    ['POST', '/api/demo/sign-in', undefined, '1'],
    ['GET', '/api/cases/a%2Fb/acts', 'plumbline=abc', '1'],
    ['GET', `/api/search?q=${encodeURIComponent('云桥')}`, 'plumbline=abc', '1'],
  ])
})

test('an upload tells what the phone told before the file itself', async () => {
  let upload = ''
  const client = await house((request, response, body) => {
    if (request.url === '/api/demo/sign-in') return entered(response)
    upload = body
    return json(response, 200, { id: '1' })
  })
  const session = await client.signInAs('chief')
  await session.upload(Buffer.from('bytes'), 'a.jpg', { lon: '120.9' })
  expect(upload).toMatch(/name="lon"\r\n\r\n120\.9[\s\S]*name="file"; filename="a\.jpg"[\s\S]*\r\n\r\nbytes\r\n/)
})
