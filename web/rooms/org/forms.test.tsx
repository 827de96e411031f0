import type { OrgView } from '@plumbline/core/org'
import { test } from 'vitest'
import {
  drawPages,
  faultAt,
  fill,
  type Filling,
  pick,
  refuses,
  serve,
  sessionAs,
  stepOf,
  type WrongInput,
} from '../../kit/testing.tsx'
import { OrgPage } from './OrgPage.tsx'
import { OrgsPage } from './OrgsPage.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e01'
const name = '云桥建设集团有限公司'
const view: OrgView = {
  head: {
    ...{ id, room: 'org', number: null, title: name, state: 'registered', stateLabel: '在册', open: true },
    ...{ projectId: null, projectName: null, since: '2026-11-11T07:31:00.000Z', due: null, tier: 'calm' },
  },
  record: {
    ...{ id, state: 'registered', uscc: '91990421MA75Q7YP6K', name, kinds: ['group'], parentId: id },
    ...{ region: '990421', legalPerson: '萧岩', phone: '19900000137' },
  },
  steps: [
    stepOf('amend', '变更信息'),
    stepOf('join', '归入集团'),
    stepOf('leave', '脱离集团'),
    stepOf('revoke', '注销'),
  ],
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
    'GET /session': sessionAs('clerk'),
    'GET /orgs': { reply: { rows: [], next: null } },
    'GET /search': { reply: { rows: [view.head] } },
    [`GET /orgs/${id}`]: { reply: view },
    [line]: faultAt(input.path),
  })
  drawPages({ '/orgs': <OrgsPage />, '/org/:id': <OrgPage /> }, at)
  await refuses(input)
})
