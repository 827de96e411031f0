import type { PaperView } from '@plumbline/core/evidence'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createHash } from 'node:crypto'
import { Route, Routes } from 'react-router'
import { expect, test } from 'vitest'
import { type Answer, draw, serve } from '../../kit/testing.tsx'
import { PaperPage } from './PaperPage.tsx'

const id = '0190a5c1-0000-7000-8000-0000000000f1'
const at = '2026-11-20T06:05:00.000Z'
const bytes = new Uint8Array([37, 80, 68, 70, 45])
const paper: PaperView = {
  ...{ id, name: '责令改正通知书 青建监改〔2026〕0017号', authority: '青禾县住房和城乡建设局', issuedAt: at, asOf: at },
  // By another's SHA-256 than the page's own.
  sha256: createHash('sha256').update(bytes).digest('hex'),
  ...{ caseKind: '隐患整改', caseState: '整改中', caseOpen: true },
  entry: { seq: 482, at, witnessed: true },
}
const page = (answer: Answer) => {
  serve({ [`GET /papers/${id}`]: answer })
  draw(
    <Routes>
      <Route path="/v/:id" element={<PaperPage />} />
    </Routes>,
    `/v/${id}`,
  )
}

test('a number that no paper bears is said to be none of ours', async () => {
  page({ status: 404, refusal: { kind: 'missing', rule: 'paper' } })
  expect(await screen.findByText(/没有出具过/)).toBeTruthy()
})

test('a file with one byte changed is not the original; the original is', async () => {
  page({ reply: paper })
  const input = await screen.findByLabelText('选择 PDF 文件')
  const bent = bytes.slice()
  bent[4] = 46
  await userEvent.upload(input, new File([bent], '改过.pdf', { type: 'application/pdf' }))
  expect(await screen.findByText(/与原件不符/)).toBeTruthy()
  await userEvent.upload(input, new File([bytes], '原件.pdf', { type: 'application/pdf' }))
  expect(await screen.findByText(/一字不差/)).toBeTruthy()
})

test('the state of this moment is told, and that others witness the entry', async () => {
  page({ reply: paper })
  expect(await screen.findByText('整改中')).toBeTruthy()
  expect(screen.getByText(/第 482 条/).textContent).toContain('已由其他部门见证')
})
