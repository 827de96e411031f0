import { idCardCheck } from '@plumbline/core/kit'
import type { PersonView } from '@plumbline/core/person'
import { test } from 'vitest'
import {
  drawPages,
  faultAt,
  fill,
  type Filling,
  refuses,
  serve,
  sessionAs,
  stepOf,
  type WrongInput,
} from '../../kit/testing.tsx'
import { PeoplePage } from './PeoplePage.tsx'
import { PersonPage } from './PersonPage.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6d01'
const view: PersonView = {
  head: {
    ...{ id, room: 'person', number: null, title: '何秉', state: 'registered', stateLabel: '在册', open: true },
    ...{ projectId: null, projectName: null, since: '2026-11-11T07:31:00.000Z', due: null, tier: 'calm' },
  },
  record: {
    ...{ id, state: 'registered', name: '何秉', phone: '19900009874', orgId: null, idMasked: '9904**********7779' },
    ...{ region: '990421', posts: [] },
    certificates: [{ kind: '安全生产考核合格证书（B类）', number: '青建安B4046206', validTo: null }],
  },
  steps: [stepOf('amend', '变更信息'), stepOf('remove', '移出'), stepOf('reveal', '查看身份证号')],
  acts: [],
  orgName: null,
  holds: [],
}

const first17 = '99042119800101001'
const reason = (form: Filling) => fill(form.getByLabelText('事由（留痕）'), '略')
const acts = { at: `/person/${id}`, line: `POST /people/${id}/acts` }
const register = {
  ...{ at: '/people', line: 'POST /people', opens: '登记人员', sends: '登记' },
  fillIn: async (form: Filling) => {
    await fill(form.getByLabelText('居民身份证号'), first17 + idCardCheck(first17))
    await fill(form.getByLabelText('姓名'), '何秉')
  },
}
const cases: (WrongInput & { at: string; line: string })[] = [
  { ...register, path: 'idNumber', field: '居民身份证号' },
  { ...register, path: 'input.phone', field: '电话' },
  { ...acts, opens: '变更信息', sends: '保存', path: 'input.name', field: '姓名' },
  { ...acts, opens: '变更信息', sends: '保存', path: 'input.certificates.0.number', field: '证书编号' },
  { ...acts, opens: '移出', path: 'input.reason', field: '事由（留痕）', fillIn: reason },
  {
    ...{ at: acts.at, line: `POST /people/${id}/identity`, opens: '查看身份证号', path: 'reason' },
    ...{ field: '事由（留痕）', fillIn: reason },
  },
]

test.each(cases)('$opens, $path: what the server refuses stands at its field', async ({ at, line, ...input }) => {
  serve({
    'GET /session': sessionAs('clerk'),
    'GET /people': { reply: { rows: [], next: null } },
    [`GET /people/${id}`]: { reply: view },
    [line]: faultAt(input.path),
  })
  drawPages({ '/people': <PeoplePage />, '/person/:id': <PersonPage /> }, at)
  await refuses(input)
})
