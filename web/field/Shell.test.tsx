import { screen } from '@testing-library/react'
import { Route, Routes } from 'react-router'
import { expect, test, vi } from 'vitest'
import { ApiError } from '../kit/api.ts'
import { Guard } from '../kit/session.tsx'
import { draw, inspectorSession, serve } from '../kit/testing.tsx'
import { FieldFailure, Shell } from './Shell.tsx'

const open = (page: React.ReactNode) => {
  serve({ 'GET /session': { reply: inspectorSession } })
  draw(
    <Guard signIn={() => null}>
      <Routes>
        <Route element={<Shell tabs={[]} />}>
          <Route path="*" element={page} />
        </Route>
      </Routes>
    </Guard>,
  )
}
const headings = async () => {
  await screen.findByRole('alert')
  return screen.getAllByRole('heading', { level: 1 }).map(({ textContent }) => textContent)
}

test('a page of the phone that is not there is named in the bar, and leads back', async () => {
  open(<FieldFailure error={new ApiError(404, 'missing', 'project')} again={() => {}} />)
  expect(await headings()).toEqual(['没有找到'])
  expect(screen.getByRole('link', { name: '返回' })).toBeTruthy()
})

test('a page of the phone that breaks is named too', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const Broken = () => {
    throw new Error('a bug of ours')
  }
  open(<Broken />)
  expect(await headings()).toEqual(['页面出错'])
})
