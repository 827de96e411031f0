import type { Inspection, InspectionContent } from '@plumbline/core/inspection'
import type { ApiError } from '../../kit/api.ts'

export type Changes = Partial<InspectionContent>

/** A draft between the screen and the server. Nothing typed is dropped before the server has answered for it. */
export interface DraftState {
  /** The record as the server last told it. */
  base: Inspection
  /** Typed since the last save began. */
  changes: Changes
  /** On its way: repeated under the same id until there is an answer, so that it counts once. */
  sending: { requestId: string; input: Changes & { revision: number } } | null
  trouble: ApiError | null
}

export const opened = (base: Inspection): DraftState => ({ base, changes: {}, sending: null, trouble: null })

const isEmpty = (changes: Changes) => Object.keys(changes).length === 0

/** What the screen shows: the server's record under everything not yet acknowledged. */
export function shown({ base, changes, sending }: DraftState): Inspection {
  const { revision: _, ...sent } = sending?.input ?? { revision: 0 }
  return { ...base, ...sent, ...changes }
}

/** Typing again is a fresh try after a refusal; a stale draft waits for the officer's decision. */
export const changed = (state: DraftState, part: Changes): DraftState => ({
  ...state,
  changes: { ...state.changes, ...part },
  trouble: isStale(state) || state.trouble?.kind === 'network' ? state.trouble : null,
})

export const isStale = ({ trouble }: DraftState): boolean => trouble?.rule === 'inspection_stale'

/** Whether a save should begin, or one that got no answer be repeated. */
export const mayBegin = (state: DraftState): boolean =>
  state.sending === null && !isEmpty(state.changes) && state.trouble === null
export const mayRepeat = (state: DraftState): boolean => state.sending !== null && state.trouble?.kind === 'network'

export const begun = (state: DraftState, requestId: string): DraftState => ({
  ...state,
  sending: { requestId, input: { ...state.changes, revision: state.base.revision } },
  changes: {},
})

export const acknowledged = (state: DraftState, base: Inspection): DraftState => ({
  ...state,
  base,
  sending: null,
  trouble: null,
})

/** No answer: the same save stays on its way. A refusal: what it carried is typed again, under what came after. */
export function failed(state: DraftState, trouble: ApiError): DraftState {
  if (trouble.kind === 'network' || !state.sending) return { ...state, trouble }
  const { revision: _, ...sent } = state.sending.input
  return { ...state, changes: { ...sent, ...state.changes }, sending: null, trouble }
}

/** Another device saved while nothing was being typed here: its content is taken over. */
export const heard = (state: DraftState, base: Inspection): DraftState =>
  base.revision > state.base.revision && state.sending === null && isEmpty(state.changes) && !state.trouble
    ? { ...state, base }
    : state

/** After a stale save: mine once more, on top of what the other has saved. */
export const mineOver = (state: DraftState, base: Inspection): DraftState => ({ ...state, base, trouble: null })

export type DraftStatus = 'saved' | 'typing' | 'saving' | 'unreachable' | 'stale' | 'refused'

export function statusOf(state: DraftState): DraftStatus {
  if (state.trouble) return isStale(state) ? 'stale' : state.trouble.kind === 'network' ? 'unreachable' : 'refused'
  if (state.sending) return 'saving'
  return isEmpty(state.changes) ? 'saved' : 'typing'
}
