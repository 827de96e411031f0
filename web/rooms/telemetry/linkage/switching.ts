import { linkageContract } from '@plumbline/core/telemetry'
import { useState } from 'react'
import { newRequestId, useSend } from '../../../kit/api.ts'

/** Starts and stops one unit of an actuator. What the network lost may have arrived: it is sent again under the same id, which orders nothing twice. */
export function useSwitch(id: string, unit: number) {
  const send = useSend(linkageContract.switch)
  const [requestId, setRequestId] = useState(newRequestId)
  const turn = (on: boolean) =>
    send.mutate(
      { params: { id }, body: { requestId, unit, on } },
      { onSettled: (_, error) => error?.kind !== 'network' && setRequestId(newRequestId()) },
    )
  return { turn, pending: send.isPending, error: send.error, sent: send.isSuccess }
}
