import { computed, type Inspection, type InspectionView } from '@plumbline/core/inspection'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { expect, test } from 'vitest'
import { Guard } from '../../kit/session.tsx'
import { type Asked, draw, inspectorSession, serve } from '../../kit/testing.tsx'
import { FillPage } from './FillPage.tsx'

const id = '00000000-0000-4000-8000-000000000001'
const contractor = '00000000-0000-4000-8000-000000000011'
const other = (n: number) => `00000000-0000-4000-8000-0000000000${n}`

const scoring = { excellent: 80, qualified: 70, guaranteePass: 40, guaranteeFull: 60, byRatio: true }
const record: Inspection = {
  id,
  state: 'draft',
  number: null,
  projectId: other(12),
  projectName: '城东污水厂扩建工程',
  projectCode: '9904212606180101',
  address: '城东街道人民路1号',
  permitNo: null,
  district: '990421001',
  site: null,
  kind: 'routine',
  subject: 'safety',
  templateCode: 'jgj59',
  templateVersion: '2011',
  units: [{ orgId: contractor, orgName: '云桥建设有限公司', role: 'contractor' }],
  officers: [{ personId: other(21), name: '林远舟', certificate: '99042100001', confirmedAt: null }],
  revision: 1,
  savedBy: '林远舟',
  savedAt: '2026-11-20T01:40:00.000Z',
  score: null,
  submittedAt: null,
  signature: null,
  papers: [],
  alarmId: null,
  orders: [],
  visitedAt: '2026-11-20T01:40:00.000Z',
  weather: '',
  part: '',
  attendees: [],
  tables: ['B.13'],
  answers: [],
  findings: [],
  spots: [],
  photos: [],
  measures: [],
  opinion: '',
}
const viewOf = (now: Inspection): InspectionView => ({
  head: {
    id,
    room: 'inspection',
    number: null,
    title: '城东污水厂扩建工程',
    state: 'draft',
    stateLabel: '填写中',
    open: true,
    projectId: now.projectId,
    projectName: now.projectName,
    since: now.savedAt,
    due: null,
    tier: 'calm',
  },
  record: now,
  steps: [{ action: 'save', label: '暂存', clause: null, main: false }],
  acts: [],
  photos: [],
  contentDigest: 'a'.repeat(64),
  signatureFits: null,
  scoring,
  terms: { general: 7, serious: 3, imminent: 0 },
})

interface Save {
  action: string
  requestId: string
  input: Partial<Inspection> & { revision: number }
}

// jsdom has no layout to scroll.
Element.prototype.scrollIntoView = () => {}

/** A pretended server that keeps the draft as the real one does. */
function openFill({
  refuse,
  steps = viewOf(record).steps,
}: {
  refuse?: (save: Save, count: number) => 'no answer' | { status: number; refusal: unknown } | undefined
  steps?: InspectionView['steps']
} = {}) {
  let now = record
  let count = 0
  const line = `/inspections/${id}`
  const log = serve({
    'GET /session': { reply: inspectorSession },
    [`GET ${line}`]: () => ({ reply: { ...viewOf(now), steps } }),
    [`POST ${line}/acts`]: ({ body }: Asked) => {
      const save = body as Save
      const refusal = refuse?.(save, (count += 1))
      if (refusal) return refusal
      const { revision: _, ...changes } = save.input
      if (save.action === 'save') now = { ...computed({ ...now, ...changes }, scoring), revision: now.revision + 1 }
      return { reply: viewOf(now) }
    },
  })
  draw(
    <Guard signIn={() => <p>登录</p>}>
      <Routes>
        <Route path="/inspection/:id/fill" element={<FillPage />} />
        <Route path="/inspection/:id" element={<p>记录页</p>} />
      </Routes>
    </Guard>,
    `/inspection/${id}/fill`,
  )
  const saves = () => log.filter((asked) => asked.line.startsWith('POST')).map(({ body }) => body as Save)
  return { saves, setNow: (next: Inspection) => (now = next) }
}

const item = async (name: string) => within(await screen.findByRole('region', { name }))

test('a reader to whom the server gives no step to save gets no form', async () => {
  openFill({ steps: [] })
  expect(await screen.findByText('这份记录现在不由您填写。')).toBeTruthy()
  expect(screen.queryByRole('button', { name: '符合' })).toBeNull()
})

test('a failed save keeps what was typed, says so, and is sent again under the same id', async () => {
  const user = userEvent.setup()
  const { saves } = openFill({ refuse: (_, count) => (count === 1 ? 'no answer' : undefined) })
  await user.click((await item('安全帽')).getByRole('button', { name: '符合' }))
  await screen.findByText(/网络不通，没有存上/, undefined, { timeout: 4000 })
  expect((await item('安全帽')).getByRole('button', { name: '符合' }).getAttribute('aria-pressed')).toBe('true')
  await user.click(screen.getByRole('button', { name: '暂存' }))
  await screen.findByText(/^已保存/)
  expect(saves()).toHaveLength(2)
  expect(saves()[1]).toEqual(saves()[0])
})

test('a draft overtaken by a colleague names him, keeps both, and saves mine on top when asked', async () => {
  const user = userEvent.setup()
  const stale = {
    status: 409,
    refusal: { kind: 'conflict', rule: 'inspection_stale', detail: { yours: 1, current: 2, by: '周若溪' } },
  }
  const { saves, setNow } = openFill({ refuse: ({ input }) => (input.revision === 1 ? stale : undefined) })
  await user.click((await item('安全帽')).getByRole('button', { name: '符合' }))
  setNow({ ...record, revision: 2, weather: '多云' })
  await user.click(screen.getByRole('button', { name: '暂存' }))
  await screen.findByText(/周若溪已存为第 2 版/)
  expect((await item('安全帽')).getByRole('button', { name: '符合' }).getAttribute('aria-pressed')).toBe('true')
  await user.click(screen.getByRole('button', { name: '在对方内容上保存我的修改' }))
  await screen.findByText(/^已保存/, undefined, { timeout: 4000 })
  expect(saves().at(-1)?.input).toMatchObject({ revision: 2, answers: [{ itemCode: 'B.13.1', mark: 'pass' }] })
  expect(saves().at(-1)?.input).not.toHaveProperty('weather')
})

test('what is missing is counted while one walks, and listed by name at the end', async () => {
  const user = userEvent.setup()
  openFill()
  await user.click((await item('安全帽')).getByRole('button', { name: '符合' }))
  await user.click(screen.getByRole('button', { name: /概况与提交\s*还差 9 项必答/ }))
  const faults = await screen.findByText(/还有必答项没有填写/)
  expect(faults.textContent).toContain('安全网、安全带')
  expect(faults.textContent).not.toContain('安全帽')
  expect(screen.getByRole('button', { name: '提交签字' }).hasAttribute('disabled')).toBe(true)
})

test('a fail opens a finding on the contractor; the nearest rule is offered first and fills in points', async () => {
  const user = userEvent.setup()
  const { saves } = openFill()
  const card = await item('临边防护')
  await user.click(card.getByRole('button', { name: '不符合' }))
  await user.type(card.getByLabelText('临边防护的问题描述'), '防护设施未形成定型化')
  const offers = card.getAllByRole('button', { name: /^建议/ }).map(({ textContent }) => textContent)
  expect(offers[0]).toContain('防护设施未形成定型化、工具式')
  await user.click(card.getAllByRole('button', { name: /^建议/ })[0]!)
  expect(card.getByText('本问题扣 3 分，本项应得 10 分')).toBeTruthy()
  await user.click(card.getByRole('button', { name: '重大 · 立即' }))
  expect(card.getByText('严重和重大问题须有照片。')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: '暂存' }))
  await waitFor(() =>
    expect(saves().at(-1)?.input.findings).toMatchObject([
      {
        orgId: contractor,
        severity: 'imminent',
        text: '防护设施未形成定型化',
        deductions: [{ rule: 'B.13.4-3', points: 3 }],
      },
    ]),
  )
})

test('taking a fail back removes a finding that is still blank, and keeps one that says something', async () => {
  const user = userEvent.setup()
  openFill()
  const card = await item('临边防护')
  await user.click(card.getByRole('button', { name: '不符合' }))
  await user.click(card.getByRole('button', { name: '符合' }))
  expect(card.queryByLabelText('临边防护的问题描述')).toBeNull()
  await user.click(card.getByRole('button', { name: '不符合' }))
  await user.type(card.getByLabelText('临边防护的问题描述'), '缺栏杆')
  await user.click(card.getByRole('button', { name: '符合' }))
  expect(card.getByLabelText<HTMLTextAreaElement>('临边防护的问题描述').value).toBe('缺栏杆')
  expect(card.getByText(/写有问题的项目应判为不符合/)).toBeTruthy()
})
