import { useState } from 'react'
import { ApiError, newRequestId } from './api.ts'

/**
 * Carries out one thing that must happen once. Without an answer it may have happened: the request keeps its id, so that
 * trying again is harmless. Rejects with what is kept as `error`.
 */
export function useAttempt() {
  const [requestId, setRequestId] = useState(newRequestId)
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const attempt = async (carryOut: (requestId: string) => Promise<unknown>): Promise<void> => {
    setPending(true)
    setError(null)
    try {
      await carryOut(requestId)
      setRequestId(newRequestId())
    } catch (caught) {
      const refusal = caught instanceof ApiError ? caught : new ApiError(0, 'internal', 'internal')
      if (refusal.kind !== 'network') setRequestId(newRequestId())
      setError(refusal)
      throw refusal
    } finally {
      setPending(false)
    }
  }
  return { attempt, pending, error }
}
