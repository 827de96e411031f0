import type { Inspection, InspectionView } from '@plumbline/core/inspection'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ApiError } from '../../kit/api.ts'
import { type DraftStatus, statusOf } from './draft.ts'
import { type Keeper, openKeeper } from './keeper.ts'

export interface Draft extends Pick<Keeper, 'change' | 'flush' | 'keepMine' | 'takeTheirs'> {
  /** The record as it is on the screen. */
  record: Inspection
  status: DraftStatus
  trouble: ApiError | null
}

/** A draft of this page, kept saved while it is typed. A save that fails leaves everything on the screen and says so. */
export function useDraft(view: InspectionView): Draft {
  const [keeper] = useState(() => openKeeper(view.record, view.scoring))
  const state = useSyncExternalStore(keeper.subscribe, keeper.state)
  useEffect(() => keeper.attend(), [keeper])
  useEffect(() => keeper.hear(view.record), [keeper, view.record])
  const { change, flush, keepMine, takeTheirs } = keeper
  return {
    record: keeper.record(state),
    status: statusOf(state),
    trouble: state.trouble,
    change,
    flush,
    keepMine,
    takeTheirs,
  }
}
