import { sessionContract } from '@plumbline/core/base'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { keyOf } from './api.ts'

export type LiveState = 'connecting' | 'live' | 'lost'

const gather = 400
const firstWait = 1_000
const longestWait = 30_000

/**
 * Listens to the reader's own stream; whatever it says, what is on screen is read again (a burst counts as one).
 * A lost stream is opened again with growing pauses, and everything missed meanwhile is read again.
 */
export function useLive(url = '/api/stream'): LiveState {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')

  useEffect(() => {
    let source: EventSource | undefined
    let burst: ReturnType<typeof setTimeout> | undefined
    let pause: ReturnType<typeof setTimeout> | undefined
    let wait = firstWait
    let wasLost = false

    const refresh = () => {
      burst ??= setTimeout(() => {
        burst = undefined
        void client.invalidateQueries()
      }, gather)
    }
    const open = () => {
      source = new EventSource(url)
      source.onopen = () => {
        setState('live')
        wait = firstWait
        if (wasLost) refresh()
        wasLost = false
      }
      source.addEventListener('change', refresh)
      source.onerror = () => {
        setState('lost')
        wasLost = true
        // The stream also ends when the session was revoked; then the Guard must learn of it.
        void client.invalidateQueries({ queryKey: keyOf(sessionContract.session, {}) })
        // EventSource gives up for good after an answer that is not a stream; so it is always closed and opened anew.
        source?.close()
        pause = setTimeout(open, wait)
        wait = Math.min(wait * 2, longestWait)
      }
    }
    open()
    return () => {
      source?.close()
      clearTimeout(burst)
      clearTimeout(pause)
    }
  }, [client, url])

  return state
}
