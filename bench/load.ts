import { Agent, get as getHttp, type IncomingMessage, request as requestHttp } from 'node:http'

/** One answer and how long it took. */
export interface Answer {
  status: number
  body: string
  millis: number
  cookie: string | null
}

/** A client that keeps its connections, one request outstanding on each. */
export interface Client {
  get(path: string, cookie?: string): Promise<Answer>
  post(path: string, body: unknown, cookie?: string): Promise<Answer>
  close(): void
}

export function openClient(port: number, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const at = { host: '127.0.0.1', port, agent }
  const headers = (cookie?: string) => ({ 'x-plumbline': '1', ...(cookie ? { cookie } : {}) })
  const answered =
    (started: number, resolve: (answer: Answer) => void, reject: (error: Error) => void) =>
    (response: IncomingMessage) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts).toString(),
          millis: performance.now() - started,
          cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? null,
        }),
      )
    }
  return {
    get: (path, cookie) =>
      new Promise((resolve, reject) => {
        const started = performance.now()
        getHttp({ ...at, path, headers: headers(cookie) }, answered(started, resolve, reject)).on('error', reject)
      }),
    post: (path, body, cookie) =>
      new Promise((resolve, reject) => {
        const started = performance.now()
        const options = {
          ...at,
          path,
          method: 'POST',
          headers: { ...headers(cookie), 'content-type': 'application/json' },
        }
        requestHttp(options, answered(started, resolve, reject))
          .on('error', reject)
          .end(JSON.stringify(body))
      }),
    close: () => agent.destroy(),
  }
}

/** Runs `times` pieces of work, `atOnce` outstanding. Answers how long each took, in milliseconds. */
export async function repeat(
  times: number,
  atOnce: number,
  work: (turn: number) => Promise<Answer>,
): Promise<number[]> {
  const took: number[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(atOnce, times) }, async () => {
      while (next < times) {
        const answer = await work(next++)
        took.push(answer.millis)
      }
    }),
  )
  return took
}

/** A result counts only when it was checked: anything unexpected ends the run. */
export function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`the benchmark's check failed: ${what}`)
}
