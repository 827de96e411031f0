import {
  computed,
  type Inspection,
  inspectionContract as contract,
  type ScoringRules,
} from '@plumbline/core/inspection'
import { ApiError, call, newRequestId } from '../../kit/api.ts'
import {
  acknowledged,
  begun,
  changed,
  type Changes,
  type DraftState,
  failed,
  heard,
  mayBegin,
  mayRepeat,
  mineOver,
  opened,
  shown,
  statusOf,
} from './draft.ts'

/** A pause in typing after which the draft is saved, and the pause before a lost save is tried again. */
const typingPause = 1_200
const retryPause = 5_000

/** Keeps one draft saved while it is typed. It outlives a render, so that an upload that ends late writes to what is there then. */
export interface Keeper {
  state: () => DraftState
  subscribe: (listener: () => void) => () => void
  /** The record with score and points computed as the server will. */
  record: (state: DraftState) => Inspection
  change: (edit: (record: Inspection) => Changes) => void
  /** Saves what is open and answers the revision that then stands; rejects with ApiError when it cannot. */
  flush: () => Promise<number>
  /** What the server has now, told by the live stream. */
  hear: (record: Inspection) => void
  keepMine: () => Promise<void>
  takeTheirs: () => Promise<void>
  /** Stands while the page does; leaving sends what is open once more. */
  attend: () => () => void
}

const asApiError = (error: unknown) => (error instanceof ApiError ? error : new ApiError(0, 'internal', 'internal'))

export function openKeeper(first: Inspection, scoring: ScoringRules): Keeper {
  const { id } = first
  const listeners = new Set<() => void>()
  let state = opened(first)
  let attended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined

  const put = (next: DraftState) => {
    state = next
    clearTimeout(timer)
    if (attended && !running && (mayBegin(state) || mayRepeat(state)))
      timer = setTimeout(() => void save(), mayRepeat(state) ? retryPause : typingPause)
    for (const listener of listeners) listener()
  }
  const send = async () => {
    if (!state.sending) return
    try {
      const { requestId, input } = state.sending
      const reply = await call(contract.act, { params: { id }, body: { requestId, action: 'save', input } as never })
      running = undefined
      put(acknowledged(state, reply.record))
    } catch (error) {
      running = undefined
      put(failed(state, asApiError(error)))
    }
  }
  const save = () => {
    if (running) return running
    if (mayBegin(state)) put(begun(state, newRequestId()))
    clearTimeout(timer)
    running = send()
    return running
  }
  const flush = async (): Promise<number> => {
    await running
    if (statusOf(state) !== 'saved') await save()
    if (state.trouble) throw state.trouble
    // Typed while the last save was on its way.
    return statusOf(state) === 'saved' ? state.base.revision : flush()
  }
  const record = (of: DraftState) => computed(shown(of), scoring)
  const newest = async () => (await call(contract.get, { params: { id } })).record
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    record,
    change: (edit) => put(changed(state, edit(record(state)))),
    flush,
    hear: (told) => {
      const next = heard(state, told)
      if (next !== state) put(next)
    },
    keepMine: async () => put(mineOver(state, await newest())),
    takeTheirs: async () => put(opened(await newest())),
    attend: () => {
      attended = true
      const warn = (event: BeforeUnloadEvent) => {
        if (statusOf(state) !== 'saved') event.preventDefault()
      }
      window.addEventListener('beforeunload', warn)
      return () => {
        attended = false
        clearTimeout(timer)
        window.removeEventListener('beforeunload', warn)
        if (mayBegin(state)) void save()
      }
    },
  }
}
