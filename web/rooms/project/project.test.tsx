import { projectWorkflow } from '@plumbline/core/project'
import { permissionsOf } from '@plumbline/core/access'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { type CaseLists } from '../../kit/panels.tsx'
import { sentenceOf } from '../../kit/rules.zh.ts'
import { drawPages, inspectorSession, serve, takeUploads } from '../../kit/testing.tsx'
import { changesOf, draftOf } from './draft.ts'
import { readFilter, sayFilter } from './filter.ts'
import { ImportPage } from './ImportPage.tsx'
import { NewProjectPage } from './NewProjectPage.tsx'
import { ProjectPage } from './ProjectPage.tsx'
import { ProjectsPage } from './ProjectsPage.tsx'
import { officer, other, project, row, town, view } from './project.samples.ts'

const chiefSession = { ...inspectorSession, permissions: permissionsOf('chief') }
const county = { 'GET /county/map': { reply: { towns: [town], rows: [] } } }
const session = { 'GET /session': { reply: chiefSession } }

const drawAt = (at: string, lists: CaseLists = {}) =>
  drawPages(
    {
      '/projects': <ProjectsPage />,
      '/projects/new': <NewProjectPage />,
      '/projects/import': <ImportPage />,
      '/project/:id': <ProjectPage />,
    },
    at,
    { lists },
  )

const pageOf = (answer: object = {}) => ({
  ...session,
  ...county,
  [`GET /projects/${project.id}`]: { reply: { ...view, ...answer } },
})

test('a project out of reach is told like one that does not exist', async () => {
  serve({
    ...pageOf(),
    [`GET /projects/${project.id}`]: { status: 404, refusal: { kind: 'missing', rule: 'project' } },
  })
  drawAt(`/project/${project.id}`)
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('missing'))
})

test('a project cannot be saved half filled in: each missing field says so and nothing is sent', async () => {
  const log = serve({ ...session, ...county })
  drawAt('/projects/new')
  await userEvent.type(await screen.findByLabelText('项目编码'), '123')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect(await screen.findByText('项目编码的位数或格式不对')).toBeTruthy()
  expect(await screen.findByText('请在图上点按位置，或填写经纬度')).toBeTruthy()
  expect(log.filter(({ line }) => line.startsWith('POST'))).toEqual([])
})

test('without a step from the server there is no button to press', async () => {
  serve(pageOf({ steps: [] }))
  drawAt(`/project/${project.id}`)
  await screen.findByRole('heading', { level: 1, name: project.name })
  expect(screen.queryByRole('button', { name: '停工' })).toBeNull()
  expect(screen.getByText('现在没有需要您办理的事项。')).toBeTruthy()
})

test('a stop without document is not sent', async () => {
  const log = serve(pageOf())
  drawAt(`/project/${project.id}`)
  await userEvent.click(await screen.findByRole('button', { name: '停工' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText('停工事由'), '业主资金未到位')
  await userEvent.click(within(dialog).getByRole('button', { name: '停工' }))
  expect(await within(dialog).findByText('请附文件')).toBeTruthy()
  expect(log.filter(({ line }) => line.startsWith('POST'))).toEqual([])
})

test('the page has the five blocks, the duties with their clause, and the lock on top with clause and item', async () => {
  serve(pageOf())
  drawAt(`/project/${project.id}`)
  const contents = within(await screen.findByRole('navigation', { name: '本页内容' })).getAllByRole('link')
  expect(contents.map((link) => link.textContent)).toEqual([
    '基本建设程序',
    '参建单位',
    '关键岗位人员',
    '质量安全状况',
    '监督信息',
  ])
  for (const link of contents) expect(document.querySelector(link.getAttribute('href')!)).toBeTruthy()
  const lock = screen.getByRole('region', { name: '锁定' })
  expect(lock.textContent).toContain('不得办理新业务')
  expect(lock.textContent).toContain('三层临边防护缺失')
  expect(lock.textContent).toMatch(/依据 《.+》/)
  expect(screen.getByRole('region', { name: /应设监管系统/ }).textContent).toMatch(/视频监控、扬尘监测.*依据 《.+》/)
  expect(screen.getByText('尚缺：检测单位。')).toBeTruthy()
})

test('a count of cases opens their rows where a room lists them, and is plain where none does', async () => {
  const counts = [
    { room: 'rectification', title: '责令整改', open: 1, total: 2 },
    { room: 'unlisted', title: '别的事项', open: 1, total: 1 },
  ]
  serve(pageOf({ counts }))
  const lists = { rectification: (id: string, open: boolean) => `/rectification?projectId=${id}&open=${open}` }
  drawAt(`/project/${project.id}`, lists)
  const links = within(await screen.findByRole('row', { name: /责令整改/ })).getAllByRole('link')
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    `/rectification?projectId=${project.id}&open=true`,
    `/rectification?projectId=${project.id}&open=false`,
  ])
  expect(within(screen.getByRole('row', { name: /别的事项/ })).queryByRole('link')).toBeNull()
})

test('what a handed-over project left open is listed, each case under its own room', async () => {
  serve(pageOf())
  drawAt(`/project/${project.id}`)
  const list = await screen.findByRole('region', { name: /移交清单/ })
  expect(list.textContent).toContain('移出 林远舟，接手 周若溪')
  const link = within(list).getByRole('link', { name: '临边防护整改' })
  expect(link.getAttribute('href')).toMatch(/^\/rectification\//)
})

test('assigning sends one lead; taking the lead away passes it to who is left', async () => {
  const log = serve({
    ...pageOf(),
    'GET /officers': { reply: { rows: [officer, other] } },
    [`POST /projects/${project.id}/assign`]: { reply: view },
  })
  drawAt(`/project/${project.id}`)
  await userEvent.click(await screen.findByRole('button', { name: '指派监督人员' }))
  await userEvent.click(await screen.findByRole('checkbox', { name: /周若溪/ }))
  await userEvent.click(screen.getByRole('checkbox', { name: /林远舟/ }))
  await userEvent.click(screen.getByRole('button', { name: '指派' }))
  await waitFor(() => expect(log.some(({ line }) => line.endsWith('/assign'))).toBe(true))
  expect(log.find(({ line }) => line.endsWith('/assign'))?.body).toMatchObject({
    action: 'assign',
    input: { officers: [{ personId: other.personId, lead: true }], reason: '' },
  })
})

test('an amendment names only what was changed', () => {
  expect(changesOf(project, draftOf(project))).toEqual({})
  expect(changesOf(project, { ...draftOf(project), area: 4999 })).toEqual({ area: 4999 })
  expect(changesOf(project, { ...draftOf(project), permitNo: '' })).toEqual({ permitNo: null })
})

test('the address carries the filter: the list, its count and the export ask for the same', async () => {
  const log = serve({
    ...session,
    ...county,
    'GET /projects': { reply: { rows: [row], next: null } },
    'GET /projects/counts': {
      reply: { total: 1, town: [], sector: [], authority: [], state: [], tier: [], tag: [], duty: [] },
    },
  })
  drawAt(`/projects?town=${town.code}&sector=municipal&tier=nonsense`)
  expect((await screen.findByRole('link', { name: row.name })).getAttribute('href')).toBe(`/project/${row.id}`)
  expect(await screen.findByText(/城东街道，市政，共 1 个/)).toBeTruthy()
  expect(screen.getByText('导出范围：城东街道，市政')).toBeTruthy()
  const asked = log.filter(({ line }) => line === 'GET /projects' || line === 'GET /projects/counts')
  for (const { url } of asked) expect(url).toContain(`town=${town.code}&sector=municipal`)
  expect(asked.some(({ url }) => url.includes('nonsense'))).toBe(false)
})

test('every state of the workflow can be filtered by and is said in its own word', () => {
  for (const [state, { label }] of Object.entries(projectWorkflow.states)) {
    const filter = readFilter(new URLSearchParams({ state }))
    expect(sayFilter(filter, [])).toBe(label)
  }
})

test('an import that loses its connection goes on where it was, under the same id', async () => {
  let lost = false
  const first = { total: 150, done: 100, imported: 99, failed: 1, faults: [fault], next: 100, errorSheet: null }
  const last = { ...first, done: 150, imported: 149, next: null, errorSheet: project.id }
  const log = serve({
    ...session,
    'POST /projects/import': ({ body }) => {
      if ((body as { from: number }).from === 0) return { reply: first }
      if (lost) return { reply: last }
      lost = true
      return 'no answer'
    },
  })
  takeUploads({ id: project.id })
  drawAt('/projects/import')
  const sheet = new File(['x'], '项目.xlsx')
  fireEvent.change(await screen.findByLabelText('选择表格'), { target: { files: [sheet] } })
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('network'))
  await userEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(await screen.findByText('已登记 149 行，未登记 1 行')).toBeTruthy()
  expect(screen.getByRole('link', { name: '下载错误表' })).toBeTruthy()
  expect(screen.getByRole('row', { name: /第 5 行 项目编码 1 与本表前面的行重复/ })).toBeTruthy()
  const asked = log
    .filter(({ line }) => line === 'POST /projects/import')
    .map(({ body }) => body as { from: number; importId: string })
  expect(asked.map(({ from }) => from)).toEqual([0, 100, 100])
  expect(new Set(asked.map(({ importId }) => importId)).size).toBe(1)
})

const fault = { row: 5, heading: '项目编码', value: '1', rule: 'code_twice', reason: '与本表前面的行重复' }
