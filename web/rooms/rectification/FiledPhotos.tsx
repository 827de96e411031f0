import { baseContract } from '@plumbline/core/base'
import type { NoticeItem } from '@plumbline/core/rectification'
import type { ReactNode } from 'react'
import { useRoute } from '../../kit/api.ts'
import { Photo } from '../../kit/ui/index.ts'
import { photosAfter } from './notice.ts'

/** Stored photographs by their ids, with the time, place and hash that the store keeps of each. */
export function FiledPhotos({ ids, caption, notes = {} }: FiledPhotosProps) {
  if (ids.length === 0) return <span className="muted tiny">没有照片</span>
  return (
    <div className="photo-grid">
      {ids.map((id) => (
        <FiledPhoto key={id} id={id} caption={caption} note={notes[id]} />
      ))}
    </div>
  )
}

/** An item as it was found and as it is said to be now. */
export const BeforeAndAfter = ({ item }: { item: NoticeItem }) => (
  <div className="side-by-side">
    <div>
      <span className="tiny muted">整改前</span>
      <FiledPhotos ids={item.photos} caption={`整改前：${item.text}`} />
    </div>
    <div>
      <span className="tiny muted">整改后</span>
      <FiledPhotos ids={photosAfter(item)} caption={`整改后：${item.text}`} />
    </div>
  </div>
)

interface FiledPhotosProps {
  ids: readonly string[]
  /** What they show, read aloud in place of the pictures. */
  caption: string
  /** A line below a photograph, by its id. */
  notes?: Record<string, ReactNode>
}

function FiledPhoto({ id, caption, note }: { id: string; caption: string; note: ReactNode }) {
  // What is stored of a file never changes.
  const facts = useRoute(baseContract.fileFacts, { params: { id } }, { staleTime: Infinity })
  const { takenAt = null, lon = null, lat = null, sha256 = null } = facts.data ?? {}
  return <Photo photo={{ id, caption, takenAt, lon, lat, sha256, note }} />
}
