import type { FileView } from '@plumbline/core/base'
import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react'
import { ApiError } from '../api.ts'
import { thumbUrl, uploadFile } from '../files.ts'
import { sentenceFor } from '../rules.zh.ts'

export interface PhotoPickerProps {
  value: readonly FileView[]
  onChange: (photos: FileView[]) => void
  label?: string
  max?: number
  /** Opens the camera of a phone at once instead of its album. */
  camera?: boolean
}

interface Sending {
  key: number
  file: File
  share: number
  error: ApiError | null
}

const tries = 3
const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000))

/** Sends one file, again after a pause when the connection broke; a refusal is final. */
async function sendPatiently(file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<FileView> {
  for (let count = 1; ; count += 1) {
    try {
      return await uploadFile(file, onShare, { signal })
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'network' || count === tries) throw error
      await pause(count)
    }
  }
}

/** Photographs from camera or album, each its own upload with its own progress; a broken one is kept for another try. */
export function PhotoPicker({ value, onChange, label = '添加照片', max = 20, camera }: PhotoPickerProps) {
  const input = useId()
  const [sending, setSending] = useState<Sending[]>([])
  const next = useRef(0)
  // Uploads end in any order; each must see what the others have added since.
  const latest = useRef(value)
  const stop = useRef<AbortController>(undefined)
  useEffect(() => {
    latest.current = value
  }, [value])
  useEffect(() => {
    const controller = new AbortController()
    stop.current = controller
    return () => controller.abort()
  }, [])

  const patch = (key: number, part: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const drop = (key: number) => setSending((all) => all.filter((one) => one.key !== key))
  const give = (photos: FileView[]) => {
    latest.current = photos
    onChange(photos)
  }

  const send = async (key: number, file: File) => {
    const signal = stop.current?.signal
    if (!signal) return
    try {
      const photo = await sendPatiently(file, (share) => patch(key, { share }), signal)
      drop(key)
      if (!latest.current.some((one) => one.id === photo.id)) give([...latest.current, photo])
    } catch (error) {
      if (error instanceof ApiError) patch(key, { error })
      else if (!signal.aborted) patch(key, { error: new ApiError(0, 'internal', 'internal') })
    }
  }

  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const room = max - value.length - sending.length
    const taken = Array.from(event.target.files ?? []).slice(0, room)
    event.target.value = ''
    const fresh = taken.map((file) => ({ key: next.current++, file, share: 0, error: null }))
    setSending((all) => [...all, ...fresh])
    for (const { key, file } of fresh) void send(key, file)
  }

  return (
    <div className="picker">
      {value.map((photo) => (
        <div key={photo.id} className="picked">
          <img src={thumbUrl(photo.id)} alt={photo.name} />
          <button type="button" onClick={() => give(value.filter((one) => one.id !== photo.id))} aria-label="移除照片">
            移除
          </button>
        </div>
      ))}
      {sending.map((one) => (
        <div key={one.key} className="picked" role={one.error ? 'alert' : undefined}>
          <span className="tiny">{one.error ? sentenceFor(one.error) : one.file.name}</span>
          {!one.error && <progress value={one.share} max={1} aria-label={`正在上传 ${one.file.name}`} />}
          {one.error?.kind === 'network' && (
            <button
              type="button"
              onClick={() => {
                patch(one.key, { error: null, share: 0 })
                void send(one.key, one.file)
              }}
            >
              重试
            </button>
          )}
          {one.error && (
            <button type="button" onClick={() => drop(one.key)}>
              放弃
            </button>
          )}
        </div>
      ))}
      {value.length + sending.length < max && (
        <label className="picker-add" htmlFor={input}>
          {label}
          <input
            id={input}
            type="file"
            accept="image/jpeg,image/png,image/webp"
            multiple={!camera}
            capture={camera ? 'environment' : undefined}
            onChange={take}
          />
        </label>
      )}
    </div>
  )
}
