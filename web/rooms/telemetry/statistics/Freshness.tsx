import { statisticsContract } from '@plumbline/core/telemetry'
import { useRoute } from '../../../kit/api.ts'
import { CountLink, Empty, Loaded } from '../../../kit/ui/index.ts'
import { rowsAt, sayShare } from './parts.tsx'

/** 五分钟更新率 by town (ENV-03); the monitors that are not live are one click away. */
export function Freshness() {
  const found = useRoute(statisticsContract.freshness, {}, { refetchInterval: 30_000 })
  return (
    <Loaded found={found}>
      {({ towns, total, minutes }) =>
        total.total === 0 ? (
          <Empty>没有在用的扬尘测点。</Empty>
        ) : (
          <>
            <table className="plain num">
              <thead>
                <tr>
                  <th>镇街</th>
                  <th>测点</th>
                  <th>实时</th>
                  <th>中断</th>
                  <th>未上报</th>
                  <th>更新率</th>
                </tr>
              </thead>
              <tbody>
                {[total, ...towns].map((row) => {
                  const ask = { town: row.town || undefined }
                  return (
                    <tr key={row.town}>
                      <th scope="row">{row.name}</th>
                      <td>
                        <CountLink value={row.total} to={rowsAt('monitors', ask)} label={`${row.name}测点`} />
                      </td>
                      {(['live', 'stale', 'never'] as const).map((freshness) => (
                        <td key={freshness}>
                          <CountLink
                            value={row[freshness]}
                            to={rowsAt('monitors', { ...ask, freshness })}
                            label={`${row.name}${{ live: '实时', stale: '中断', never: '未上报' }[freshness]}测点`}
                          />
                        </td>
                      ))}
                      <td>{sayShare(row.share)}</td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
            <p className="telemetry-note tiny muted">最近 {minutes} 分钟内有正常数值的测点占比；较旧的按中断计。</p>
          </>
        )
      }
    </Loaded>
  )
}
