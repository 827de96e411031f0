import { sessionContract } from '@plumbline/core/base'
import { sayInstant } from '@plumbline/core/kit'
import { newRequestId, useSend } from '../kit/api.ts'
import { sentenceFor } from '../kit/rules.zh.ts'
import { useLegalNow } from '../kit/session.tsx'

/** The legal clock of a demo county. It moves forward only; what falls due on the way is carried out. */
export function DemoClock() {
  const now = useLegalNow()
  const move = useSend(sessionContract.clock)
  return (
    <div className="clock">
      <span className="clock-label">演示时钟 </span>
      <time className="num">{sayInstant(now)}</time>
      {[1, 7].map((days) => (
        <button
          key={days}
          type="button"
          disabled={move.isPending}
          onClick={() => move.mutate({ body: { requestId: newRequestId(), days } })}
        >
          +{days} 天
        </button>
      ))}
      {move.isPending && <span role="status">正在推进</span>}
      {move.error && <span role="alert">{sentenceFor(move.error)}</span>}
    </div>
  )
}
