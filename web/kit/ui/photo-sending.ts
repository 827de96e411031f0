import type { FileView } from '@plumbline/core/base'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../api.ts'
import { uploadFile } from '../files.ts'
import { usePosition } from '../position.ts'
import { useUploads } from '../uploads.ts'

/** A photograph on its way, or one that did not arrive and is kept for another try. */
export interface Sending {
  key: number
  file: File
  /** When and where the phone says it was taken; a later try from another place tells the same. */
  told: Promise<Record<string, string>>
  share: number
  error: ApiError | null
}

const tries = 3
const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000))

/** Sends one file, again after a pause when the connection broke; a refusal is final. */
async function sendPatiently(
  { file, told }: Sending,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<FileView> {
  const fields = await told
  for (let count = 1; ; count += 1) {
    signal.throwIfAborted()
    try {
      return await uploadFile(file, onShare, { signal, fields })
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'network' || count === tries) throw error
      await pause(count)
    }
  }
}

/**
 * The photographs of one picker that are not yet kept. `onKept` hears each as it arrives; with `outlives` also after the
 * picker has gone, else what is on its way is then broken off.
 */
export function useSending(onKept: (photo: FileView) => void, outlives: boolean) {
  const { find, said } = usePosition()
  const [sending, setSending] = useState<Sending[]>([])
  const next = useRef(0)
  const kept = useRef(onKept)
  const stop = useRef(new AbortController())
  useEffect(() => {
    kept.current = onKept
  }, [onKept])
  useEffect(() => {
    if (outlives) return undefined
    const controller = new AbortController()
    stop.current = controller
    return () => controller.abort()
  }, [outlives])
  useUploads(sending.filter(({ error }) => error === null).length)

  const patch = (key: number, part: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const drop = (key: number) => setSending((all) => all.filter((one) => one.key !== key))
  const send = async (one: Sending) => {
    const { signal } = stop.current
    patch(one.key, { error: null, share: 0 })
    try {
      const photo = await sendPatiently(one, (share) => patch(one.key, { share }), signal)
      drop(one.key)
      kept.current(photo)
    } catch (error) {
      if (!signal.aborted)
        patch(one.key, { error: error instanceof ApiError ? error : new ApiError(0, 'internal', 'internal') })
    }
  }
  const take = (files: readonly File[]) => {
    const place = find()
    const fresh = files.map((file) => ({
      key: next.current++,
      file,
      told: place.then((fields) => ({ ...fields, takenAt: new Date(file.lastModified).toISOString() })),
      share: 0,
      error: null,
    }))
    setSending((all) => [...all, ...fresh])
    for (const one of fresh) void send(one)
  }
  return { sending, take, again: (one: Sending) => void send(one), drop, said }
}
