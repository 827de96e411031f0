import { permissionsOf } from '@plumbline/core/access'
import { cleanup, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { afterEach, vi } from 'vitest'
import { Look } from './Look.tsx'
import { Queries } from './query.tsx'

/** What the pretended server answers to `METHOD /path`: a value, a refusal with its status, or no answer at all. */
export type Answer = { reply: unknown } | { status: number; refusal: unknown } | 'no answer'

export interface Asked {
  line: string
  url: string
  headers: Headers
  body: unknown
}

/** Puts a pretended server in the place of fetch; what it was asked is kept in the list returned. */
export function serve(answers: Record<string, Answer | ((asked: Asked) => Answer)>): Asked[] {
  const log: Asked[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const line = `${init.method ?? 'GET'} ${url.replace(/^\/api/, '').replace(/\?.*/, '')}`
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const asked = { line, url, headers: new Headers(init.headers), body }
    log.push(asked)
    const known = answers[line]
    if (known === undefined) throw new Error(`nobody answers ${line}`)
    const answer = typeof known === 'function' ? known(asked) : known
    if (answer === 'no answer') throw new TypeError('fetch failed')
    return 'reply' in answer ? Response.json(answer.reply) : Response.json(answer.refusal, { status: answer.status })
  })
  return log
}

/** Draws a part of a page as it stands in the console: at an address, in Chinese, with an empty query cache. */
export function draw(part: ReactNode, at = '/') {
  return render(
    <Queries>
      <Look>
        <MemoryRouter initialEntries={[at]}>{part}</MemoryRouter>
      </Look>
    </Queries>,
  )
}

/** Somebody signed in as an inspector of a demo county, as GET /api/session tells it. */
export const inspectorSession = {
  signedIn: true,
  empty: false,
  person: { id: '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6a01', name: '林远舟' },
  accountId: null,
  appointment: { id: 'a-1', capacity: 'inspector', capacityLabel: '监督员', org: null, scope: '城东组' },
  appointments: [],
  permissions: permissionsOf('inspector'),
  demo: true,
  now: '2026-11-20T01:42:00.000Z',
  clockMovable: true,
  county: { region: '990421', name: '青禾县', authority: '青禾县住房和城乡建设局' },
  unread: 0,
}

// What antd and the shells ask of a browser and jsdom does not have.
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
}))
vi.stubGlobal(
  'EventSource',
  class {
    addEventListener() {}
    close() {}
  },
)
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
)

afterEach(cleanup)
