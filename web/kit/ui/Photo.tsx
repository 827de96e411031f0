import { type ReactNode, useRef } from 'react'
import { fileUrl, thumbUrl } from '../files.ts'
import { When } from './When.tsx'

/** A stored photograph (a FileView fits) with what the page knows of it. */
export interface PhotoFacts {
  id: string
  /** What it shows; read aloud in place of the picture. */
  caption?: string | null
  takenAt?: string | null
  lon?: number | null
  lat?: number | null
  sha256?: string | null
  /** One line below the thumbnail: 同一位置 0.91 · 新照片. */
  note?: ReactNode
}

const sayPlace = ({ lon, lat }: PhotoFacts) =>
  typeof lon === 'number' && typeof lat === 'number' ? `${lon.toFixed(6)}, ${lat.toFixed(6)}` : '照片中没有记录'

/** A thumbnail; pressing it shows the original with its time, position and hash. */
export function Photo({ photo }: { photo: PhotoFacts }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const caption = photo.caption || '现场照片'
  return (
    <figure className="photo">
      <button type="button" onClick={() => dialog.current?.showModal()} aria-label={`放大：${caption}`}>
        <img src={thumbUrl(photo.id)} alt={caption} loading="lazy" />
      </button>
      {photo.note && <figcaption className="tiny">{photo.note}</figcaption>}
      <dialog ref={dialog} className="photo-large" aria-label={caption}>
        <img src={fileUrl(photo.id)} alt={caption} loading="lazy" />
        <dl>
          <dt>拍摄时间</dt>
          <dd>{photo.takenAt ? <When at={photo.takenAt} /> : '照片中没有记录'}</dd>
          <dt>拍摄位置</dt>
          <dd className="num">{sayPlace(photo)}</dd>
          {photo.sha256 && (
            <>
              <dt>SHA-256</dt>
              <dd className="hash">{photo.sha256}</dd>
            </>
          )}
        </dl>
        {/* A plain button: a form of its own inside a step's form would send that step. */}
        <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
          关闭
        </button>
      </dialog>
    </figure>
  )
}

export function PhotoGrid({ photos, none = '没有照片' }: { photos: readonly PhotoFacts[]; none?: string }) {
  if (photos.length === 0) return <span className="muted">{none}</span>
  return (
    <div className="photo-grid">
      {photos.map((photo) => (
        <Photo key={photo.id} photo={photo} />
      ))}
    </div>
  )
}
