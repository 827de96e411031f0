import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sentenceOf } from '../rules.zh.ts'
import { draw } from '../testing.tsx'
import { UploadsContext } from '../uploads.ts'
import { type HeldPhoto, PhotoPicker, type PhotoPickerProps } from './PhotoPicker.tsx'

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
  aborted = false
  abort() {
    this.aborted = true
  }
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
afterEach(() => {
  vi.useRealTimers()
  Reflect.deleteProperty(navigator, 'geolocation')
})

const shot = (name: string) => new File(['x'], name, { type: 'image/jpeg' })
const heard: HeldPhoto[][] = []

function Form(props: PhotoPickerProps) {
  const [photos, setPhotos] = useState<HeldPhoto[]>([])
  const onChange = (next: HeldPhoto[]) => {
    heard.push(next)
    setPhotos(next)
  }
  return <PhotoPicker value={photos} onChange={onChange} {...props} />
}

const take = async (...files: File[]) => userEvent.upload(screen.getByLabelText('拍照或选照片'), files)
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

/** The phone stands here, or will not say. */
const standAt = (place: { longitude: number; latitude: number } | undefined) => {
  vi.stubGlobal('isSecureContext', true)
  const getCurrentPosition = (found: (at: unknown) => void, failed: () => void) =>
    place ? found({ coords: { ...place, accuracy: 12.3 } }) : failed()
  Object.defineProperty(navigator, 'geolocation', { configurable: true, value: { getCurrentPosition } })
}
const toldBy = (sending: Sending | undefined) =>
  Object.fromEntries([...(sending?.body ?? [])].filter(([name]) => name !== 'file'))

test('without a position it says so, and the photograph goes all the same, with its time', async () => {
  standAt(undefined)
  draw(<Form />)
  expect(await screen.findByText(/^没有取得位置/)).toBeTruthy()
  await take(new File(['x'], 'a.jpg', { type: 'image/jpeg', lastModified: Date.parse('2026-11-20T06:05:00Z') }))
  expect(toldBy(Sending.all[0])).toEqual({ takenAt: '2026-11-20T06:05:00.000Z' })
})

test('a photograph tells where it was taken, and a later try from elsewhere tells the same', async () => {
  standAt({ longitude: 120.5, latitude: 30.2 })
  draw(<Form />)
  expect(await screen.findByText('位置 120.500000, 30.200000，误差约 12 米')).toBeTruthy()
  standAt({ longitude: 120.6, latitude: 30.3 })
  await take(shot('a.jpg'))
  expect(screen.getByText('位置 120.600000, 30.300000，误差约 12 米')).toBeTruthy()
  standAt({ longitude: 121, latitude: 31 })
  vi.useFakeTimers()
  for (let count = 0; count < 3; count += 1) {
    await play(() => Sending.all[count]?.onerror?.())
    await act(() => vi.advanceTimersByTimeAsync(5000))
  }
  vi.useRealTimers()
  await userEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(toldBy(Sending.all[3])).toMatchObject({ lon: '120.6', lat: '30.3', accuracy: '12' })
})

test('a phone that waits for leave to tell its position does not hold the photograph for ever', async () => {
  vi.stubGlobal('isSecureContext', true)
  Object.defineProperty(navigator, 'geolocation', { configurable: true, value: { getCurrentPosition: () => {} } })
  draw(<Form />)
  vi.useFakeTimers({ shouldAdvanceTime: true })
  await userEvent.upload(screen.getByLabelText('拍照或选照片'), shot('a.jpg'))
  expect(Sending.all).toHaveLength(0)
  await act(() => vi.advanceTimersByTimeAsync(8000))
  expect(Sending.all).toHaveLength(1)
})

test('the form around it hears what is on its way: not what failed, nor what has arrived', async () => {
  const told: number[] = []
  const tell = (_: string, count: number) => void told.push(count)
  draw(
    <UploadsContext value={tell}>
      <Form />
    </UploadsContext>,
  )
  await take(shot('a.jpg'), shot('b.jpg'))
  expect(told.at(-1)).toBe(2)
  await play(() => Sending.all[0]?.answer(400, { kind: 'malformed', rule: 'image_broken' }))
  expect(told.at(-1)).toBe(1)
  await play(() => Sending.all[1]?.answer(200, { id: 'f1', name: 'b.jpg' }))
  expect(told.at(-1)).toBe(0)
})

test('one that outlives its picker is added after it has gone; any other is broken off', async () => {
  const added: string[] = []
  const { unmount } = draw(<Form outlives onAdd={({ id }) => added.push(id)} />)
  await take(shot('a.jpg'))
  unmount()
  await play(() => Sending.all[0]?.answer(200, { id: 'f1', name: 'a.jpg' }))
  expect(added).toEqual(['f1'])
  const other = draw(<Form />)
  await take(shot('b.jpg'))
  other.unmount()
  expect(Sending.all.map(({ aborted }) => aborted)).toEqual([false, true])
})

test('no more are taken than there is room for; one that is taken away makes room', async () => {
  const removed: string[] = []
  draw(<Form max={2} onRemove={(id) => removed.push(id)} />)
  await take(shot('a.jpg'), shot('b.jpg'), shot('c.jpg'))
  expect(Sending.all).toHaveLength(2)
  expect(screen.queryByLabelText('拍照或选照片')).toBeNull()
  await play(() => Sending.all[0]?.answer(200, { id: 'f1', name: 'a.jpg' }))
  await userEvent.click(screen.getByRole('button', { name: '移除照片' }))
  expect(removed).toEqual(['f1'])
  expect(screen.getByLabelText('拍照或选照片')).toBeTruthy()
})
