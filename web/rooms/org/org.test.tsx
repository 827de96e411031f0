import type { OrgView } from '@plumbline/core/org'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { sentenceOf } from '../../kit/rules.zh.ts'
import { useSession } from '../../kit/session.tsx'
import { drawPages, serve, sessionAs } from '../../kit/testing.tsx'
import { OrgPage } from './OrgPage.tsx'
import { OrgsPage } from './OrgsPage.tsx'

const id = (n: number) => `0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e0${n}`
const at = '2026-11-11T07:31:00.000Z'

const viewOf = (n: number, name: string, below: OrgView['children']): OrgView => ({
  head: {
    ...{ id: id(n), room: 'org', number: null, title: name, state: 'registered', stateLabel: '在册', open: true },
    ...{ projectId: null, projectName: null, since: at, due: null, tier: 'calm' },
  },
  record: {
    id: id(n),
    state: 'registered',
    uscc: '91990421MA75Q7YP6K',
    name,
    kinds: ['group'],
    parentId: null,
    region: '990421',
    legalPerson: '萧岩',
    phone: '19900000137',
  },
  steps: [{ action: 'join', label: '归入集团', clause: null, main: false }],
  acts: [],
  holds: [],
  parent: null,
  children: below,
})

/** Pasted, not typed: a whole form drawn anew for each letter takes seconds. */
async function fill(field: HTMLElement, text: string) {
  await userEvent.click(field)
  await userEvent.paste(text)
}

const drawAt = (place: string) =>
  drawPages({ '/orgs': <OrgsPage />, '/org/:id': <OrgPage /> }, place, {
    panels: [{ slot: 'org', order: 1, title: '参建项目', Component: Panel }],
  })

const Panel = ({ id: org }: { id: string }) => <p>{`${useSession().person.name} 看 ${org}`}</p>
const session = { 'GET /session': sessionAs('clerk') }

test('a credit code with a wrong check character is told in the form; one already registered is told by the server', async () => {
  const log = serve({
    ...session,
    'GET /orgs': { reply: { rows: [], next: null } },
    'POST /orgs': { status: 409, refusal: { kind: 'conflict', rule: 'uscc_taken' } },
  })
  drawAt('/orgs')
  await userEvent.click(await screen.findByRole('button', { name: '登记企业' }))
  const dialog = await screen.findByRole('dialog')
  const code = within(dialog).getByLabelText('统一社会信用代码')
  await fill(code, '91990421MA75Q7YP6A')
  await fill(within(dialog).getByLabelText('企业名称'), '云桥建设集团有限公司')
  await userEvent.click(within(dialog).getByLabelText('类别'))
  await userEvent.click(await screen.findByTitle('集团总公司'))
  await userEvent.click(within(dialog).getByRole('button', { name: '登记' }))
  expect(await within(dialog).findByText('统一社会信用代码的位数或校验位不对')).toBeTruthy()
  expect(log.some(({ line }) => line === 'POST /orgs')).toBe(false)
  await userEvent.clear(code)
  await fill(code, '91990421MA75Q7YP6K')
  await userEvent.click(within(dialog).getByRole('button', { name: '登记' }))
  expect((await within(dialog).findByRole('alert')).textContent).toContain(sentenceOf('uscc_taken'))
})

test('the group is a tree whose branches are read when they are opened', async () => {
  const log = serve({
    ...session,
    [`GET /orgs/${id(1)}`]: { reply: viewOf(1, '云桥建设集团有限公司', [{ id: id(2), name: '青禾云桥建设有限公司' }]) },
    [`GET /orgs/${id(2)}`]: {
      reply: viewOf(2, '青禾云桥建设有限公司', [{ id: id(3), name: '云桥钢结构工程有限公司' }]),
    },
  })
  drawAt(`/org/${id(1)}`)
  const open = await screen.findByRole('button', { name: '青禾云桥建设有限公司 的下属单位' })
  expect(log.some(({ line }) => line.endsWith(id(2)))).toBe(false)
  await userEvent.click(open)
  expect((await screen.findByRole('link', { name: '云桥钢结构工程有限公司' })).getAttribute('href')).toBe(
    `/org/${id(3)}`,
  )
  expect(open.getAttribute('aria-expanded')).toBe('true')
})

test("other rooms' panels hang on the page with its id", async () => {
  serve({ ...session, [`GET /orgs/${id(1)}`]: { reply: viewOf(1, '云桥建设集团有限公司', []) } })
  drawAt(`/org/${id(1)}`)
  expect(await screen.findByText(`林远舟 看 ${id(1)}`)).toBeTruthy()
})
