import type { FileView } from '@plumbline/core/base'
import type { InspectionPhoto, InspectionView } from '@plumbline/core/inspection'
import { sayInstant } from '@plumbline/core/kit'
import { createContext, useContext, useState } from 'react'
import { thumbUrl } from '../../kit/files.ts'
import { Photo, PhotoPicker } from '../../kit/ui/index.ts'
import { metersFrom, sayMeters } from './distance.ts'

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

interface PhotoTakerProps {
  ids: readonly string[]
  caption: string
  max: number
  onAdd: (id: string) => void
  onRemove: (id: string) => void
}

/** Takes photographs for the draft and shows those there are with what is known of them. */
export function PhotoTaker({ ids, caption, max, onAdd, onRemove }: PhotoTakerProps) {
  const { learn } = useContext(KnownContext)
  return (
    <PhotoPicker
      value={ids.map((id) => ({ id, name: caption }))}
      onAdd={(photo) => {
        learn(photo)
        onAdd(photo.id)
      }}
      onRemove={onRemove}
      label="拍照"
      removeLabel={`移除照片：${caption}`}
      max={max}
      camera
      outlives
      draw={({ id }) => <KnownPhoto id={id} caption={caption} />}
    />
  )
}

/** The drawn signature, small. */
export const SignatureImage = ({ id, name }: { id: string; name: string }) => (
  <img className="drawn-signature" src={thumbUrl(id)} alt={`${name}的签名`} />
)
