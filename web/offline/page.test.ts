import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const bytesOf = (name: string) => readFileSync(join(import.meta.dirname, name))
const page = new DOMParser().parseFromString(bytesOf('verify.html').toString(), 'text/html')
document.body.innerHTML = page.body.innerHTML
await import('./main.ts')

const user = userEvent.setup({ applyAccept: false })
const give = (label: RegExp, name: string, bytes: Uint8Array | string) =>
  user.upload(screen.getByLabelText(label), new File([bytes as BlobPart], name))
const proofField = /^证明文件/
const originalField = /^原件/
const captured = (name: string) => bytesOf(join('captures', name))
const result = (title: string) => screen.findByRole('heading', { level: 2, name: new RegExp(title) })
const fault = async (text: RegExp) => waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(text))

test('an original without a proof, a file that is no proof, and a damaged one are refused in words', async () => {
  await give(originalField, 'original.png', captured('original.png'))
  await fault(/还没有选择证明文件/)
  await give(proofField, 'hello.proof', 'hello')
  await fault(/^hello\.proof：这不是存证的证明文件/)
  const lone = { ...JSON.parse(captured('act.proof').toString()), content: '"\ud800"' }
  await give(proofField, 'lone.proof', JSON.stringify(lone))
  await fault(/^lone\.proof：证明文件已经损坏/)
  expect(screen.queryByRole('heading', { level: 2 })).toBeNull()
})

test('a file with one byte changed does not fit; the file itself does', async () => {
  const flipped = captured('original.png')
  flipped[4000]! ^= 1
  await give(proofField, 'file.proof', captured('file.proof'))
  await give(originalField, 'original.png', flipped)
  await result('与存证不相符')
  expect(screen.getByText('文件与存证的摘要不一致')).toBeTruthy()
  await give(originalField, 'original.png', captured('original.png'))
  await result('^✓与存证相符')
  expect(within(screen.getByRole('list', { name: '见证方' })).getAllByRole('listitem')).toHaveLength(3)
})

test('keys of its own show only that a proof agrees with itself; with known keys no such caution stands', async () => {
  const caution = /只能说明证明前后一致，不能说明/
  await give(proofField, 'file.proof', captured('file.proof'))
  expect(await screen.findByText(caution)).toBeTruthy()
  expect(screen.getByText('日志公钥（证明所附）')).toBeTruthy()
  const { log, witnesses } = JSON.parse(captured('file.proof').toString()) as { log: string; witnesses: string[] }
  const keys = screen.getByLabelText(/另行取得的日志公钥/)
  await user.click(keys)
  await user.paste('x')
  await fault(/第 1 行不是公钥/)
  await user.clear(keys)
  await user.paste([log, ...witnesses].join('\n'))
  await result('^✓与存证相符')
  expect(screen.queryByText(caution)).toBeNull()
  expect(screen.getByText('日志公钥（另行取得）')).toBeTruthy()
})
