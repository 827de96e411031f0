import { act, screen } from '@testing-library/react'
import type { AnyRoute } from '@plumbline/core/kit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { useRoute } from './api.ts'
import { useLive } from './live.ts'
import { draw, serve } from './testing.tsx'

const count = {
  method: 'GET',
  path: '/count',
  permission: 'signed_in',
  title: '数',
  reply: z.object({ value: z.number() }),
} as const satisfies AnyRoute

/** A pretended stream: the test plays the server. */
class Stream {
  static all: Stream[] = []
  closed = false
  onopen?: () => void
  onerror?: () => void
  heard: Record<string, () => void> = {}
  constructor() {
    Stream.all.push(this)
  }
  addEventListener(name: string, listener: () => void) {
    this.heard[name] = listener
  }
  close() {
    this.closed = true
  }
}

function Board() {
  const live = useLive()
  const { data } = useRoute(count, {})
  return (
    <p>
      {live} {data?.value}
    </p>
  )
}

let reads: number
beforeEach(() => {
  reads = 0
  Stream.all = []
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Stream)
  serve({ 'GET /count': () => ({ reply: { value: ++reads } }) })
})
afterEach(() => vi.useRealTimers())

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
const play = (run: () => void) => act(async () => run())

test('a burst of changes reads the screen again once', async () => {
  draw(<Board />)
  await play(() => Stream.all[0]?.onopen?.())
  await pass(0)
  expect(screen.getByText('live 1')).toBeTruthy()
  await play(() => {
    for (let i = 0; i < 20; i += 1) Stream.all[0]?.heard['change']?.()
  })
  await pass(1000)
  expect(screen.getByText('live 2')).toBeTruthy()
})

test('a lost stream is told, opened again, and what was missed is read', async () => {
  const { unmount } = draw(<Board />)
  await play(() => Stream.all[0]?.onopen?.())
  await play(() => Stream.all[0]?.onerror?.())
  expect(screen.getByText(/^lost/)).toBeTruthy()
  await pass(1000)
  expect(Stream.all).toHaveLength(2)
  await play(() => Stream.all[1]?.onopen?.())
  await pass(1000)
  expect(screen.getByText('live 2')).toBeTruthy()
  unmount()
  expect(Stream.all.map((stream) => stream.closed)).toEqual([true, true])
})
