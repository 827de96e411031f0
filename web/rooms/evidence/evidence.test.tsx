import type { EntryLine, LogView, WitnessLine } from '@plumbline/core/evidence'
import type { ActLine } from '@plumbline/core/workflow'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { sentenceOf } from '../../kit/rules.zh.ts'
import { type Answer, drawSignedIn, inspectorSession, serve } from '../../kit/testing.tsx'
import { EntriesPanel } from './EntriesPanel.tsx'
import { LogPage } from './LogPage.tsx'

const caseId = '0190a5c1-0000-7000-8000-000000000001'
const fileId = '0190a5c1-0000-7000-8000-0000000000f1'
const at = '2026-11-20T06:05:00.000Z'
const entriesLine = `GET /cases/${caseId}/evidence`

const entry = (seq: number, more: Partial<EntryLine> = {}): EntryLine => ({
  ...{ seq, kind: 'act', actId: seq + 100, fileId: null, at, witnessed: true },
  ...more,
})
const act: ActLine = {
  ...{ id: 103, topic: 'rectification.issue', label: '签发', from: 'draft', to: 'issued', note: null, doneAt: at },
  ...{ actorName: '林远舟', capacity: 'inspector', capacityLabel: '监督员' },
}
const named: Record<string, Answer> = {
  [`GET /files/${fileId}/facts`]: {
    reply: {
      ...{ id: fileId, sha256: 'ab', type: 'application/pdf', name: '0017号.pdf', size: 9, createdAt: at },
      ...{ width: null, height: null, takenAt: null, lon: null, lat: null, device: null },
    },
  },
}

function open(part: 'panel' | 'log', answers: Record<string, Answer>) {
  const asked = serve({ 'GET /session': { reply: inspectorSession }, ...named, ...answers })
  drawSignedIn(part === 'panel' ? <EntriesPanel id={caseId} acts={[act]} /> : <LogPage />)
  return asked
}
const entries = (rows: EntryLine[], pending = 0): Record<string, Answer> => ({
  [entriesLine]: { reply: { rows, pending } },
})

const saved: string[] = []
beforeEach(() => {
  saved.length = 0
  URL.createObjectURL = () => 'blob:saved'
  URL.revokeObjectURL = () => {}
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download)
  })
})

test('a case out of reach is said to be so', async () => {
  open('panel', { [entriesLine]: { status: 404, refusal: { kind: 'missing', rule: 'case' } } })
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('case'))
})

test.each([
  [422, 'unmet', 'entry_forgotten'],
  [409, 'conflict', 'entry_pending'],
] as const)('a proof that cannot be had is told at its entry, and nothing is saved: %s', async (status, kind, rule) => {
  open('panel', { ...entries([entry(3)]), 'GET /evidence/3/proof': { status, refusal: { kind, rule } } })
  await userEvent.click(await screen.findByRole('button', { name: '下载证明，第 3 条' }))
  expect((await within(screen.getByRole('listitem')).findByRole('alert')).textContent).toBe(sentenceOf(rule))
  expect(saved).toEqual([])
})

test('a case without entries says what becomes one; acts on their way are counted', async () => {
  open('panel', entries([]))
  expect(await screen.findByText('还没有存证。办理的行为和附上的文件会自动存证。')).toBeTruthy()
})

test('acts that are on their way are counted, and nothing else is claimed', async () => {
  open('panel', entries([], 2))
  expect(await screen.findByText('另有 2 项行为正在存证。')).toBeTruthy()
  expect(screen.queryByRole('listitem')).toBeNull()
  expect(screen.queryByText(/^还没有存证/)).toBeNull()
})

test('entries newest first: the act by its name, the file by its own with the original beside the proof', async () => {
  open('panel', entries([entry(3), entry(4, { kind: 'file', actId: null, fileId, witnessed: false }), entry(9)]))
  const link = await screen.findByRole('link', { name: '第 4 条的原件' })
  expect(link.getAttribute('href')).toBe(`/api/files/${fileId}`)
  await screen.findByText('0017号.pdf')
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    '9行为存证于 2026-11-20 14:05下载证明已见证',
    '40017号.pdf存证于 2026-11-20 14:05原件下载证明待见证',
    '3签发存证于 2026-11-20 14:05下载证明已见证',
  ])
})

test('a long history shows its newest, and all of it when asked', async () => {
  open('panel', entries(Array.from({ length: 9 }, (_, seq) => entry(seq))))
  await userEvent.click(await screen.findByRole('button', { name: '全部 9 条' }))
  expect(screen.getAllByRole('listitem')).toHaveLength(9)
})

test('a proof is saved under the number of its entry', async () => {
  open('panel', { ...entries([entry(3)]), 'GET /evidence/3/proof': { reply: { format: 'plumbline/proof/v1' } } })
  await userEvent.click(await screen.findByRole('button', { name: '下载证明，第 3 条' }))
  await vi.waitFor(() => expect(saved).toEqual(['存证-3.proof']))
})

const witness = (name: string, more: Partial<WitnessLine> = {}): WitnessLine => ({
  ...{ name, key: `${name}+00000000+BA==`, url: `http://10.0.0.2/${name}`, size: 12, at, problem: null },
  ...more,
})
const log: LogView = {
  ...{ origin: 'plumbline/94ab0e6ef5b8', key: 'plumbline/94ab0e6ef5b8+e34b5c6d+AQ==', root: 'fTSrQJuX=' },
  ...{ size: 12, witnessedSize: 12, witnesses: [witness('人社局'), witness('生态环境局')] },
}
const told = (more: Partial<LogView>): Record<string, Answer> => ({
  'GET /evidence/log': { reply: { ...log, ...more } },
})
const rowOf = async (name: string) => (await screen.findByRole('cell', { name })).closest('tr')!
const toneOf = (row: Element) => row.querySelector('.tag')?.className

test('a log that cannot be opened is a failure, not an empty page', async () => {
  open('log', { 'GET /evidence/log': { status: 500, refusal: { kind: 'internal', rule: 'internal' } } })
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('internal'))
})

test.each([
  ['away', '没有应答', 'tag yellow'],
  ['unknown_log', '不认识本日志', 'tag yellow'],
  ['refused', '拒绝联署', 'tag yellow'],
  ['holds_more', '持有更长的日志', 'tag red'],
  ['other_root', '持有不同的历史', 'tag red'],
] as const)('what keeps a witness from cosigning is said: %s', async (problem, words, tone) => {
  open('log', told({ witnesses: [witness('人社局'), witness('生态环境局', { problem })] }))
  const row = await rowOf('生态环境局')
  expect(row.textContent).toContain(words)
  expect(toneOf(row)).toBe(tone)
  expect(Boolean(screen.queryByText('见证方持有不同的日志'))).toBe(tone === 'tag red')
})

test('a log without witnesses claims nothing', async () => {
  open('log', told({ witnesses: [], witnessedSize: 0 }))
  expect(await screen.findByText('没有见证方')).toBeTruthy()
  expect(screen.queryByText('全部已见证')).toBeNull()
})

test('a witness that has not come so far is waited for', async () => {
  open('log', told({ size: 15, witnesses: [witness('人社局'), witness('生态环境局', { size: null, at: null })] }))
  expect((await rowOf('人社局')).textContent).toContain('前 12 条2026-11-20 14:05待联署')
  expect((await rowOf('生态环境局')).textContent).toContain('尚未联署')
  expect(screen.getByText('3 条待见证')).toBeTruthy()
})

test('whoever checks finds the checkpoint, every key and the page that needs no network', async () => {
  open('log', told({}))
  expect(await screen.findByText('全部已见证')).toBeTruthy()
  expect(screen.getByText(`curl ${location.origin}/api/log/checkpoint`)).toBeTruthy()
  const keys = [log.key, ...log.witnesses.map(({ key }) => key)].join('\n')
  expect(screen.getByText((_, found) => found?.tagName === 'CODE' && found.textContent === keys)).toBeTruthy()
  expect(screen.getByRole('link', { name: '打开核验页' }).getAttribute('href')).toBe('/verify.html')
})
