import type { FileView } from '@plumbline/core/base'
import type { InspectionPhoto, InspectionView } from '@plumbline/core/inspection'
import { sayInstant } from '@plumbline/core/kit'
import { type ChangeEvent, createContext, useContext, useId, useRef, useState } from 'react'
import { ApiError } from '../../kit/api.ts'
import { thumbUrl } from '../../kit/files.ts'
import { sentenceFor } from '../../kit/rules.zh.ts'
import { Photo } from '../../kit/ui/index.ts'
import { metersFrom, sayMeters, sendPhoto } from './photos.ts'

/** What is known of the record's photographs: from the server, and of those uploaded since. */
interface Known {
  photos: ReadonlyMap<string, Pick<InspectionPhoto, 'takenAt' | 'lon' | 'lat' | 'sha256' | 'meters' | 'told'>>
  learn: (file: FileView) => void
}
const KnownContext = createContext<Known>({ photos: new Map(), learn: () => {} })

/** Keeps the facts of photographs for the strips below it. */
export function PhotoFactsProvider({ view, children }: { view: InspectionView; children: React.ReactNode }) {
  const [fresh, setFresh] = useState<FileView[]>([])
  const nothingTold = { takenAt: null, lon: null, lat: null }
  const photos = new Map([
    ...fresh.map(
      (file) => [file.id, { ...file, told: nothingTold, meters: metersFrom(view.record.site, file) }] as const,
    ),
    ...view.photos.map((photo) => [photo.id, photo] as const),
  ])
  return <KnownContext value={{ photos, learn: (file) => setFresh((all) => [...all, file]) }}>{children}</KnownContext>
}

/** One photograph with time, distance to the site and hash. */
function KnownPhoto({ id, caption }: { id: string; caption: string }) {
  const facts = useContext(KnownContext).photos.get(id)
  const takenAt = facts?.takenAt ?? facts?.told.takenAt ?? null
  // What the picture says of itself comes first; else what the phone told.
  const place = facts && facts.lon !== null ? facts : facts?.told
  const note = [takenAt && sayInstant(new Date(takenAt)), facts && sayMeters(facts.meters)].filter(Boolean).join(' · ')
  return (
    <Photo
      photo={{
        id,
        caption,
        takenAt,
        lon: place?.lon ?? null,
        lat: place?.lat ?? null,
        sha256: facts?.sha256 ?? null,
        note: <span className="num">{note || '没有时间和位置'}</span>,
      }}
    />
  )
}

export function PhotoStrip({ ids, caption }: { ids: readonly string[]; caption: string }) {
  if (ids.length === 0) return null
  return (
    <div className="photo-grid">
      {ids.map((id) => (
        <KnownPhoto key={id} id={id} caption={caption} />
      ))}
    </div>
  )
}

interface Sending {
  key: number
  file: File
  share: number
  error: ApiError | null
}

interface PhotoTakerProps {
  ids: readonly string[]
  caption: string
  onAdd: (id: string) => void
  onRemove: (id: string) => void
}

/** Takes photographs and shows those there are. Each upload stands for itself; one that got no answer can be sent again. */
export function PhotoTaker({ ids, caption, onAdd, onRemove }: PhotoTakerProps) {
  const { learn } = useContext(KnownContext)
  const input = useId()
  const next = useRef(0)
  const [sending, setSending] = useState<Sending[]>([])
  const patch = (key: number, part: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const drop = (key: number) => setSending((all) => all.filter((one) => one.key !== key))

  const send = async (key: number, file: File) => {
    patch(key, { error: null, share: 0 })
    try {
      const kept = await sendPhoto(file, (share) => patch(key, { share }))
      learn(kept)
      drop(key)
      onAdd(kept.id)
    } catch (error) {
      patch(key, { error: error instanceof ApiError ? error : new ApiError(0, 'internal', 'internal') })
    }
  }
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const taken = Array.from(event.target.files ?? []).map((file) => ({
      key: next.current++,
      file,
      share: 0,
      error: null,
    }))
    event.target.value = ''
    setSending((all) => [...all, ...taken])
    for (const { key, file } of taken) void send(key, file)
  }
  return (
    <div className="photo-taker">
      {ids.map((id) => (
        <div key={id} className="photo-held">
          <KnownPhoto id={id} caption={caption} />
          <button type="button" className="link" onClick={() => onRemove(id)} aria-label={`移除照片：${caption}`}>
            移除
          </button>
        </div>
      ))}
      {sending.map(({ key, file, share, error }) => (
        <div key={key} className="photo-held" role={error ? 'alert' : 'status'}>
          <span className="tiny">{error ? sentenceFor(error) : `正在上传 ${Math.round(share * 100)}%`}</span>
          {error?.kind === 'network' && (
            <button type="button" className="link" onClick={() => void send(key, file)}>
              重试
            </button>
          )}
          {error && (
            <button type="button" className="link" onClick={() => drop(key)}>
              放弃
            </button>
          )}
        </div>
      ))}
      <label className="photo-add" htmlFor={input}>
        <CameraIcon />
        拍照
        <input
          id={input}
          type="file"
          accept="image/jpeg,image/png,image/webp"
          capture="environment"
          multiple
          onChange={take}
        />
      </label>
    </div>
  )
}

const CameraIcon = () => (
  <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden>
    <path d="M4 8h3l2-3h6l2 3h3v11H4z" />
    <circle cx="12" cy="13" r="3.5" />
  </svg>
)

/** The drawn signature, small. */
export const SignatureImage = ({ id, name }: { id: string; name: string }) => (
  <img className="drawn-signature" src={thumbUrl(id)} alt={`${name}的签名`} />
)
