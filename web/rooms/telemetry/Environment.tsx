import {
  sayValue as sayAlarmValue,
  type SiteDevice,
  type SuspectDay,
  telemetryContract,
} from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { Empty, Failure, Loading } from '../../kit/ui/index.ts'
import { Doubted } from './credibility/Doubted.tsx'
import { useDoubted } from './credibility/doubt.ts'
import './telemetry.css'
import { AlarmState, FreshnessTag, sayValue } from './words.tsx'

/** The quantities a project's panel names; all of them stand on the device's page. */
const shown = ['a34004', 'a34002', 'a34001', 'LA', 'SB1']

/** 环境监测 on the page of a project, at the desk and on the phone. */
export function Environment({ id }: { id: string }) {
  const site = useRoute(telemetryContract.environment, { params: { id } }, { refetchInterval: 10_000 })
  const doubted = useDoubted(id).data?.rows ?? []
  if (site.error && !site.data) return <Failure error={site.error} again={() => void site.refetch()} />
  if (!site.data) return <Loading />
  const { devices, alarms } = site.data
  if (devices.length === 0) return <Empty>本项目还没有登记监测设备。</Empty>
  return (
    <>
      {alarms.map((alarm) => (
        <p key={alarm.id} className="telemetry-alarm">
          <AlarmState alarm={alarm} />{' '}
          <Link className="num" to={`/alarm/${alarm.id}`}>
            {alarm.deviceName} {sayAlarmValue(alarm)}
          </Link>
        </p>
      ))}
      {alarms.length > 1 && (
        <p className="telemetry-note">
          <Link to={`/alarms?open=true&projectId=${id}`}>本项目尚未解除的全部报警</Link>
        </p>
      )}
      <ul className="rows">
        {devices.map((device) => (
          <Line key={device.id} device={device} doubt={doubted.find(({ deviceId }) => deviceId === device.id)} />
        ))}
      </ul>
    </>
  )
}

interface LineProps {
  device: SiteDevice
  doubt: SuspectDay | undefined
}

function Line({ device, doubt }: LineProps) {
  const known = device.latest.filter(({ value }) => value !== null)
  const named = known.filter(({ quantity }) => shown.includes(quantity))
  // A turnstile or a crane measures none of these: the first of what it does measure.
  const values = named.length > 0 ? named : known.slice(0, 4)
  return (
    <li>
      <FreshnessTag freshness={device.freshness} />
      <div>
        <Link className="title" to={`/device/${device.id}`}>
          {device.name}
        </Link>
        {doubt && <Doubted day={doubt} />}
        <div className={doubt ? 'telemetry-values credibility-doubted' : 'telemetry-values'}>
          {values.map((one) => (
            <span key={one.quantity} className={one.freshness === 'live' ? 'num' : 'num muted'}>
              <span className="tiny muted">{one.name}</span> {sayValue(one.quantity, one.value, one.unit)}
              {one.freshness !== 'live' && <span className="tiny">（中断）</span>}
            </span>
          ))}
          {values.length === 0 && <span className="tiny muted">还没有收到数值</span>}
        </div>
      </div>
    </li>
  )
}
