import { permissionsOf } from '@plumbline/core/access'
import { configure } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { test, vi } from 'vitest'
import { PanelsProvider } from '../../kit/panels.tsx'
import { Guard } from '../../kit/session.tsx'
import { draw, faultAt, fill, type Filling, inspectorSession, refuses, serve } from '../../kit/testing.tsx'
import type { WrongInput } from '../../kit/testing.tsx'
import { project, town, view } from './project.samples.ts'
import { ProjectPage } from './ProjectPage.tsx'

// A first page of antd takes longer than a second on a busy machine.
configure({ asyncUtilTimeout: 10_000 })

const step = (action: string, label: string) => ({ action, label, clause: null, main: false, barrier: null })
const steps = [
  ...[step('amend', '变更信息'), step('start', '开工'), step('stop', '停工'), step('resume', '复工')],
  ...[step('complete', '竣工'), step('terminate', '终止')],
]

/** A network that takes every document at once. */
const takeDocuments = () =>
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {}
      status = 201
      response = { id: project.id, name: '通知.pdf' }
      onload?: () => void
      open() {}
      setRequestHeader() {}
      send() {
        this.onload?.()
      }
    },
  )
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
  takeDocuments()
  serve({
    'GET /session': { reply: { ...inspectorSession, permissions: permissionsOf('chief') } },
    'GET /county/map': { reply: { towns: [town], rows: [] } },
    [`GET /projects/${project.id}`]: { reply: { ...view, steps } },
    [`POST /projects/${project.id}/${route}`]: faultAt(input.path),
  })
  draw(
    <Guard signIn={() => null}>
      <PanelsProvider panels={[]}>
        <Routes>
          <Route path="/project/:id" element={<ProjectPage />} />
        </Routes>
      </PanelsProvider>
    </Guard>,
    `/project/${project.id}`,
  )
  await refuses(input)
})
