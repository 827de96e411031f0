import { permissionsOf } from '@plumbline/core/access'
import type { OrgView } from '@plumbline/core/org'
import { Route, Routes } from 'react-router'
import { test } from 'vitest'
import { Guard } from '../../kit/session.tsx'
import { draw, faultAt, fill, type Filling, inspectorSession, pick, refuses, serve } from '../../kit/testing.tsx'
import type { WrongInput } from '../../kit/testing.tsx'
import { OrgPage } from './OrgPage.tsx'
import { OrgsPage } from './OrgsPage.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e01'
const name = '云桥建设集团有限公司'
const step = (action: string, label: string) => ({ action, label, clause: null, main: false })
const view: OrgView = {
  head: {
    ...{ id, room: 'org', number: null, title: name, state: 'registered', stateLabel: '在册', open: true },
    ...{ projectId: null, projectName: null, since: '2026-11-11T07:31:00.000Z', due: null, tier: 'calm' },
  },
  record: {
    ...{ id, state: 'registered', uscc: '91990421MA75Q7YP6K', name, kinds: ['group'], parentId: id },
    ...{ region: '990421', legalPerson: '萧岩', phone: '19900000137' },
  },
  steps: [step('amend', '变更信息'), step('join', '归入集团'), step('leave', '脱离集团'), step('revoke', '注销')],
  acts: [],
  holds: [],
  parent: null,
  children: [],
}

const reason = (form: Filling) => fill(form.getByLabelText('事由'), '略')
const cases: (WrongInput & { at: string; line: string })[] = [
  {
    ...{ at: '/orgs', line: 'POST /orgs', opens: '登记企业', sends: '登记', path: 'input.phone', field: '电话' },
    fillIn: async (form) => {
      await fill(form.getByLabelText('统一社会信用代码'), view.record.uscc)
      await fill(form.getByLabelText('企业名称'), name)
      await pick(form.getByLabelText('类别'), '集团总公司')
    },
  },
  ...[
    { opens: '变更信息', path: 'input.name', field: '企业名称' },
    {
      ...{ opens: '归入集团', path: 'input.parentId', field: '归入的集团总公司' },
      fillIn: (form: Filling) => pick(form.getByRole('combobox'), new RegExp(name), '云桥'),
    },
    { opens: '脱离集团', path: 'input.reason', field: '事由', fillIn: reason },
    { opens: '注销', path: 'input.reason', field: '事由', fillIn: reason },
  ].map((one) => ({ ...one, at: `/org/${id}`, line: `POST /orgs/${id}/acts` })),
]

test.each(cases)('$opens: what the server refuses stands at its field', async ({ at, line, ...input }) => {
  serve({
    'GET /session': { reply: { ...inspectorSession, permissions: permissionsOf('clerk') } },
    'GET /orgs': { reply: { rows: [], next: null } },
    'GET /search': { reply: { rows: [view.head] } },
    [`GET /orgs/${id}`]: { reply: view },
    [line]: faultAt(input.path),
  })
  draw(
    <Guard signIn={() => null}>
      <Routes>
        <Route path="/orgs" element={<OrgsPage />} />
        <Route path="/org/:id" element={<OrgPage />} />
      </Routes>
    </Guard>,
    at,
  )
  await refuses(input)
})
