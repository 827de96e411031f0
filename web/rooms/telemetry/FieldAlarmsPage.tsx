import { getCause, sayValue, telemetryContract } from '@plumbline/core/telemetry'
import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { TopBar } from '../../field/Shell.tsx'
import { usePages } from '../../kit/api.ts'
import { Empty, Failure, Loading, Section, When } from '../../kit/ui/index.ts'
import './telemetry.css'
import { AlarmState } from './words.tsx'

/** What stands open, newest first, on the phone; of one project where the address names it. */
export function FieldAlarmsPage() {
  const projectId = useSearchParams()[0].get('projectId') ?? undefined
  const pages = usePages(telemetryContract.alarms, { query: { open: 'true', projectId } })
  if (pages.error) return <Failure error={pages.error} again={pages.again} />
  if (pages.isPending) return <Loading />
  return (
    <div className="field-stack">
      <TopBar title="监测报警" note="尚未解除" back={projectId ? `/project/${projectId}` : '/'} />
      <Section title="预警（自动监测）">
        {pages.rows.length === 0 && <Empty>没有尚未解除的报警。</Empty>}
        <ul className="rows telemetry-open">
          {pages.rows.map((alarm) => (
            <li key={alarm.id}>
              <AlarmState alarm={alarm} />
              <div>
                <Link className="title num" to={`/alarm/${alarm.id}`}>
                  {alarm.deviceName} {sayValue(alarm)}
                </Link>
                <div className="tiny muted">
                  {alarm.projectName} · {getCause(alarm.cause).title} · <When at={alarm.raisedAt} />
                </div>
              </div>
            </li>
          ))}
        </ul>
      </Section>
      {pages.more && (
        <Button onClick={pages.more} loading={pages.loadingMore}>
          更多
        </Button>
      )}
    </div>
  )
}
