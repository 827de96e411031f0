import { deviceContract, type Online, onlineShare } from '@plumbline/core/device'
import { useRoute } from '../../kit/api.ts'
import { CountLink, Empty, Failure, Loading } from '../../kit/ui/index.ts'
import './device.css'

const listOf = ({ filter }: Online, more: Record<string, string> = {}) =>
  `/devices?${new URLSearchParams({ ...filter, ...more })}`

/** 设备在线率 (IOT-06) of the devices that were once alive: by town, by kind; each count opens its devices. */
export function OnlineRates() {
  const rates = useRoute(deviceContract.online, {}, { refetchInterval: 60_000 })
  if (rates.error) return <Failure error={rates.error} again={() => void rates.refetch()} />
  if (!rates.data) return <Loading />
  const { total, town, kind } = rates.data
  if (total.devices === 0) return <Empty>没有已接入的设备</Empty>
  return (
    <>
      <table className="plain num">
        <thead>
          <tr>
            <th>镇街、类别</th>
            <th>已接入</th>
            <th>在线</th>
            <th>离线，已说明</th>
            <th>在线率</th>
          </tr>
        </thead>
        <tbody>
          {[total, ...town, ...kind].map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              <td>
                <CountLink value={row.devices} to={listOf(row)} label={`${row.label}已接入的设备`} />
              </td>
              <td>
                <CountLink value={row.live} to={listOf(row, { freshness: 'live' })} label={`${row.label}在线的设备`} />
              </td>
              <td>
                <CountLink
                  value={row.explained}
                  to={listOf(row, { explained: 'true' })}
                  label={`${row.label}已说明离线原因的设备`}
                />
              </td>
              <td>{sayShare(onlineShare(row))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="device-note tiny muted">在线率 = 在线 ÷（已接入 − 离线且在说明期内）。待接入的设备另列。</p>
    </>
  )
}

const sayShare = (share: number | null) => (share === null ? '—' : `${share.toFixed(1)}%`)
