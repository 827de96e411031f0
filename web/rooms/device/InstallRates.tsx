import { deviceContract, type Installed } from '@plumbline/core/device'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { CountLink, Empty, Failure, Loading } from '../../kit/ui/index.ts'
import './device.css'

const projectsOf = ({ filter }: Installed) => `/projects?${new URLSearchParams(filter as Record<string, string>)}`

/** 扬尘监测设备安装率 of the projects under way that must have one (PRJ-20): by town, by class, and who is without. */
export function InstallRates() {
  const rates = useRoute(deviceContract.installed, {})
  if (rates.error) return <Failure error={rates.error} again={() => void rates.refetch()} />
  if (!rates.data) return <Loading />
  const { total, town, tag, lacking, more } = rates.data
  if (total.obliged === 0) return <Empty>没有应设扬尘监测的在建项目</Empty>
  return (
    <>
      <table className="plain num">
        <thead>
          <tr>
            <th>镇街、类别</th>
            <th>应设</th>
            <th>已接入</th>
            <th>安装率</th>
          </tr>
        </thead>
        <tbody>
          {[total, ...town, ...tag].map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              <td>
                <CountLink value={row.obliged} to={projectsOf(row)} label={`${row.label}应设扬尘监测的项目`} />
              </td>
              <td>{row.equipped}</td>
              <td>{`${((row.equipped / row.obliged) * 100).toFixed(1)}%`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <details className="device-lacking">
        <summary>
          尚未接入的项目（{total.obliged - total.equipped}）{more && `，以下列出前 ${lacking.length} 个`}
        </summary>
        <ul>
          {lacking.map(({ id, name, town: place }) => (
            <li key={id}>
              <Link to={`/project/${id}`}>{name}</Link> <span className="tiny muted">{place}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}
