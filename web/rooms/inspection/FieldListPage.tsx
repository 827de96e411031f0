import { inspectionContract as contract, inspectionKinds, subjects } from '@plumbline/core/inspection'
import { Link } from 'react-router'
import { TopBar } from '../../field/Shell.tsx'
import { usePages } from '../../kit/api.ts'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { Empty, Failure, Loading, Section, StateTag, When } from '../../kit/ui/index.ts'
import './inspection.css'

/** 检查 on the phone: the latest first; one that is still being filled in goes on where it was left. */
export function FieldListPage() {
  const session = useSession()
  const { rows, isPending, error, again, more } = usePages(contract.list, { query: { limit: 20 } })
  return (
    <div className="field-stack">
      <TopBar title="监督检查" />
      {mayOpen(session, 'rectification.order') && (
        <Link className="big-link" to="/inspections/new">
          开始检查
        </Link>
      )}
      <Section title="检查记录" note="最近的在前">
        {error && <Failure error={error} again={again} />}
        {isPending && !error && <Loading />}
        {!isPending && !error && rows.length === 0 && <Empty>还没有检查记录。</Empty>}
        <ul className="visit-list">
          {rows.map((row) => (
            <li key={row.id}>
              <Link
                to={`/inspection/${row.id}${row.state === 'draft' && mayOpen(session, 'rectification.order') ? '/fill' : ''}`}
              >
                {row.projectName}
              </Link>
              <StateTag label={row.stateLabel} open={row.state === 'draft' || row.state === 'submitted'} />
              <span className="tiny muted num">
                {inspectionKinds[row.kind]} · {subjects[row.subject]} · <When at={row.visitedAt} /> · 问题{' '}
                {row.findings}
              </span>
            </li>
          ))}
        </ul>
        {more && (
          <p className="empty">
            <button type="button" className="quiet" onClick={more}>
              更多
            </button>
          </p>
        )}
      </Section>
    </div>
  )
}
