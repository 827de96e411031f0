import type { PersonView } from '@plumbline/core/person'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { sentenceOf } from '../../kit/rules.zh.ts'
import { drawPages, serve, sessionAs } from '../../kit/testing.tsx'
import { PeoplePage } from './PeoplePage.tsx'
import { PersonPage } from './PersonPage.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6d01'
const at = '2026-11-11T07:31:00.000Z'
const view: PersonView = {
  head: {
    ...{ id, room: 'person', number: null, title: '何秉', state: 'registered', stateLabel: '在册', open: true },
    ...{ projectId: null, projectName: null, since: at, due: null, tier: 'calm' },
  },
  record: {
    id,
    state: 'registered',
    name: '何秉',
    phone: '199****9874',
    orgId: id,
    certificates: [{ kind: '安全生产考核合格证书（B类）', number: '青建安B4046206', validTo: '2026-11-19' }],
    idMasked: '9904**********7779',
    region: '990421',
    posts: [
      {
        projectId: id,
        projectName: '城东污水厂扩建工程',
        district: '990421002',
        orgId: id,
        capacity: 'project_manager',
      },
    ],
  },
  steps: [
    { action: 'amend', label: '变更信息', clause: null, main: false },
    { action: 'reveal', label: '查看身份证号', clause: 'identity.accounts', main: false },
  ],
  acts: [],
  orgName: '青禾云桥建设有限公司',
  holds: [],
}
const answers = {
  'GET /session': sessionAs('clerk'),
  [`GET /people/${id}`]: { reply: view },
}

/** Pasted, not typed: a whole form drawn anew for each letter takes seconds. */
async function fill(field: HTMLElement, text: string) {
  await userEvent.click(field)
  await userEvent.paste(text)
}

const drawAt = (place: string) => drawPages({ '/people': <PeoplePage />, '/person/:id': <PersonPage /> }, place)

test('a wrong identity number is told in the form and not sent', async () => {
  const log = serve({ ...answers, 'GET /people': { reply: { rows: [], next: null } } })
  drawAt('/people')
  await userEvent.click(await screen.findByRole('button', { name: '登记人员' }))
  const dialog = await screen.findByRole('dialog')
  await fill(within(dialog).getByLabelText('居民身份证号'), '990421198001010010')
  await fill(within(dialog).getByLabelText('姓名'), '何秉')
  await userEvent.click(within(dialog).getByRole('button', { name: '登记' }))
  expect(await within(dialog).findByText('身份证号的位数、日期或校验位不对')).toBeTruthy()
  expect(log.some(({ line }) => line.startsWith('POST'))).toBe(false)
})

test('a refused look at the number leaves it masked; a granted one shows it on this page', async () => {
  let granted = false
  const log = serve({
    ...answers,
    [`POST /people/${id}/identity`]: () =>
      granted
        ? { reply: { idNumber: '990421198001017779' } }
        : { status: 403, refusal: { kind: 'forbidden', rule: 'permission' } },
  })
  drawAt(`/person/${id}`)
  await userEvent.click(await screen.findByRole('button', { name: '查看身份证号' }))
  const dialog = await screen.findByRole('dialog')
  await fill(within(dialog).getByLabelText('事由（留痕）'), '核对证书')
  await userEvent.click(within(dialog).getByRole('button', { name: '查看身份证号' }))
  expect((await within(dialog).findByRole('alert')).textContent).toContain(sentenceOf('permission'))
  expect(screen.queryByText('990421198001017779')).toBeNull()
  granted = true
  await userEvent.click(within(dialog).getByRole('button', { name: /查看身份证号/ }))
  expect(await screen.findByText('990421198001017779')).toBeTruthy()
  expect(log.filter(({ line }) => line.endsWith('/identity'))[1]?.body).toMatchObject({ reason: '核对证书' })
})

test('a masked telephone that nobody touched is not sent back as the new one', async () => {
  const log = serve({ ...answers, [`POST /people/${id}/acts`]: { reply: view } })
  drawAt(`/person/${id}`)
  await userEvent.click(await screen.findByRole('button', { name: '变更信息' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByLabelText('姓名'))
  await userEvent.paste('然')
  await userEvent.click(within(dialog).getByRole('button', { name: '保存' }))
  await waitFor(() => expect(log.some(({ line }) => line.endsWith('/acts'))).toBe(true))
  const sent = log.find(({ line }) => line.endsWith('/acts'))?.body
  expect(sent).toMatchObject({ input: { name: '何秉然' } })
  expect(sent).not.toHaveProperty('input.phone')
})

test('a certificate that ended yesterday is marked', async () => {
  serve(answers)
  drawAt(`/person/${id}`)
  expect((await screen.findByRole('row', { name: /青建安B4046206/ })).textContent).toContain('已过期')
  expect(screen.getByRole('link', { name: '城东污水厂扩建工程' }).getAttribute('href')).toBe(`/project/${id}`)
})
