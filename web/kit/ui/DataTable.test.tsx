import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ApiError, type Pages } from '../api.ts'
import { sentenceOf } from '../rules.zh.ts'
import { draw, serve } from '../testing.tsx'
import { type Column, DataTable, type DataTableProps, wholeList } from './DataTable.tsx'

interface Site {
  id: string
  name: string
}

const columns: Column<Site>[] = [
  { key: 'name', title: '工程名称', render: (site) => site.name, sortBy: 'name' },
  { key: 'id', title: '编号', render: (site) => site.id, compare: (one, other) => one.id.localeCompare(other.id) },
]
const some = wholeList<Site>([
  { id: '1', name: '城东污水厂扩建工程' },
  { id: '2', name: '云禾里花园' },
])
const none = wholeList<Site>([])

const drawTable = (pages: Pages<Site>, more: Partial<DataTableProps<Site>> = {}) =>
  draw(<DataTable pages={pages} columns={columns} rowKey={(site) => site.id} label="项目" {...more} />)

test('a list that cannot be read says why and offers to try again', async () => {
  const again = vi.fn()
  drawTable({ ...none, error: new ApiError(0, 'network', 'network'), isPending: true, again })
  expect(screen.getByRole('alert').textContent).toContain(sentenceOf('network'))
  expect(screen.queryByRole('status')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(again).toHaveBeenCalledOnce()
})

test('waiting is not emptiness', () => {
  drawTable({ ...none, isPending: true })
  expect(screen.getByRole('status').textContent).toContain('正在读取')
  expect(screen.queryByText('没有符合条件的记录')).toBeNull()
})

test('emptiness says so in the room’s words', () => {
  drawTable(none, { empty: '本组还没有项目' })
  expect(screen.getByText('本组还没有项目')).toBeTruthy()
  expect(screen.queryByRole('table')).toBeNull()
})

test('shows the rows, how many of how many, and loads on', async () => {
  const more = vi.fn()
  drawTable({ ...some, total: 170, more })
  expect(screen.getByText('云禾里花园')).toBeTruthy()
  expect(screen.getByText('共 170 条，已列出 2 条')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '更多' }))
  expect(more).toHaveBeenCalledOnce()
})

test('sorts here only when every row is loaded; else a part would look like the whole', () => {
  const { unmount } = drawTable({ ...some, more: () => {} })
  expect(screen.getByRole('columnheader', { name: '编号' }).getAttribute('tabindex')).toBeNull()
  unmount()
  drawTable(some)
  expect(screen.getByRole('columnheader', { name: '编号' }).getAttribute('tabindex')).toBe('0')
})

test('a column the server sorts by asks the room for that order', async () => {
  const onOrder = vi.fn()
  drawTable({ ...some, more: () => {} }, { onOrder })
  await userEvent.click(screen.getByRole('columnheader', { name: '工程名称' }))
  expect(onOrder).toHaveBeenCalledWith({ by: 'name', down: false })
})

test('a refused export is told on the page and saves nothing; the filter is named beside the button', async () => {
  serve({ 'GET /projects.xlsx': { status: 403, refusal: { kind: 'forbidden', rule: 'permission' } } })
  drawTable(some, { xlsx: { url: '/api/projects.xlsx?q=1', name: '项目', filter: '镇街 云桥镇' } })
  expect(screen.getByText('导出范围：镇街 云桥镇')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '导出 XLSX' }))
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('permission'))
})
