import { inspectionContract as contract, inspectionKinds, subjects } from '@plumbline/core/inspection'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { Empty, Failure, Loading, StateTag, When } from '../../kit/ui/index.ts'
import './inspection.css'

const shownFirst = 8

/** 检查记录 of a project, the latest first; every kind feeds this one history. */
export function ProjectInspections({ id }: { id: string }) {
  const session = useSession()
  const { data, error, refetch } = useRoute(contract.ofProject, { params: { id } })
  if (!data) return error ? <Failure error={error} again={() => void refetch()} /> : <Loading />
  return (
    <>
      {data.rows.length === 0 && <Empty>还没有检查记录。</Empty>}
      <ul className="visit-list">
        {data.rows.slice(0, shownFirst).map((row) => (
          <li key={row.id}>
            <Link to={`/inspection/${row.id}`}>{row.number ?? `${inspectionKinds[row.kind]}（未编号）`}</Link>
            <StateTag label={row.stateLabel} open={row.state === 'draft' || row.state === 'submitted'} />
            <span className="tiny muted num">
              {inspectionKinds[row.kind]} · {subjects[row.subject]} · <When at={row.visitedAt} /> ·{' '}
              {row.officers.join('、')} · 问题 {row.findings}
            </span>
          </li>
        ))}
      </ul>
      <p className="card-body panel-links">
        {data.rows.length > shownFirst && (
          <Link to={`/inspections?projectId=${id}`}>全部 {data.rows.length} 次检查</Link>
        )}
        {mayOpen(session, 'rectification.order') && <Link to={`/inspections/new?project=${id}`}>开始检查</Link>}
      </p>
    </>
  )
}

/** INS-21: each subject and when it was last looked at; what was never looked at says so. */
export function ProjectCoverage({ id }: { id: string }) {
  const { data, error, refetch } = useRoute(contract.ofProject, { params: { id } })
  if (!data) return error ? <Failure error={error} again={() => void refetch()} /> : <Loading />
  return (
    <>
      <table className="plain num">
        <thead>
          <tr>
            <th>类别</th>
            <th>最近一次检查</th>
            <th>次数</th>
          </tr>
        </thead>
        <tbody>
          {data.coverage.map(({ subject, last, count }) => (
            <tr key={subject}>
              <td>{subjects[subject]}</td>
              <td>
                {last ? (
                  <Link to={`/inspection/${last.id}`}>
                    <When at={last.visitedAt} day /> {inspectionKinds[last.kind]}
                  </Link>
                ) : (
                  <span className="muted">从未检查</span>
                )}
              </td>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.kinds.length > 0 && (
        <p className="tiny muted num card-body">
          {data.kinds.map(({ kind, count }) => `${inspectionKinds[kind]} ${count} 次`).join(' · ')}
        </p>
      )}
    </>
  )
}
