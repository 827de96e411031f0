import type { FileView, SessionView } from '@plumbline/core/base'
import { baseContract, sessionContract } from '@plumbline/core/base'
import type { AnyRoute, Reply, Request } from '@plumbline/core/kit'
import { setTimeout as wait } from 'node:timers/promises'

/** A refusal of the server, or a fault of its (kind `bug`). */
export class ApiRefusal extends Error {
  readonly status: number
  readonly kind: string
  readonly rule: string
  readonly detail: unknown
  constructor(where: string, status: number, body: { kind?: string; rule?: string; detail?: unknown }) {
    super(
      `${where}: ${status} ${body.rule ?? ''} ${body.detail === undefined ? '' : JSON.stringify(body.detail)}`.trim(),
    )
    this.status = status
    this.kind = body.kind ?? 'bug'
    this.rule = body.rule ?? 'internal'
    this.detail = body.detail
  }
}

export const isRefusal = (error: unknown, ...rules: string[]): error is ApiRefusal =>
  error instanceof ApiRefusal && rules.includes(error.rule)

type Ask<R extends AnyRoute> = Partial<Request<R, 'in'>>

/** One person's session with a house: his cookie goes with every call. */
export interface Session {
  view: SessionView
  /** Throws ApiRefusal with rule and detail when the server refuses. */
  call<R extends AnyRoute>(route: R, ask?: Ask<R>): Promise<Reply<R>>
  /** `fields` is what a phone tells beside the picture: takenAt, lon, lat. */
  upload(bytes: Uint8Array, name: string, fields?: Record<string, string>): Promise<FileView>
}

/** A house seen from outside: its public API at an address. */
export interface Client {
  url: string
  /** What somebody sees who has not signed in. */
  look(): Promise<SessionView>
  /** By the one-click key of a demo person. */
  signInAs(demoKey: string): Promise<Session>
  signIn(login: string, password: string): Promise<Session>
  enterFirst(first: Request<typeof sessionContract.firstAdministrator, 'in'>['body']): Promise<Session>
}

/** A client of the house at `url`, such as http://127.0.0.1:8080. Nothing is sent yet. */
export function connect(url: string): Client {
  const base = url.replace(/\/$/, '')
  const enter = async <R extends AnyRoute>(route: R, ask: Ask<R>): Promise<Session> => {
    const answer = await request(base, null, route, ask)
    return session(base, cookieOf(answer), (await answer.json()) as SessionView)
  }
  return {
    url: base,
    look: async () => (await (await request(base, null, sessionContract.session, {})).json()) as SessionView,
    signInAs: (key) => enter(sessionContract.demoSignIn, { body: { key } }),
    signIn: (login, password) => enter(sessionContract.signIn, { body: { login, password } }),
    enterFirst: (first) => enter(sessionContract.firstAdministrator, { body: first }),
  }
}

function session(base: string, cookie: string, view: SessionView): Session {
  return {
    view,
    call: async (route, ask = {}) => (await (await request(base, cookie, route, ask)).json()) as Reply<typeof route>,
    upload: async (bytes, name, fields = {}) => {
      const form = new FormData()
      // Fields come first: the server reads the file as a stream and has then seen what stands before it.
      for (const [key, value] of Object.entries(fields)) form.set(key, value)
      form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name)
      return (await (
        await send(base, cookie, baseContract.upload.path, { method: 'POST', body: form })
      ).json()) as FileView
    },
  }
}

function request(base: string, cookie: string | null, route: AnyRoute, ask: object): Promise<Response> {
  const {
    params = {},
    query = {},
    body,
  } = ask as {
    params?: Record<string, string>
    query?: Record<string, unknown>
    body?: unknown
  }
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]): [string, string][] =>
      value === undefined ? [] : [[key, String(value)]],
    ),
  )
  return send(base, cookie, search.size > 0 ? `${path}?${search.toString()}` : path, {
    method: route.method,
    ...(route.method === 'POST'
      ? { body: JSON.stringify(body ?? {}), headers: { 'content-type': 'application/json' } }
      : {}),
  })
}

/** How often a call is sent again when the connection breaks: every act bears repeating, by its request id. */
const tries = 3

async function send(base: string, cookie: string | null, path: string, init: RequestInit): Promise<Response> {
  const headers = { ...(init.headers as Record<string, string>), 'x-plumbline': '1', ...(cookie ? { cookie } : {}) }
  for (let tried = 1; ; tried += 1) {
    try {
      const answer = await fetch(`${base}/api${path}`, { ...init, headers })
      if (answer.ok) return answer
      throw new ApiRefusal(
        `${init.method} ${path}`,
        answer.status,
        (await answer.json().catch(() => ({}))) as { kind?: string; rule?: string },
      )
    } catch (error) {
      if (error instanceof ApiRefusal || tried === tries) throw error
      await wait(200 * tried)
    }
  }
}

/** The session cookie that an entering answer sets; the rest of its attributes is for browsers. */
function cookieOf(answer: Response): string {
  const set = answer.headers.getSetCookie().find((one) => one.startsWith('plumbline='))
  if (!set) throw new Error('the server opened no session')
  return set.slice(0, set.indexOf(';'))
}
