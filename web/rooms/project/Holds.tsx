import type { HoldView } from '@plumbline/core/base'
import { Link } from 'react-router'
import { sayClause } from '../../kit/clause.ts'
import { Tag, When } from '../../kit/ui/index.ts'
import './project.css'
import { holdWords } from './words.ts'

/** 锁定: on top and plain: what is forbidden, by which clause, for which item, and the case that must be closed first. */
export function Holds({ holds }: { holds: readonly HoldView[] }) {
  if (holds.length === 0) return null
  return (
    <section className="card project-holds" aria-label="锁定">
      {holds.map((hold) => (
        <div key={hold.id}>
          <p>
            <Tag tone="red">锁定</Tag> <b>{holdWords[hold.effect] ?? hold.effect}</b>
            ，自 <When at={hold.placedAt} />
            ，事项 <HeldBy hold={hold} />
          </p>
          <p className="tiny">
            {hold.item}。依据 {sayClause(hold.clause)}
          </p>
        </div>
      ))}
    </section>
  )
}

function HeldBy({ hold }: { hold: HoldView }) {
  const words = [hold.title, hold.number].filter(Boolean).join(' ')
  return <Link to={`/search?q=${encodeURIComponent(hold.number ?? hold.title)}`}>{words}</Link>
}
