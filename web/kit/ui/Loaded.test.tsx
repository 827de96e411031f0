import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ApiError } from '../api.ts'
import { draw } from '../testing.tsx'
import { Boundary } from './Boundary.tsx'
import { Loaded } from './Loaded.tsx'
import { PageFailure } from './PageFailure.tsx'

const refetch = vi.fn()
const show = (found: { data: string | undefined; error: unknown }) =>
  draw(<Loaded found={{ ...found, refetch }}>{(words) => <h1>{words}</h1>}</Loaded>)
const heading = () => screen.getByRole('heading', { level: 1 }).textContent

test.each([
  ['没有找到', new ApiError(404, 'missing', 'project')],
  ['没有权限', new ApiError(403, 'forbidden', 'permission')],
  ['网络不通', new ApiError(0, 'network', 'network')],
  ['页面出错', new ApiError(500, 'internal', 'internal')],
  ['页面出错', new Error('a bug of ours')],
])('a page that cannot be shown is headed %s', (title, error) => {
  show({ data: undefined, error })
  expect(heading()).toBe(title)
  expect(screen.getByRole('alert')).toBeTruthy()
})

test('what is there stays when reading it anew fails', () => {
  show({ data: '城东污水厂', error: new ApiError(0, 'network', 'network') })
  expect(heading()).toBe('城东污水厂')
})

test('before there is anything, it is being read; a lost connection is tried again', async () => {
  show({ data: undefined, error: null })
  expect(screen.getByRole('status').textContent).toBe('正在读取')
  show({ data: undefined, error: new ApiError(0, 'network', 'network') })
  await userEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(refetch).toHaveBeenCalledOnce()
})

test('a page that breaks while it is drawn is headed too', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const Broken = () => {
    throw new Error('a bug of ours')
  }
  draw(
    <Boundary Failed={PageFailure}>
      <Broken />
    </Boundary>,
  )
  expect(heading()).toBe('页面出错')
})
