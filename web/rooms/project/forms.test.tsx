import userEvent from '@testing-library/user-event'
import { test } from 'vitest'
import {
  drawPages,
  faultAt,
  fill,
  type Filling,
  refuses,
  serve,
  takeUploads,
  sessionAs,
  stepOf,
  type WrongInput,
} from '../../kit/testing.tsx'
import { project, town, view } from './project.samples.ts'
import { ProjectPage } from './ProjectPage.tsx'

const steps = [
  ...[stepOf('amend', '变更信息'), stepOf('start', '开工'), stepOf('stop', '停工'), stepOf('resume', '复工')],
  ...[stepOf('complete', '竣工'), stepOf('terminate', '终止')],
]

const attach = async (form: Filling) => {
  await userEvent.upload(form.getByLabelText('选择文件'), new File(['%PDF'], '通知.pdf', { type: 'application/pdf' }))
  await form.findByText('通知.pdf')
}
const because = (label: string) => async (form: Filling) => {
  await fill(form.getByLabelText(label), '略')
  await attach(form)
}

test.each<WrongInput & { route: 'amend' | 'acts' }>([
  { route: 'amend', opens: '变更信息', sends: '保存', path: 'input.contact.phone', field: '联系电话' },
  { route: 'amend', opens: '变更信息', sends: '保存', path: 'input.startDay', field: '开工日期（计划或实际）' },
  { route: 'acts', opens: '开工', path: 'input.day', field: '开工日期' },
  { route: 'acts', opens: '停工', path: 'input.reason', field: '停工事由', fillIn: because('停工事由') },
  { route: 'acts', opens: '复工', path: 'input.reason', field: '复工事由', fillIn: because('复工事由') },
  { route: 'acts', opens: '竣工', path: 'input.day', field: '竣工日期', fillIn: attach },
  { route: 'acts', opens: '终止', path: 'input.reason', field: '终止事由', fillIn: because('终止事由') },
])('$opens, $path: what the server refuses stands at its field', async ({ route, ...input }) => {
  takeUploads({ id: project.id, name: '通知.pdf' })
  serve({
    'GET /session': sessionAs('chief'),
    'GET /county/map': { reply: { towns: [town], rows: [] } },
    [`GET /projects/${project.id}`]: { reply: { ...view, steps } },
    [`POST /projects/${project.id}/${route}`]: faultAt(input.path),
  })
  drawPages({ '/project/:id': <ProjectPage /> }, `/project/${project.id}`)
  await refuses(input)
})
