import { statisticsContract } from '@plumbline/core/telemetry'
import { useRoute } from '../../../kit/api.ts'
import { Empty, Loaded } from '../../../kit/ui/index.ts'
import { Figure, rowsAt, sayDays, sayShare } from './parts.tsx'

/** 能耗 of a project (ENG-01): what each meter used, and which part of it at night. */
export function Energy({ projectId }: { projectId: string }) {
  const found = useRoute(statisticsContract.energy, { params: { id: projectId }, query: {} })
  return (
    <Loaded found={found}>
      {({ meters, from, until }) => {
        if (meters.length === 0) return <Empty>{sayDays(from, until)} 没有水电表读数。</Empty>
        const to = rowsAt('energy', { projectId, from, until })
        return (
          <table className="plain num">
            <thead>
              <tr>
                <th>表计</th>
                <th>用量</th>
                <th>夜间</th>
                <th>夜间占比</th>
              </tr>
            </thead>
            <tbody>
              {meters.map(({ deviceId, deviceName, quantity, name, unit, total, night, nightShare }) => (
                <tr key={`${deviceId} ${quantity}`}>
                  <th scope="row">
                    {deviceName} {name}
                  </th>
                  <td>
                    <Figure text={`${total.toFixed(1)} ${unit}`} to={to} label={`${deviceName}用量`} />
                  </td>
                  <td>
                    {night.toFixed(1)} {unit}
                  </td>
                  <td>{sayShare(nightShare === null ? null : nightShare * 100)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }}
    </Loaded>
  )
}
