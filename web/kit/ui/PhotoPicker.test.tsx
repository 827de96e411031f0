import type { FileView } from '@plumbline/core/base'
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sentenceOf } from '../rules.zh.ts'
import { draw } from '../testing.tsx'
import { PhotoPicker } from './PhotoPicker.tsx'

/** A pretended XMLHttpRequest: the test plays the network, one upload at a time. */
class Sending {
  static all: Sending[] = []
  upload: { onprogress?: (event: object) => void } = {}
  headers: Record<string, string> = {}
  status = 0
  response: unknown
  body = new FormData()
  onload?: () => void
  onerror?: () => void
  constructor() {
    Sending.all.push(this)
  }
  open() {}
  abort() {}
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  send(body: FormData) {
    this.body = body
  }
  answer(status: number, response: unknown) {
    this.status = status
    this.response = response
    this.onload?.()
  }
}

beforeEach(() => {
  Sending.all = []
  vi.stubGlobal('XMLHttpRequest', Sending)
})
afterEach(() => vi.useRealTimers())

const shot = (name: string) => new File(['x'], name, { type: 'image/jpeg' })
const heard: FileView[][] = []

function Form() {
  const [photos, setPhotos] = useState<FileView[]>([])
  const onChange = (next: FileView[]) => {
    heard.push(next)
    setPhotos(next)
  }
  return <PhotoPicker value={photos} onChange={onChange} />
}

const take = async (...files: File[]) => userEvent.upload(screen.getByLabelText('添加照片'), files)
const play = (run: () => void) => act(async () => run())

test('a refused photograph says why, is not tried again, and is not in the form', async () => {
  draw(<Form />)
  await take(shot('a.jpg'))
  await play(() => Sending.all[0]?.answer(400, { kind: 'malformed', rule: 'image_broken' }))
  expect(screen.getByRole('alert').textContent).toContain(sentenceOf('image_broken'))
  expect(screen.queryByRole('button', { name: '重试' })).toBeNull()
  expect(Sending.all).toHaveLength(1)
  expect(screen.queryByRole('img')).toBeNull()
})

test('a broken connection is tried three times, then kept for the person to try again', async () => {
  draw(<Form />)
  await take(shot('a.jpg'))
  vi.useFakeTimers()
  for (let count = 0; count < 3; count += 1) {
    await play(() => Sending.all[count]?.onerror?.())
    await act(() => vi.advanceTimersByTimeAsync(5000))
  }
  vi.useRealTimers()
  expect(Sending.all).toHaveLength(3)
  await userEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(Sending.all).toHaveLength(4)
  await play(() => Sending.all[3]?.answer(200, { id: 'f1', name: 'a.jpg' }))
  expect(screen.getByRole('img', { name: 'a.jpg' })).toBeTruthy()
})

test('several photographs go side by side; whichever ends first, none is lost', async () => {
  draw(<Form />)
  await take(shot('a.jpg'), shot('b.jpg'))
  expect(Sending.all.map((sending) => (sending.body.get('file') as File).name)).toEqual(['a.jpg', 'b.jpg'])
  expect(Sending.all[0]?.headers['x-plumbline']).toBe('1')
  await play(() => {
    Sending.all[1]?.answer(200, { id: 'f2', name: 'b.jpg' })
    Sending.all[0]?.answer(200, { id: 'f1', name: 'a.jpg' })
  })
  expect(heard.at(-1)?.map((photo) => photo.id)).toEqual(['f2', 'f1'])
})

test('shows how much of it has been sent', async () => {
  draw(<Form />)
  await take(shot('a.jpg'))
  await play(() => Sending.all[0]?.upload.onprogress?.({ lengthComputable: true, loaded: 3, total: 4 }))
  expect(screen.getByRole<HTMLProgressElement>('progressbar', { name: '正在上传 a.jpg' }).value).toBe(0.75)
})
