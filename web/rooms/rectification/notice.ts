import type { NoticeItem, NoticeView, Track } from '@plumbline/core/rectification'
import { createContext, useContext } from 'react'

const NoticeContext = createContext<NoticeView | undefined>(undefined)
export const NoticeProvider = NoticeContext.Provider

/** The notice of the page, for the forms of its steps: they are drawn in a dialog, not handed the record. */
export function useNotice(): NoticeView {
  const view = useContext(NoticeContext)
  if (!view) throw new Error('useNotice stands outside a notice page')
  return view
}

/** An item with how it stands today. The server sends one track for each item. */
export const trackOf = ({ tracks }: NoticeView, item: NoticeItem): Track | undefined =>
  tracks.find(({ itemId }) => itemId === item.id)

/** Photographs that show an item put right: those of the last reply. Earlier ones stand in its history. */
export const photosAfter = (item: NoticeItem): readonly string[] => item.rounds.at(-1)?.reply.photos ?? []
