import type { FileView } from '@plumbline/core/base'
import { type ChangeEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { thumbUrl } from '../files.ts'
import { sentenceFor } from '../rules.zh.ts'
import { type Sending, useSending } from './photo-sending.ts'

/** A photograph that is there: as it was uploaded, or its id with a word for what it shows. */
export type HeldPhoto = Pick<FileView, 'id' | 'name'>

export interface PhotoPickerProps {
  value?: readonly HeldPhoto[]
  /** Hears the whole list: for a field of a form, which hands over `value` and this. */
  onChange?: (photos: HeldPhoto[]) => void
  /** Hear each change alone: for a record that others change meanwhile. */
  onAdd?: (photo: FileView) => void
  onRemove?: (id: string) => void
  label?: string
  removeLabel?: string
  max?: number
  /** Opens the camera of a phone at once instead of its album. */
  camera?: boolean
  /** What is on its way is still added when the picker has gone: the officer has turned to the next question. */
  outlives?: boolean
  /** Draws a photograph that is there with more than its thumbnail. */
  draw?: (photo: HeldPhoto) => ReactNode
}

/**
 * Photographs from camera or album. Each is its own upload with its own progress, tells when and where the phone says it
 * was taken, and is kept for another try when it does not arrive.
 */
export function PhotoPicker(props: PhotoPickerProps) {
  const { value = [], onChange, onAdd, onRemove, max = 20, outlives = false } = props
  // Uploads end in any order; each must see what the others have added since.
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  }, [value])
  const give = (photos: HeldPhoto[]) => {
    latest.current = photos
    onChange?.(photos)
  }
  const add = (photo: FileView) => {
    if (latest.current.some(({ id }) => id === photo.id)) return
    give([...latest.current, photo])
    onAdd?.(photo)
  }
  const remove = (id: string) => {
    give(latest.current.filter((one) => one.id !== id))
    onRemove?.(id)
  }
  const { sending, take, again, drop, said } = useSending(add, outlives)
  const room = max - value.length - sending.length
  return (
    <>
      <div className="picker">
        {value.map((photo) => (
          <Held
            key={photo.id}
            photo={photo}
            draw={props.draw}
            removeLabel={props.removeLabel}
            onRemove={() => remove(photo.id)}
          />
        ))}
        {sending.map((one) => (
          <Unsent key={one.key} one={one} again={() => again(one)} drop={() => drop(one.key)} />
        ))}
        {room > 0 && <Add camera={props.camera} label={props.label} onTake={(files) => take(files.slice(0, room))} />}
      </div>
      <p className="tiny muted num picker-place">{said}</p>
    </>
  )
}

interface HeldProps extends Pick<PhotoPickerProps, 'draw' | 'removeLabel'> {
  photo: HeldPhoto
  onRemove: () => void
}

const Held = ({ photo, draw, removeLabel = '移除照片', onRemove }: HeldProps) => (
  <div className={draw ? 'picked-drawn' : 'picked'}>
    {draw ? draw(photo) : <img src={thumbUrl(photo.id)} alt={photo.name} />}
    <button type="button" className="link" aria-label={removeLabel} onClick={onRemove}>
      移除
    </button>
  </div>
)

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

interface AddProps extends Pick<PhotoPickerProps, 'camera' | 'label'> {
  onTake: (files: File[]) => void
}

function Add({ camera, label = '拍照或选照片', onTake }: AddProps) {
  const input = useId()
  const take = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = Array.from(target.files ?? [])
    target.value = ''
    onTake(files)
  }
  return (
    <label className="picker-add" htmlFor={input}>
      {camera && <CameraIcon />}
      {label}
      <input
        id={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        multiple
        capture={camera ? 'environment' : undefined}
        onChange={take}
      />
    </label>
  )
}

const CameraIcon = () => (
  <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden>
    <path d="M4 8h3l2-3h6l2 3h3v11H4z" />
    <circle cx="12" cy="13" r="3.5" />
  </svg>
)
