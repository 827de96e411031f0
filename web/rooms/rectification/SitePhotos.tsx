import type { FileView } from '@plumbline/core/base'
import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react'
import { ApiError } from '../../kit/api.ts'
import { thumbUrl, uploadFile } from '../../kit/files.ts'
import { sentenceFor } from '../../kit/rules.zh.ts'
import { useUploads } from './forms/StepForm.tsx'
import { usePosition } from './position.ts'

interface SitePhotosProps {
  value?: readonly FileView[]
  onChange?: (photos: FileView[]) => void
  label?: string
  max?: number
}

interface Sending {
  key: number
  file: File
  takenAt: string
  share: number
  error: ApiError | null
}

/** Photographs taken on site: each is sent with when and where the phone says it was taken, and kept until it is sent. */
export function SitePhotos({ value = [], onChange, label = '拍照或选照片', max = 20 }: SitePhotosProps) {
  const input = useId()
  const { fields, said } = usePosition()
  const [sending, setSending] = useState<Sending[]>([])
  const next = useRef(0)
  // Uploads end in any order; each must see what the others have added since.
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  }, [value])
  useUploads(sending.filter(({ error }) => error === null).length)

  const patch = (key: number, part: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const drop = (key: number) => setSending((all) => all.filter((one) => one.key !== key))
  const give = (photos: FileView[]) => {
    latest.current = photos
    onChange?.(photos)
  }

  const send = async ({ key, file, takenAt }: Sending) => {
    patch(key, { error: null, share: 0 })
    try {
      const told = { ...(await fields()), takenAt }
      const photo = await uploadFile(file, (share) => patch(key, { share }), { fields: told })
      drop(key)
      if (!latest.current.some(({ id }) => id === photo.id)) give([...latest.current, photo])
    } catch (error) {
      patch(key, { error: error instanceof ApiError ? error : new ApiError(0, 'internal', 'internal') })
    }
  }

  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const files = Array.from(event.target.files ?? []).slice(0, max - value.length - sending.length)
    event.target.value = ''
    const fresh = files.map((file) => ({
      key: next.current++,
      file,
      takenAt: new Date(file.lastModified).toISOString(),
      share: 0,
      error: null,
    }))
    setSending((all) => [...all, ...fresh])
    for (const one of fresh) void send(one)
  }

  return (
    <>
      <div className="picker">
        {value.map((photo) => (
          <div key={photo.id} className="picked">
            <img src={thumbUrl(photo.id)} alt={photo.name} />
            <button type="button" aria-label="移除照片" onClick={() => give(value.filter(({ id }) => id !== photo.id))}>
              移除
            </button>
          </div>
        ))}
        {sending.map((one) => (
          <Unsent key={one.key} one={one} again={() => void send(one)} drop={() => drop(one.key)} />
        ))}
        {value.length + sending.length < max && (
          <label className="picker-add" htmlFor={input}>
            {label}
            <input id={input} type="file" accept="image/jpeg,image/png,image/webp" multiple onChange={take} />
          </label>
        )}
      </div>
      <p className="tiny muted num photo-place">{said}</p>
    </>
  )
}

function Unsent({ one, again, drop }: { one: Sending; again: () => void; drop: () => void }) {
  return (
    <div className="picked" role={one.error ? 'alert' : undefined}>
      <span className="tiny">{one.error ? sentenceFor(one.error) : one.file.name}</span>
      {!one.error && <progress value={one.share} max={1} aria-label={`正在上传 ${one.file.name}`} />}
      {one.error?.kind === 'network' && (
        <button type="button" onClick={again}>
          重试
        </button>
      )}
      {one.error && (
        <button type="button" onClick={drop}>
          放弃
        </button>
      )}
    </div>
  )
}
