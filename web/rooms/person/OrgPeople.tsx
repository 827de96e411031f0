import { capacities } from '@plumbline/core/access'
import { personContract } from '@plumbline/core/person'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { Empty, Failure, Loading } from '../../kit/ui/index.ts'

/** The people of an enterprise, as far as the reader sees them. */
export function OrgPeople({ id }: { id: string }) {
  const found = useRoute(personContract.list, { query: { org: id, limit: 50 } })
  if (found.error) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { rows, next } = found.data
  if (rows.length === 0) return <Empty>在您的管辖范围内没有该单位的人员</Empty>
  return (
    <>
      <ul className="rows">
        {rows.map((person) => (
          <li key={person.id}>
            <Link className="title" to={`/person/${person.id}`}>
              {person.name}
            </Link>
            <div className="muted">
              {person.posts
                .map(({ capacity, projectName }) => `${capacities[capacity]}（${projectName}）`)
                .join('、') || '没有在任岗位'}
            </div>
            <span className="num muted">{person.phone}</span>
          </li>
        ))}
      </ul>
      {next && (
        <p className="empty">
          <Link to={`/people?org=${id}`}>全部人员</Link>
        </p>
      )}
    </>
  )
}
