import type { AnyRoute } from '@plumbline/core/kit'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { usePages } from './api.ts'
import { draw, serve } from './testing.tsx'

const list = {
  method: 'GET',
  path: '/projects',
  permission: 'project.read',
  title: '项目库',
  query: z.object({ q: z.string().optional(), after: z.string().optional() }),
  reply: z.object({ rows: z.array(z.object({ name: z.string() })), next: z.string().nullable() }),
} as const satisfies AnyRoute

function List() {
  const pages = usePages(list, { query: { q: '云' } })
  return (
    <>
      <p>{pages.rows.map((row) => row.name).join('、')}</p>
      {pages.more && <button onClick={pages.more}>更多</button>}
    </>
  )
}

test('a keyset list goes on where the last sheet ended, under the same filter, until there is no more', async () => {
  const log = serve({
    'GET /projects': ({ url }) => ({
      reply: url.includes('after=k2') ? { rows: [{ name: '三' }], next: null } : { rows: [{ name: '一' }], next: 'k2' },
    }),
  })
  draw(<List />)
  await userEvent.click(await screen.findByRole('button', { name: '更多' }))
  expect(await screen.findByText('一、三')).toBeTruthy()
  expect(screen.queryByRole('button', { name: '更多' })).toBeNull()
  expect(log.map(({ url }) => decodeURIComponent(url))).toEqual(['/api/projects?q=云', '/api/projects?q=云&after=k2'])
})
