import { partyRoles, projectContract } from '@plumbline/core/project'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { Empty, Failure, Loading, StateTag, TierTag } from '../../kit/ui/index.ts'
import { filterLink } from './filter.ts'

const most = 20

/** The projects in which an enterprise takes part, as far as the reader sees them. */
export function OrgProjects({ id }: { id: string }) {
  const found = useRoute(projectContract.list, { query: { org: id, limit: most } })
  if (found.error) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { rows, next } = found.data
  if (rows.length === 0) return <Empty>在您的管辖范围内没有参建项目</Empty>
  return (
    <>
      <ul className="rows">
        {rows.map((row) => (
          <li key={row.id}>
            <StateTag label={row.stateLabel} open={row.state !== 'completed' && row.state !== 'terminated'} />
            <div>
              <Link className="title" to={`/project/${row.id}`}>
                {row.name}
              </Link>
              <div className="tiny muted">
                {row.parties
                  .filter(({ orgId }) => orgId === id)
                  .map(({ role }) => partyRoles[role])
                  .join('、')}
                {` · ${row.town}`}
              </div>
            </div>
            {row.tier === 'calm' ? <span /> : <TierTag tier={row.tier} />}
          </li>
        ))}
      </ul>
      {next && (
        <p className="empty">
          <Link to={filterLink({ org: id })}>全部项目</Link>
        </p>
      )}
    </>
  )
}
