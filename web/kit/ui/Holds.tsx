import type { HoldView } from '@plumbline/core/base'
import { Link } from 'react-router'
import { sayClause } from '../clause.ts'
import { caseLink } from './CaseList.tsx'
import { Tag } from './Tags.tsx'
import { When } from './When.tsx'

export const effectWords: Record<string, string> = {
  new_business: '不得办理新业务',
  new_project: '不得登记新项目',
  draw: '不列入抽取',
  entry: '不得进场',
}

/** 锁定: on top and plain: what is forbidden, by which clause, for which item, and the case that must be closed first. */
export function Holds({ holds }: { holds: readonly HoldView[] }) {
  if (holds.length === 0) return null
  return (
    <section className="card holds" aria-label="锁定">
      {holds.map((hold) => (
        <div key={hold.id}>
          <p>
            <Tag tone="red">锁定</Tag> <b>{effectWords[hold.effect] ?? hold.effect}</b>
            ，自 <When at={hold.placedAt} />
            ，事项{' '}
            <Link to={caseLink({ room: hold.room, id: hold.caseId })}>
              {[hold.title, hold.number].filter(Boolean).join(' ')}
            </Link>
          </p>
          <p className="tiny">
            {hold.item}。依据 {sayClause(hold.clause)}
          </p>
        </div>
      ))}
    </section>
  )
}
