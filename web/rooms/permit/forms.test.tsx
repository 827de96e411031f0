import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { test } from 'vitest'
import {
  drawPages,
  faultAt,
  fill,
  isSaidAt,
  refuses,
  serve,
  sessionAs,
  stepOf,
  type WrongInput,
} from '../../kit/testing.tsx'
import { ApplicationPage } from './ApplicationPage.tsx'
import { SubmitPage } from './SubmitPage.tsx'

const id = '5a1d4c1e-8a60-4a52-9d30-6c2f6f0a0003'
const projectId = '5a1d4c1e-8a60-4a52-9d30-6c2f6f0a0001'
const at = '2026-11-19T16:00:00.000Z'
const view = {
  head: {
    ...{ id, room: 'permit', number: null, title: '联合验收申请', state: 'returned', stateLabel: '待补正', open: true },
    ...{ projectId, projectName: '城东污水厂扩建工程', since: at, due: null, tier: 'calm' },
  },
  record: {
    ...{ id, state: 'returned', number: null, projectId, projectName: '城东污水厂扩建工程', projectState: 'building' },
    ...{ district: '990421001', ownerId: projectId, ownerName: '水务投资', statement: '完工', materials: [] },
    ...{ submitted: { personId: projectId, name: '梁思颖', at }, returns: [], accepted: null },
  },
  steps: [stepOf('return', '一次告知补正'), stepOf('resubmit', '补正后重新提交'), stepOf('withdraw', '撤回申请')],
  acts: [],
  missing: ['planning', 'fire'],
}

const open = (place: string, line: string, path: string) => {
  serve({
    'GET /session': sessionAs('owner_rep'),
    'GET /projects': { reply: { rows: [], next: null } },
    [`GET /subjects/${projectId}/holds`]: { reply: { rows: [] } },
    [`GET /permits/${id}`]: { reply: view },
    [line]: faultAt(path),
  })
  drawPages({ '/permit/new': <SubmitPage />, '/permit/:id': <ApplicationPage /> }, place)
}

test.each<WrongInput>([
  { opens: '一次告知补正', sends: '一次告知', path: 'input.gaps.1.text', field: '需要补正的内容' },
  { opens: '补正后重新提交', sends: '重新提交', path: 'input.statement', field: '申请说明' },
  {
    ...{ opens: '撤回申请', path: 'input.reason', field: '理由' },
    fillIn: (form) => fill(form.getByLabelText('理由'), '略'),
  },
])('$opens: what the server refuses stands at its field', async (input) => {
  open(`/permit/${id}`, `POST /permits/${id}/acts`, input.path)
  await refuses(input)
})

test('提交申请: what the server refuses stands at its field', async () => {
  open(`/permit/new?project=${projectId}`, 'POST /permits', 'input.statement')
  await fill(await screen.findByLabelText('申请说明'), '略')
  await userEvent.click(screen.getByRole('button', { name: '提交申请' }))
  await isSaidAt('申请说明')
})
