import { sessionContract } from '@plumbline/core/base'
import type { AnyRoute, Reply, Request } from '@plumbline/core/kit'
import { type Gateways, startGateways } from '../../server/gateways/index.ts'
import { type Desk, openDesk } from '../../server/rooms/rectification/testing.ts'
import type { MatrixRole } from './expected.ts'

/** The cast at its desks, and the doors by which anything is brought into any state. */
export interface World extends Desk {
  gateway: Gateways
  /** Where the house listens, for what no injected request can carry. */
  url: string
  cookieOf(role: MatrixRole): string | null
  /** Opens a further session of a role. */
  signIn(role: MatrixRole): Promise<string | null>
  /** A request that must succeed. */
  ask<R extends AnyRoute>(cookie: string | null, route: R, ask: Partial<Request<R, 'in'>>): Promise<Reply<R>>
  /** The next number of a kind, from 101: for codes that nobody bears yet. */
  next(kind: 'login' | 'mn' | 'org' | 'person' | 'phone' | 'project' | 'rule' | 'timer' | 'year'): number
  end(): Promise<void>
}

/** That of the administrator, as the cast enters him. */
export const adminPassword = 'a long enough password'

export async function openWorld(): Promise<World> {
  const desk = await openDesk()
  const { house, cast } = desk
  const gateway = await startGateways(house)
  const url = await house.http.listen({ host: '127.0.0.1', port: 0 })
  const serials = new Map<string, number>()
  return {
    ...desk,
    gateway,
    url,
    cookieOf: (role) => (role === 'guest' ? null : cast[role]),
    signIn: async (role) => {
      if (role === 'guest') return null
      const answer =
        role === 'admin'
          ? await house.call(null, sessionContract.signIn, { body: { login: 'admin', password: adminPassword } })
          : await house.call(null, sessionContract.demoSignIn, { body: { key: role } })
      if (!answer.cookie) throw new Error(`${role} was not signed in: ${JSON.stringify(answer.body)}`)
      return answer.cookie
    },
    ask: async (cookie, route, ask) => {
      const { status, body } = await house.call(cookie, route, ask)
      if (status !== 200) throw new Error(`${route.path} was refused: ${status} ${JSON.stringify(body)}`)
      return body
    },
    next: (kind) => {
      const serial = (serials.get(kind) ?? 100) + 1
      serials.set(kind, serial)
      return serial
    },
    end: async () => {
      await gateway.stop()
      await house.close()
    },
  }
}
