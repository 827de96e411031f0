import { type Capacity, permissionsOf } from '@plumbline/core/access'
import { cleanup, configure, render, type Screen, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { MemoryRouter, Route, Routes } from 'react-router'
import { afterEach, expect, vi } from 'vitest'
import { Look } from './Look.tsx'
import { type CaseLists, type Panel, PanelsProvider } from './panels.tsx'
import { Queries } from './query.tsx'
import { Guard } from './session.tsx'

// A first page of antd takes longer than a second on a busy machine.
configure({ asyncUtilTimeout: 10_000 })

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

/** Uploads go by XMLHttpRequest, for which `serve` does not stand in: a network that takes each and keeps what came. */
export function takeUploads(response: object): FormData[] {
  const sent: FormData[] = []
  class Sending {
    upload = {}
    status = 201
    response = response
    onload?: () => void
    open() {}
    setRequestHeader() {}
    send(form: FormData) {
      sent.push(form)
      queueMicrotask(() => this.onload?.())
    }
  }
  vi.stubGlobal('XMLHttpRequest', Sending)
  return sent
}

/** What a pretended server says of a field that it refuses. */
export const wrong = '这一栏填写有误'
/** A refusal of one field, by its path in the body. */
export const faultAt = (path: string): Answer => ({
  status: 400,
  refusal: { kind: 'malformed', rule: 'body', detail: [{ path, code: 'custom', message: wrong }] },
})

/** Fails unless the refusal stands at the field of this label, within a form or on the page. */
export const isSaidAt = (label: string | RegExp, form: Pick<Screen, 'getAllByLabelText'> = screen) =>
  waitFor(() => {
    const items = form.getAllByLabelText(label).map((field) => field.closest('.ant-form-item'))
    expect(items.map((item) => item?.querySelector('.ant-form-item-explain-error')?.textContent)).toContain(wrong)
  })

export type Filling = ReturnType<typeof within>

/** One wrong input of one form: what opens and sends it, how it is filled in, and the field that the server refuses. */
export interface WrongInput {
  opens: string
  /** The button that sends; as a rule it says what opened the form. */
  sends?: string
  /** Of the field in the body. */
  path: string
  field: string | RegExp
  fillIn?: (form: Filling) => Promise<void>
}

/** Opens the form on the page drawn, fills it in and sends it: the refusal must stand at its field. */
export async function refuses({ opens, sends = opens, field, fillIn }: WrongInput): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: opens }))
  const form = within(await screen.findByRole('dialog'))
  await fillIn?.(form)
  await userEvent.click(await form.findByRole('button', { name: sends }))
  await isSaidAt(field, form)
}

/** Pasted, not typed: a whole form drawn anew for each letter takes seconds. */
export async function fill(field: HTMLElement, text: string): Promise<void> {
  await userEvent.clear(field)
  await userEvent.click(field)
  await userEvent.paste(text)
}

/** Writes a day, or a day with its time, into a picker. */
export async function fillDate(field: HTMLElement, text: string): Promise<void> {
  await fill(field, text)
  await userEvent.keyboard('{Enter}')
}

/** Opens a list and takes one of what it offers; `words` narrows it first. */
export async function pick(field: HTMLElement, option: string | RegExp, words?: string): Promise<void> {
  await userEvent.click(field)
  if (words) await userEvent.paste(words)
  await userEvent.click(await screen.findByText(option, { selector: '.ant-select-item-option-content' }))
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

/** Draws for whom `GET /session` names; nothing for somebody it does not know. */
export const drawSignedIn = (part: ReactNode, at?: string) => draw(<Guard signIn={() => null}>{part}</Guard>, at)

/** Draws the one of these pages, by the paths at which they stand, that the address opens. */
export const drawPages = (
  pages: Record<string, ReactNode>,
  at: string,
  { panels = [], lists = {} }: { panels?: Panel[]; lists?: CaseLists } = {},
) =>
  drawSignedIn(
    <PanelsProvider panels={panels} lists={lists}>
      <Routes>
        {Object.entries(pages).map(([path, page]) => (
          <Route key={path} path={path} element={page} />
        ))}
      </Routes>
    </PanelsProvider>,
    at,
  )

/** A step that the server offers. */
export const stepOf = (action: string, label: string) => ({ action, label, clause: null, main: false, barrier: null })

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

/** What `GET /session` says of somebody of another capacity. */
export const sessionAs = (capacity: Capacity) => ({
  reply: { ...inspectorSession, permissions: permissionsOf(capacity) },
})

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
