import type { Permission } from '@plumbline/core/access'
import { sessionContract, type SessionView } from '@plumbline/core/base'
import { type AnyRoute, type Day, dayOf, type Request } from '@plumbline/core/kit'
import { type Query, useMutation, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { type ApiError, call, keyOf, useRoute } from './api.ts'
import { Loading } from './ui/Loading.tsx'
import { PageFailure } from './ui/PageFailure.tsx'

/** A session somebody has signed in to. */
export type SignedIn = SessionView & { person: NonNullable<SessionView['person']> }

const SessionContext = createContext<SignedIn | undefined>(undefined)

/** Who is signed in, in which capacity. Only below a Guard. */
export function useSession(): SignedIn {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession stands outside a Guard')
  return session
}

/** Whether a door is worth drawing: the server told what the present capacity may, and decides again when it is opened. */
export const mayOpen = (session: Pick<SessionView, 'permissions'>, permission: Permission | undefined): boolean =>
  permission === undefined || session.permissions.includes(permission)

/** Draws the pages to somebody signed in, else the way in, at the same address so that nothing is lost. */
export function Guard({ signIn, children }: { signIn: (session: SessionView) => ReactNode; children: ReactNode }) {
  const session = useRoute(sessionContract.session, {}, { staleTime: 60_000 })
  if (session.isPending) return <Loading />
  if (!session.data)
    return (
      <main className="page-alone">
        <PageFailure error={session.error} again={() => void session.refetch()} />
      </main>
    )
  const { person } = session.data
  if (!session.data.signedIn || !person) return signIn(session.data)
  // Another person or capacity starts every page anew: no filter, no half-filled form passes over.
  const who = `${person.id} ${session.data.appointment?.id ?? ''}`
  return (
    <SessionContext key={who} value={{ ...session.data, person }}>
      {children}
    </SessionContext>
  )
}

/**
 * Sends what changes who is here: signing in, out, another capacity. All that was read before is forgotten, in the
 * hook itself: the page that asked is often gone by the time the answer comes.
 */
export function useSessionChange<R extends AnyRoute>(route: R) {
  const client = useQueryClient()
  return useMutation<unknown, ApiError, Request<R, 'in'>>({
    mutationFn: (ask) => call(route, ask),
    onSuccess: async () => {
      const fresh = await call(sessionContract.session, {})
      const others = { predicate: (query: Query) => query.queryKey[0] !== sessionContract.session.path }
      client.removeQueries({ type: 'inactive', ...others })
      client.setQueryData(keyOf(sessionContract.session, {}), fresh)
      await client.resetQueries(others)
    },
  })
}

/** The legal day of now. */
export const useToday = (): Day => dayOf(useLegalNow())

/** The legal clock, running on from what the server last told; the machine's own clock only measures the distance. */
export function useLegalNow(): Date {
  const told = useSession().now
  const [at, setAt] = useState(() => ({ told, since: performance.now() }))
  const [, tick] = useState(0)
  if (at.told !== told) setAt({ told, since: performance.now() })
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 15_000)
    return () => clearInterval(timer)
  }, [])
  return new Date(Date.parse(told) + (performance.now() - at.since))
}
