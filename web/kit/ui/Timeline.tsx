import type { ActLine } from '@plumbline/core/workflow'
import { Link } from 'react-router'
import { Empty } from './Empty.tsx'
import { When } from './When.tsx'

/** An act as 经过 shows it; `proof` is its leaf in the evidence log, where there is one. */
export type ActShown = ActLine & { proof?: { label: string; to: string } }

/** Who did it: 监督员 林远舟; a timer is 系统 alone. */
const sayActor = ({ capacity, capacityLabel, actorName }: ActLine) =>
  capacity === 'system' ? actorName : `${capacityLabel} ${actorName}`

/** 经过: the acts of a case, the newest on top, in whatever order they came. */
export function Timeline({ acts }: { acts: readonly ActShown[] }) {
  if (acts.length === 0) return <Empty>还没有办理经过</Empty>
  const newestFirst = acts.toSorted((one, other) => other.id - one.id)
  return (
    <ol className="acts">
      {newestFirst.map((act) => (
        <li key={act.id}>
          <When at={act.doneAt} />
          <p>
            {sayActor(act)} <b>{act.label}</b>
            {act.note && <span>，{act.note}</span>}
          </p>
          {act.proof && (
            <Link className="tiny num" to={act.proof.to}>
              {act.proof.label}
            </Link>
          )}
        </li>
      ))}
    </ol>
  )
}
