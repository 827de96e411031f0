import { type SiteDevice, telemetryContract } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { Empty, Failure, Loading } from '../../kit/ui/index.ts'
import './telemetry.css'
import { AlarmState, FreshnessTag, sayValue } from './words.tsx'

/** The quantities a project's panel names; all of them stand on the device's page. */
const shown = ['a34004', 'a34002', 'a34001', 'LA', 'SB1']

/** 环境监测 on the page of a project. */
export const Environment = ({ id }: { id: string }) => <Site id={id} linked />

/** The same on the phone, which has no page for devices. */
export const FieldEnvironment = ({ id }: { id: string }) => <Site id={id} linked={false} />

function Site({ id, linked }: { id: string; linked: boolean }) {
  const site = useRoute(telemetryContract.environment, { params: { id } }, { refetchInterval: 10_000 })
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
            {alarm.deviceName} {alarm.quantityName} {alarm.value} {alarm.unit}
          </Link>
        </p>
      ))}
      <ul className="rows">
        {devices.map((device) => (
          <Line key={device.id} device={device} linked={linked} />
        ))}
      </ul>
    </>
  )
}

function Line({ device, linked }: { device: SiteDevice; linked: boolean }) {
  const values = device.latest.filter(({ quantity, value }) => shown.includes(quantity) && value !== null)
  return (
    <li>
      <FreshnessTag freshness={device.freshness} />
      <div>
        {linked ? (
          <Link className="title" to={`/device/${device.id}`}>
            {device.name}
          </Link>
        ) : (
          <span className="title">{device.name}</span>
        )}
        <div className="telemetry-values">
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
