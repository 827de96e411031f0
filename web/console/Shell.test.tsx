import { sessionContract } from '@plumbline/core/base'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route, Routes, useLocation } from 'react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { useRoute } from '../kit/api.ts'
import { type NavItem, type Panel, PanelsProvider } from '../kit/panels.tsx'
import { sentenceOf } from '../kit/rules.zh.ts'
import { Guard } from '../kit/session.tsx'
import { SignInPage } from '../kit/SignIn.tsx'
import { draw, inspectorSession, serve } from '../kit/testing.tsx'
import { HomePage } from './HomePage.tsx'
import { Shell } from './Shell.tsx'

const nav: NavItem[] = [
  { group: '', order: 0, path: '/', label: '待办' },
  { group: '监督', order: 1, path: '/projects', label: '项目库', permission: 'project.read', useCount: () => 170 },
  { group: '管理', order: 1, path: '/accounts', label: '账号', permission: 'account.administer' },
]

const nothingWaits = { reply: { rows: [], next: null } }

let panels: Panel[]
beforeEach(() => {
  panels = []
})

function Place() {
  const { pathname, search } = useLocation()
  return <p>在 {decodeURIComponent(pathname + search)}</p>
}

/** A page that reads something with which the server may have no patience any more. */
function Reader() {
  useRoute(sessionContract.demoPeople, {})
  return null
}

const drawConsole = (at = '/') =>
  draw(
    <Guard signIn={(session) => <SignInPage session={session} place="监督工作台" />}>
      <PanelsProvider panels={panels}>
        <Routes>
          <Route element={<Shell nav={nav} />}>
            <Route index element={<HomePage />} />
            <Route path="/reader" element={<Reader />} />
            <Route path="*" element={<Place />} />
          </Route>
        </Routes>
      </PanelsProvider>
    </Guard>,
    at,
  )

const signedOut = { ...inspectorSession, signedIn: false, person: null, appointment: null, demo: false }

test('nobody sees the shell without a session; a refused sign-in says so and stays', async () => {
  const log = serve({
    'GET /session': { reply: signedOut },
    'POST /session': { status: 403, refusal: { kind: 'forbidden', rule: 'sign_in_failed' } },
  })
  drawConsole('/projects')
  await userEvent.type(await screen.findByLabelText('账号'), '林远舟')
  await userEvent.type(screen.getByLabelText('密码'), 'wrong')
  await userEvent.click(screen.getByRole('button', { name: '登录' }))
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('sign_in_failed'))
  expect(screen.queryByRole('navigation')).toBeNull()
  expect(log.find(({ line }) => line === 'POST /session')?.body).toEqual({ login: '林远舟', password: 'wrong' })
})

test('when the server no longer knows the session, the way in appears', async () => {
  let revoked = false
  serve({
    'GET /session': () => ({ reply: revoked ? signedOut : inspectorSession }),
    'GET /demo/people': () => {
      revoked = true
      return { status: 401, refusal: { kind: 'forbidden', rule: 'session_missing' } }
    },
  })
  drawConsole('/reader')
  expect(await screen.findByLabelText('密码')).toBeTruthy()
})

test('an empty county asks for its first administrator, with the password twice the same', async () => {
  const log = serve({ 'GET /session': { reply: { ...signedOut, empty: true } } })
  drawConsole()
  await userEvent.type(await screen.findByLabelText('管理员姓名'), '许知夏')
  await userEvent.type(screen.getByLabelText('密码'), 'a-long-password')
  await userEvent.type(screen.getByLabelText('再填一次密码'), 'another')
  await userEvent.click(screen.getByRole('button', { name: '设立并登录' }))
  expect(await screen.findByText('两次填写的密码不同')).toBeTruthy()
  expect(log.map(({ line }) => line)).toEqual(['GET /session'])
})

test('the navigation shows rooms the capacity may open, with their numbers, and no others', async () => {
  serve({ 'GET /session': { reply: inspectorSession }, 'GET /inbox': nothingWaits })
  drawConsole()
  const links = within(await screen.findByRole('navigation', { name: '主导航' })).getAllByRole('link')
  expect(links.map((link) => link.textContent)).toEqual(['待办', '项目库170'])
})

test('a real county has no clock to move', async () => {
  serve({ 'GET /session': { reply: { ...inspectorSession, clockMovable: false } }, 'GET /inbox': nothingWaits })
  drawConsole()
  await screen.findByRole('navigation', { name: '主导航' })
  expect(screen.queryByRole('button', { name: '+1 天' })).toBeNull()
})

test('the demo clock shows the legal time in Shanghai and asks the server to move it', async () => {
  const log = serve({
    'GET /session': { reply: inspectorSession },
    'GET /inbox': nothingWaits,
    'POST /clock': { status: 422, refusal: { kind: 'unmet', rule: 'clock_only_forward' } },
  })
  drawConsole()
  await userEvent.click(await screen.findByRole('button', { name: '+7 天' }))
  expect(screen.getByText('2026-11-20 09:42')).toBeTruthy()
  expect((await screen.findByRole('alert')).textContent).toBe(sentenceOf('clock_only_forward'))
  expect(log.find(({ line }) => line === 'POST /clock')?.body).toMatchObject({ days: 7 })
})

test('the menu of the person leads to the own password', async () => {
  serve({ 'GET /session': { reply: inspectorSession }, 'GET /inbox': nothingWaits })
  drawConsole()
  await userEvent.click(await screen.findByRole('button', { name: new RegExp(inspectorSession.person!.name) }))
  await userEvent.click(await screen.findByText('修改密码'))
  expect(await screen.findByText('在 /password')).toBeTruthy()
})

test('/ goes to the search from anywhere, but is a character where somebody types', async () => {
  serve({ 'GET /session': { reply: inspectorSession }, 'GET /inbox': nothingWaits })
  drawConsole()
  const field = await screen.findByRole('searchbox', { name: '搜索' })
  await userEvent.keyboard('/')
  expect(document.activeElement).toBe(field)
  await userEvent.keyboard('2/3 号楼{Enter}')
  await waitFor(() => expect(screen.getByText('在 /search?q=2/3 号楼')).toBeTruthy())
})

test('a panel that breaks leaves the others standing; one that is not for this capacity is not drawn', async () => {
  serve({ 'GET /session': { reply: inspectorSession }, 'GET /inbox': nothingWaits })
  // React reports what it catches; here that is the point of the test.
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const Broken = (): never => {
    throw new Error('a bug')
  }
  panels = [
    { slot: 'home', order: 2, title: '我的检查', Component: () => <p>三件</p> },
    { slot: 'home', order: 1, title: '坏的', Component: Broken },
    { slot: 'home', order: 3, title: '账号', Component: () => <p>七个</p>, permission: 'account.administer' },
    { slot: 'project', order: 1, title: '别处的', Component: () => <p>别处</p> },
  ]
  drawConsole()
  expect(await screen.findByText('三件')).toBeTruthy()
  expect(screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent)).toEqual([
    '今天要您办的按期限排列',
    '坏的',
    '我的检查',
  ])
  expect(screen.getByRole('alert').textContent).toContain(sentenceOf('internal'))
})

test('待办 lists what waits for the reader, each under its own room, urgent things with their word', async () => {
  const row = {
    id: '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6a09',
    room: 'rectification',
    number: '青建监改〔2026〕0012号',
    title: '禾丰路人才公寓二期',
    state: 'served',
    stateLabel: '待回复',
    open: true,
    projectId: null,
    projectName: null,
    since: '2026-11-03T01:00:00.000Z',
    due: '2026-11-10T16:00:00.000Z',
    tier: 'red',
  }
  serve({ 'GET /session': { reply: inspectorSession }, 'GET /inbox': { reply: { rows: [row], next: null } } })
  drawConsole()
  const link = await screen.findByRole('link', { name: '禾丰路人才公寓二期' })
  expect(link.getAttribute('href')).toBe(`/rectification/${row.id}`)
  expect(link.closest('li')?.textContent).toContain('红色锁定')
})
