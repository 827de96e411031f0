import { type Dispatch, dispatchContract } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { mayOpen, useSession } from '../../../kit/session.tsx'
import { Empty, Failure, Loading, Section, When } from '../../../kit/ui/index.ts'
import { DispatchTag } from './dispatch-parts.tsx'

/** 洒水车 on the page of a project: the last calls, and the way to a new one. */
export function ProjectDispatches({ id }: { id: string }) {
  const session = useSession()
  const found = useRoute(dispatchContract.list, { query: { projectId: id, limit: 5 } }, { refetchInterval: 30_000 })
  if (found.error && !found.data) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { rows } = found.data
  return (
    <>
      {rows.length === 0 ? <Empty>没有调派过洒水车。</Empty> : <Calls rows={rows} />}
      {mayOpen(session, 'device.act') && (
        <p className="card-body">
          <Link to={`/dispatches/new?project=${id}`}>调派洒水车</Link>
        </p>
      )}
    </>
  )
}

/** Calls that rest on an alarm of dust, and the way to one more. */
export function AlarmDispatches({ alarmId, projectId }: { alarmId: string; projectId: string }) {
  const session = useSession()
  const found = useRoute(dispatchContract.list, { query: { alarmId, limit: 5 } })
  const rows = found.data?.rows ?? []
  const may = mayOpen(session, 'device.act')
  if (rows.length === 0 && !may) return null
  return (
    <Section title="洒水车" note="现场没有喷淋，或者喷淋未能压降时调派">
      {rows.length > 0 && <Calls rows={rows} />}
      {may && (
        <p className="card-body">
          <Link to={`/dispatches/new?project=${projectId}&alarm=${alarmId}`}>调派洒水车</Link>
        </p>
      )}
    </Section>
  )
}

const Calls = ({ rows }: { rows: readonly Dispatch[] }) => (
  <ul className="rows">
    {rows.map(({ id, plate, state, unit, called }) => (
      <li key={id}>
        <DispatchTag state={state} />
        <div>
          <Link className="title" to={`/dispatch/${id}`}>
            {plate}
          </Link>
          <div className="tiny muted">
            {unit} · {called.name} <When at={called.at} />
          </div>
        </div>
      </li>
    ))}
  </ul>
)
