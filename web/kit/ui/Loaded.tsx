import type { ComponentType, ReactNode } from 'react'
import { Loading } from './Loading.tsx'
import { type FailedProps, PageFailure } from './PageFailure.tsx'

export interface LoadedProps<T> {
  /** What useRoute answers. */
  found: { data: T | undefined; error: unknown; refetch: () => unknown }
  /** How the phone says that there is nothing to show; the console's way without it. */
  Failed?: ComponentType<FailedProps>
  children: (data: T) => ReactNode
}

/** The frame of a page about one thing that is read: being read, not to be shown, or there. What is there stays when it is read anew. */
export function Loaded<T>({ found, Failed = PageFailure, children }: LoadedProps<T>) {
  if (found.data !== undefined) return children(found.data)
  return found.error ? <Failed error={found.error} again={() => void found.refetch()} /> : <Loading />
}
