import { sayInstant } from '@plumbline/core/kit'
import type { FindingView } from '@plumbline/core/telemetry'
import './credibility.css'

/** What speaks against a day, each with its hours and its reasons. */
export function Findings({ findings }: { findings: readonly FindingView[] }) {
  if (findings.length === 0) return <p className="muted">没有发现疑点。</p>
  return (
    <ul className="credibility-findings">
      {findings.map((one) => (
        <li key={`${one.kind} ${one.quantity} ${one.from}`}>
          <b>{one.title}</b>
          {one.quantity && <span>{one.quantity}</span>}
          <span className="num muted">{sayStretch(one)}</span>
          <ul>
            {one.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

/** 10:05 至 13:00 of the day shown. */
const sayStretch = ({ from, until }: FindingView): string =>
  `${sayInstant(new Date(from)).slice(11)} 至 ${sayInstant(new Date(until)).slice(11)}`
