import { type Pour, pourContract } from '@plumbline/core/danger-work'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { useSession } from '../../kit/session.tsx'
import { Empty, Failure, Loading, Section, When } from '../../kit/ui/index.ts'
import { PourTag, sayPlan } from './words.tsx'

/** Pour orders of a project, the latest plan first. */
export function ProjectPours({ id }: { id: string }) {
  const { appointment } = useSession()
  const pours = useRoute(pourContract.list, { query: { projectId: id, limit: 10 } })
  if (pours.error && !pours.data) return <Failure error={pours.error} again={() => void pours.refetch()} />
  if (!pours.data) return <Loading />
  const { rows } = pours.data
  return (
    <>
      {rows.length === 0 ? <Empty>本项目还没有浇筑令。</Empty> : <Pours rows={rows} />}
      {appointment?.capacity === 'project_manager' && (
        <p className="card-body">
          <Link to={`/pours/new?projectId=${id}`}>申请浇筑令</Link>
        </p>
      )}
    </>
  )
}

/** The pours that a device of high formwork watches and that are not over; nothing of other devices. */
export function DevicePours({ id }: { id: string }) {
  const pours = useRoute(pourContract.list, { query: { deviceId: id, open: 'true', limit: 10 } })
  const rows = pours.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Section title="混凝土浇筑令" note="由此设备监测">
      <Pours rows={rows} />
    </Section>
  )
}

const Pours = ({ rows }: { rows: readonly Pour[] }) => (
  <ul className="rows">
    {rows.map((pour) => (
      <li key={pour.id}>
        <PourTag state={pour.state} />
        <div>
          <Link className="title" to={`/pour/${pour.id}`}>
            {pour.zone}
          </Link>
          <div className="tiny muted num">
            {pour.startedAt ? (
              <>
                开始 <When at={pour.startedAt} />
              </>
            ) : (
              `计划 ${sayPlan(pour)}`
            )}
          </div>
        </div>
      </li>
    ))}
  </ul>
)
