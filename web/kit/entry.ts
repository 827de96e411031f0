import type { AnyRoute, Reply, Request } from '@plumbline/core/kit'
import type { FormInstance } from 'antd'
import { useState } from 'react'
import { type ApiError, newRequestId, useSend } from './api.ts'
import { markFields } from './fields.ts'

type BodyOf<R extends AnyRoute> = Request<R, 'in'> extends { body: infer B } ? Omit<B, 'requestId'> : never

export interface Entry<R extends AnyRoute> {
  enter: (body: BodyOf<R>, onDone: (reply: Reply<R>) => void) => void
  error: ApiError | null
  pending: boolean
}

/**
 * Sends a form that opens something new. Without an answer it may have been opened: the request keeps its id, so that trying
 * again is harmless. What is refused of a field stands at the field; `below` is the path of the form's values in the body.
 */
export function useEntry<R extends AnyRoute, T>(
  route: R,
  form: FormInstance<T>,
  below: string[] = ['input'],
): Entry<R> {
  const [requestId, setRequestId] = useState(newRequestId)
  const send = useSend(route)
  return {
    enter: (body, onDone) =>
      send.mutate({ body: { ...(body as object), requestId } } as Request<R, 'in'>, {
        onSuccess: onDone,
        onError: (error) => {
          if (error.kind !== 'network') setRequestId(newRequestId())
          markFields(form, error, below)
        },
      }),
    error: send.error,
    pending: send.isPending,
  }
}
