import { sessionContract } from '@plumbline/core/base'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { useRoute } from './api.ts'
import { useSession, useSessionChange } from './session.tsx'
import { type Answer, drawSignedIn, inspectorSession, serve } from './testing.tsx'

const chief = {
  id: '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6a02',
  capacity: 'chief',
  capacityLabel: '监督站站长',
  org: null,
  scope: null,
}

function Desk() {
  const { appointment } = useSession()
  const people = useRoute(sessionContract.demoPeople, {})
  const choose = useSessionChange(sessionContract.choose)
  const [words, setWords] = useState('')
  return (
    <>
      <h1>{appointment?.capacityLabel}</h1>
      <input aria-label="筛选" value={words} onChange={(event) => setWords(event.target.value)} />
      <p>{people.data?.rows.map((person) => person.name).join() ?? '在读'}</p>
      <button onClick={() => choose.mutate({ body: { appointmentId: chief.id } })}>换</button>
    </>
  )
}

test('another capacity sees nothing the former one read, and none of what it typed', async () => {
  let appointment: unknown = inspectorSession.appointment
  let reads = 0
  const firstThenNothing = (): Answer => {
    reads += 1
    const person = { key: 'k', name: '只给监督员看的人', capacityLabel: '项目经理', scope: null }
    return reads === 1 ? { reply: { rows: [person] } } : { status: 500, refusal: {} }
  }
  serve({
    'GET /session': () => ({ reply: { ...inspectorSession, appointment } }),
    'GET /demo/people': firstThenNothing,
    'POST /session/appointment': () => {
      appointment = chief
      return { reply: { ...inspectorSession, appointment } }
    },
  })
  drawSignedIn(<Desk />)
  expect(await screen.findByText('只给监督员看的人')).toBeTruthy()
  await userEvent.type(screen.getByLabelText('筛选'), '云桥')
  await userEvent.click(screen.getByRole('button', { name: '换' }))
  await waitFor(() => expect(screen.getByRole('heading').textContent).toBe('监督站站长'))
  expect(screen.queryByText('只给监督员看的人')).toBeNull()
  expect(screen.getByLabelText<HTMLInputElement>('筛选').value).toBe('')
})
