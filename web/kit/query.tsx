import { sessionContract } from '@plumbline/core/base'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiError, keyOf } from './api.ts'

/** A lost connection is tried again; a refusal is an answer and is not. */
const worthTrying = (count: number, error: unknown) =>
  error instanceof ApiError && error.kind === 'network' && count < 2

/** One query client: when the server no longer knows us, the session is asked again and the Guard shows the way in. */
export function makeQueryClient(): QueryClient {
  const askSession = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401)
      void client.invalidateQueries({ queryKey: keyOf(sessionContract.session, {}) })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: askSession }),
    mutationCache: new MutationCache({ onError: askSession }),
    defaultOptions: { queries: { retry: worthTrying, staleTime: 10_000 }, mutations: { retry: false } },
  })
  return client
}

export function Queries({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient)
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
