import type { Inspection } from '@plumbline/core/inspection'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { test } from 'vitest'
import {
  drawPages,
  faultAt,
  fill,
  type Filling,
  inspectorSession,
  isSaidAt,
  pick,
  refuses,
  serve,
  stepOf,
  type WrongInput,
} from '../../kit/testing.tsx'
import { InspectionPage } from './InspectionPage.tsx'
import { NewInspectionPage } from './NewInspectionPage.tsx'
import { NewPlanPage } from './NewPlanPage.tsx'
import { PlanPage } from './PlanPage.tsx'

const id = '00000000-0000-4000-8000-000000000001'
const at = '2026-11-20T01:40:00.000Z'
const projectName = '城东污水厂扩建工程'
const headOf = (room: string, title: string) => ({
  ...{ id, room, number: null, title, state: 'submitted', stateLabel: '待签字', open: true },
  ...{ projectId: id, projectName, since: at, due: null, tier: 'calm' },
})

const record: Inspection = {
  ...{ id, state: 'submitted', number: null, projectId: id, projectName, projectCode: '9904212606180101' },
  ...{ address: '城东街道人民路1号', permitNo: null, district: '990421001', site: null, kind: 'routine' },
  ...{ subject: 'safety', templateCode: 'jgj59', templateVersion: '2011', revision: 1, savedBy: '林远舟', savedAt: at },
  ...{ units: [{ orgId: id, orgName: '云桥建设有限公司', role: 'contractor' }], score: null, submittedAt: at },
  ...{ officers: [], signature: null, papers: [], orders: [], alarmId: null, visitedAt: at, weather: '', part: '' },
  ...{ attendees: [], tables: ['B.13'], answers: [], findings: [], spots: [], photos: [], measures: [], opinion: '' },
}
const inspection = {
  head: headOf('inspection', projectName),
  record,
  steps: [stepOf('revise', '退回修改'), stepOf('refuse_sign', '现场拒签'), stepOf('void', '作废')],
  ...{ acts: [], photos: [], contentDigest: 'a'.repeat(64), signatureFits: null },
  scoring: { excellent: 80, qualified: 70, guaranteePass: 40, guaranteeFull: 60, byRatio: true },
  terms: { general: 7, serious: 3, imminent: 0 },
}
const item = { id, month: 11, kind: 'routine', subject: 'safety', note: '' }
const plan = {
  head: headOf('plan', projectName),
  record: {
    ...{ id, state: 'adopted', projectId: id, projectName, district: '990421001', year: 2026 },
    adoptedDay: null,
    items: [item],
  },
  ...{ steps: [stepOf('edit', '修改草案'), stepOf('amend', '调整计划')], acts: [], items: [], unplanned: [] },
}

const open = (place: string, line: string, path: string) => {
  serve({
    'GET /session': { reply: inspectorSession },
    'GET /search': { reply: { rows: [headOf('project', projectName)] } },
    [`GET /projects/${id}`]: { status: 404, refusal: { kind: 'missing', rule: 'project' } },
    'GET /inspections/officers': { reply: { rows: [officer] } },
    [`GET /inspections/${id}`]: { reply: inspection },
    [`GET /inspection-plans/${id}`]: { reply: plan },
    [line]: faultAt(path),
  })
  drawPages(
    {
      '/inspections/new': <NewInspectionPage />,
      '/inspection/:id': <InspectionPage />,
      '/plans/new': <NewPlanPage />,
      '/plan/:id': <PlanPage />,
    },
    place,
  )
}
const officer = { personId: id, name: '周若溪', certificate: '99042100006', assigned: true }

const reason = (form: Filling) => fill(form.getByLabelText('理由'), '略')
const acts = { at: `/inspection/${id}`, line: `POST /inspections/${id}/acts` }
const planActs = { at: `/plan/${id}`, line: `POST /inspection-plans/${id}/acts` }
test.each<WrongInput & { at: string; line: string }>([
  { ...acts, opens: '退回修改', sends: '确认', path: 'input.reason', field: '理由', fillIn: reason },
  { ...acts, opens: '作废', sends: '确认', path: 'input.reason', field: '理由', fillIn: reason },
  {
    ...{ ...acts, opens: '现场拒签', sends: '记录拒签', path: 'input.witness', field: '见证人' },
    fillIn: async (form) => {
      for (const label of ['拒签人姓名', '职务', '拒签理由', '见证人']) await fill(form.getByLabelText(label), '略')
    },
  },
  { ...planActs, opens: '修改草案', sends: '确认', path: 'input.items.0.note', field: '重点部位' },
  {
    ...{ ...planActs, opens: '调整计划', sends: '确认', path: 'input.reason', field: '调整理由' },
    fillIn: (form) => fill(form.getByLabelText('调整理由'), '略'),
  },
])('$opens: what the server refuses stands at its field', async ({ at: place, line, ...input }) => {
  open(place, line, input.path)
  await refuses(input)
})

test('开始检查: what the server refuses stands at its field', async () => {
  open(`/inspections/new?project=${id}`, 'POST /inspections', 'input.part')
  await pick(await screen.findByLabelText('本次使用的评分表'), /B\.13/, 'B.13')
  await pick(screen.getByRole('combobox', { name: '同行监督员' }), /周若溪/)
  await userEvent.click(screen.getByRole('button', { name: '开始检查' }))
  await isSaidAt('检查部位、形象进度')
})

test('拟定监督计划: what the server refuses stands at its field', async () => {
  open(`/plans/new?project=${id}`, 'POST /inspection-plans', 'input.year')
  await userEvent.click(await screen.findByRole('button', { name: '增加一次检查' }))
  await userEvent.click(screen.getByRole('button', { name: '提交计划草案' }))
  await isSaidAt('年度')
})
