import { HoldView } from '@plumbline/core/base'
import { Link } from 'react-router'
import { z } from 'zod'
import type { ApiError } from '../../kit/api.ts'
import { sayClause } from '../../kit/clause.ts'
import { caseLink, Failure, When } from '../../kit/ui/index.ts'

const Holds = z.array(
  HoldView.pick({ caseId: true, room: true, number: true, title: true, clause: true, item: true, placedAt: true }),
)
type Held = z.infer<typeof Holds>[number]

/** What forbids the submission, paper by paper: number, clause, item, and the way to it. Other refusals as everywhere. */
export function HeldNotice({ error }: { error: ApiError }) {
  const holds = error.rule === 'held' ? Holds.safeParse(error.detail) : undefined
  if (!holds?.success) return <Failure error={error} />
  return (
    <div className="failure permit-held" role="alert">
      <div>
        该项目已被锁定，暂不受理新业务。以下事项办结后自动解除：
        <ul>
          {holds.data.map((hold) => (
            <li key={`${hold.caseId} ${hold.item}`}>
              <HeldBy hold={hold} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

export const HeldBy = ({ hold }: { hold: Held }) => (
  <>
    <Link to={caseLink({ room: hold.room, id: hold.caseId })}>{hold.number ?? hold.title}</Link>：{hold.item}，依据{' '}
    {sayClause(hold.clause)}，
    <When at={hold.placedAt} /> 起
  </>
)
