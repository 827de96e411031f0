import type { CaseRow } from '@plumbline/core/workflow'
import { Link } from 'react-router'
import { DueBadge, StateTag, Tag, tierWords } from './Tags.tsx'

/** The page of a case: every room serves its own below its name. */
export const caseLink = ({ room, id }: Pick<CaseRow, 'room' | 'id'>) => `/${room}/${id}`

/** Many titles end with the project's name; it is not said twice. */
const saysProject = ({ title, projectName }: CaseRow) => projectName !== null && title.includes(projectName)

/** The tiers are steps of the ladder of legal orders; an alarm has but its level. */
const loudness = ({ room, tier }: CaseRow) => (room === 'alarm' ? (tier === 'red' ? '报警' : '预警') : tierWords[tier])

/** Cases of any room in the order given: how urgent, which, in what state. */
export function CaseList({ rows }: { rows: readonly CaseRow[] }) {
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.id}>
          {row.tier === 'calm' ? (
            row.open && row.due ? (
              <DueBadge due={row.due} />
            ) : (
              <span />
            )
          ) : (
            <Tag tone={row.tier}>{loudness(row)}</Tag>
          )}
          <div>
            <Link className="title" to={caseLink(row)}>
              {row.title}
            </Link>
            <div className="tiny muted num">
              {[row.number, saysProject(row) ? null : row.projectName].filter(Boolean).join(' · ')}
            </div>
          </div>
          <StateTag label={row.stateLabel} open={row.open} />
        </li>
      ))}
    </ul>
  )
}
