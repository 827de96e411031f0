import { permitContract } from '@plumbline/core/permit'
import { permissionsOf } from '@plumbline/core/access'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { type Answer, drawPages, inspectorSession, serve, takeUploads } from '../../kit/testing.tsx'
import { ApplicationPage } from './ApplicationPage.tsx'
import { ApplicationsPage } from './ApplicationsPage.tsx'
import { SubmitPage } from './SubmitPage.tsx'

const projectId = '5a1d4c1e-8a60-4a52-9d30-6c2f6f0a0001'
const noticeId = '5a1d4c1e-8a60-4a52-9d30-6c2f6f0a0002'
const id = '5a1d4c1e-8a60-4a52-9d30-6c2f6f0a0003'
const fileId = '5a1d4c1e-8a60-4a52-9d30-6c2f6f0a0004'
const owner = {
  ...inspectorSession,
  permissions: permissionsOf('owner_rep'),
  appointment: { ...inspectorSession.appointment, capacity: 'owner_rep', capacityLabel: '建设单位项目负责人' },
}
const hold = {
  id: '5a1d4c1e-8a60-4a52-9d30-6c2f6f0a0005',
  subjectId: projectId,
  effect: 'new_business',
  caseId: noticeId,
  room: 'rectification',
  number: '青建监改〔2026〕0012号',
  title: '责令改正通知书',
  clause: 'pinghu.ladder',
  item: '三层临边防护缺失 12 m',
  placedAt: '2026-11-19T16:00:00.000Z',
}
const base: Record<string, Answer> = {
  'GET /session': { reply: owner },
  'GET /projects': { reply: { rows: [], next: null } },
  [`GET /subjects/${projectId}/holds`]: { reply: { rows: [] } },
}

function open(at: string, answers: Record<string, Answer | ((asked: { body: unknown }) => Answer)> = {}) {
  const asked = serve({ ...base, ...answers })
  drawPages({ '/permit': <ApplicationsPage />, '/permit/new': <SubmitPage />, '/permit/:id': <ApplicationPage /> }, at)
  return asked
}

const submit = async () => {
  const user = userEvent.setup()
  await user.type(await screen.findByLabelText('申请说明'), '全部完工，申请联合验收')
  await user.click(screen.getByRole('button', { name: /提交申请/ }))
}

test('a locked project: the refusal names paper, item and clause, and leads to the paper', async () => {
  open(`/permit/new?project=${projectId}`, {
    'POST /permits': { status: 422, refusal: { kind: 'unmet', rule: 'held', detail: [hold] } },
  })
  await submit()
  const alert = within(await screen.findByRole('alert'))
  expect(alert.getByRole('link', { name: hold.number }).getAttribute('href')).toBe(`/rectification/${noticeId}`)
  expect(alert.getByText(/三层临边防护缺失 12 m，依据 《/)).toBeTruthy()
})

test('a hold is told before anything is filled in', async () => {
  open(`/permit/new?project=${projectId}`, { [`GET /subjects/${projectId}/holds`]: { reply: { rows: [hold] } } })
  expect(await screen.findByText(/该项目已被锁定，现在提交会被退回/)).toBeTruthy()
  expect(screen.getByRole('link', { name: hold.number })).toBeTruthy()
})

test('another refusal is said in its own sentence; after a lost connection the same request goes again', async () => {
  const asked = open(`/permit/new?project=${projectId}`, { 'POST /permits': 'no answer' })
  await submit()
  await screen.findByRole('alert')
  await userEvent.click(screen.getByRole('button', { name: /提交申请/ }))
  const sent = () => asked.filter(({ line }) => line === 'POST /permits').map(({ body }) => body)
  await waitFor(() => expect(sent()).toHaveLength(2))
  expect(sent()[1]).toEqual(sent()[0])
})

test('only who applies is offered to apply', async () => {
  open('/permit', { 'GET /session': { reply: inspectorSession }, 'GET /permits': { reply: { rows: [], next: null } } })
  await screen.findByText('没有符合条件的申请')
  expect(screen.queryByRole('link', { name: '提交申请' })).toBeNull()
})

test('a file and a reason are sent for their items; items with neither are left for the window to tell', async () => {
  takeUploads({ id: fileId, name: '规划.pdf' })
  const user = userEvent.setup()
  const asked = open(`/permit/new?project=${projectId}`, {
    'POST /permits': { status: 422, refusal: { kind: 'unmet', rule: 'project_not_building' } },
  })
  await screen.findByLabelText('申请说明')
  const file = new File(['%PDF'], '规划.pdf', { type: 'application/pdf' })
  await user.upload(document.querySelector<HTMLInputElement>('input[type=file]')!, file)
  await screen.findByText('规划.pdf')
  await user.type(screen.getByLabelText('人防验收备案 不涉及的理由'), '不建地下室')
  await submit()
  const posts = () => asked.filter(({ line }) => line === 'POST /permits')
  await waitFor(() => expect(posts()).toHaveLength(1))
  const read = permitContract.submit.body.parse(posts()[0]!.body)
  expect(read.input.materials).toEqual([
    { kind: 'planning', fileIds: [fileId], notConcerned: '' },
    { kind: 'air_defence', fileIds: [], notConcerned: '不建地下室' },
  ])
})

const view = {
  head: {
    ...{ id, room: 'permit', number: '青建监验受〔2026〕0001号', title: '联合验收申请', state: 'submitted' },
    ...{ stateLabel: '待受理', open: true, projectId, projectName: '城东污水厂扩建工程' },
    ...{ since: hold.placedAt, due: null, tier: 'calm' },
  },
  record: {
    ...{ id, state: 'submitted', number: '青建监验受〔2026〕0001号', projectId, projectName: '城东污水厂扩建工程' },
    ...{
      projectState: 'building',
      district: '990421001',
      ownerId: projectId,
      ownerName: '水务投资',
      statement: '完工',
    },
    materials: [{ kind: 'fire', fileIds: [fileId], notConcerned: '' }],
    submitted: { personId: projectId, name: '梁思颖', at: hold.placedAt },
    returns: [],
    accepted: null,
  },
  steps: [
    { action: 'return', label: '一次告知补正', clause: null, main: false },
    { action: 'accept', label: '受理', clause: null, main: true },
  ],
  acts: [],
  missing: ['planning', 'air_defence', 'archive', 'quality'],
}

test('the window tells all gaps at once: what is wanting stands in the list already', async () => {
  const user = userEvent.setup()
  const asked = open(`/permit/${id}`, {
    [`GET /permits/${id}`]: { reply: view },
    [`POST /permits/${id}/acts`]: { reply: view },
  })
  expect(await screen.findByText('缺 4 项')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: '一次告知补正' }))
  const form = within(await screen.findByRole('dialog'))
  await user.click(form.getByRole('button', { name: '增加一项' }))
  await user.type(form.getAllByLabelText('需要补正的内容')[4]!, '申请表未盖章')
  await user.click(form.getByRole('button', { name: '一次告知' }))
  const posts = () => asked.filter(({ line }) => line === `POST /permits/${id}/acts`)
  await waitFor(() => expect(posts()).toHaveLength(1))
  const { input } = posts()[0]!.body as { input: { gaps: object[] } }
  expect(input.gaps).toHaveLength(5)
  expect(input.gaps[0]).toEqual({ kind: 'planning', text: '缺少：规划核实（土地核验）' })
  expect(input.gaps[4]).toEqual({ kind: null, text: '申请表未盖章' })
})
