import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ActAsk } from '@plumbline/core/workflow'
import { expect, test } from 'vitest'
import { ApiError } from '../api.ts'
import { sentenceOf } from '../rules.zh.ts'
import { draw } from '../testing.tsx'
import { FormButtons, type StepFormProps, Steps } from './Steps.tsx'

const close = { action: 'close', label: '复查合格' }
const giveBack = { action: 'return', label: '退回整改', clause: 'pinghu.ladder', input: { items: 2 } }

function ReasonForm({ step, onSubmit, onCancel, pending }: StepFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit({ reason: '照片不清', for: step.input }).catch(() => {})
      }}
    >
      <FormButtons pending={pending} onCancel={onCancel} label="提交" />
    </form>
  )
}

const buttons = () => screen.queryAllByRole('button').map((button) => button.textContent)

test('draws no button when the server gives no step, and says so', () => {
  draw(<Steps steps={[]} onAct={() => Promise.resolve()} forms={{ close: ReasonForm }} />)
  expect(buttons()).toEqual([])
  expect(screen.getByText('现在没有需要您办理的事项。')).toBeTruthy()
})

test('draws exactly the steps given, in their order, whatever forms the room knows', () => {
  draw(<Steps steps={[giveBack, close]} onAct={() => Promise.resolve()} forms={{ withdraw: ReasonForm }} />)
  expect(buttons()).toEqual(['退回整改', '复查合格'])
})

test('what the case waits for stands on top as the one main button; where it waits for nothing, no button is', () => {
  const isMain = (name: string) => screen.getByRole('button', { name }).classList.contains('ant-btn-primary')
  const { rerender } = draw(<Steps steps={[giveBack, { ...close, main: true }]} onAct={() => Promise.resolve()} />)
  expect(buttons()).toEqual(['复查合格', '退回整改'])
  expect([isMain('复查合格'), isMain('退回整改')]).toEqual([true, false])
  rerender(<Steps steps={[giveBack, close]} onAct={() => Promise.resolve()} />)
  expect(buttons().map((name) => isMain(name!))).toEqual([false, false])
})

test('a step that would be refused whatever is filled in cannot be pressed, and says why', () => {
  const held = { ...close, barrier: 'supervisor_missing' }
  draw(<Steps steps={[held, giveBack]} onAct={() => Promise.resolve()} />)
  const button = screen.getByRole<HTMLButtonElement>('button', { name: '复查合格' })
  expect(button.disabled).toBe(true)
  expect(document.getElementById(button.getAttribute('aria-describedby')!)?.textContent).toBe(
    sentenceOf('supervisor_missing'),
  )
  expect(screen.getByRole<HTMLButtonElement>('button', { name: '退回整改' }).disabled).toBe(false)
})

test('a refused act stays open with its sentence; a repeated one after a refusal is a new request', async () => {
  const user = userEvent.setup()
  const sent: ActAsk[] = []
  const refuse = (act: ActAsk) => {
    sent.push(act)
    return Promise.reject(new ApiError(403, 'forbidden', 'not_assigned'))
  }
  draw(<Steps steps={[close]} onAct={refuse} />)
  await user.click(screen.getByRole('button', { name: '复查合格' }))
  await user.click(await screen.findByRole('button', { name: '确认' }))
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('not_assigned'))
  await user.click(screen.getByRole('button', { name: /确认/ }))
  await waitFor(() => expect(sent).toHaveLength(2))
  expect(sent[0]?.requestId).not.toBe(sent[1]?.requestId)
})

test('after a lost connection the same request is sent again, so that it counts once', async () => {
  const user = userEvent.setup()
  const sent: ActAsk[] = []
  const lose = (act: ActAsk) => {
    sent.push(act)
    return sent.length === 1 ? Promise.reject(new ApiError(0, 'network', 'network')) : Promise.resolve()
  }
  draw(<Steps steps={[close]} onAct={lose} />)
  await user.click(screen.getByRole('button', { name: '复查合格' }))
  await user.click(await screen.findByRole('button', { name: '确认' }))
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('network'))
  await user.click(screen.getByRole('button', { name: /确认/ }))
  await waitFor(() => expect(sent).toHaveLength(2))
  expect(sent[1]).toEqual(sent[0])
})

test('a step with a form cites its clause and sends what the form gives', async () => {
  const user = userEvent.setup()
  const sent: ActAsk[] = []
  draw(<Steps steps={[giveBack]} onAct={(act) => Promise.resolve(sent.push(act))} forms={{ return: ReasonForm }} />)
  await user.click(screen.getByRole('button', { name: '退回整改' }))
  expect((await screen.findByText(/^依据/)).textContent).toMatch(/《.+》/)
  await user.click(screen.getByRole('button', { name: '提交' }))
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({ action: 'return', input: { reason: '照片不清', for: { items: 2 } } })
})
