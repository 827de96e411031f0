import { type ExitRate, type ExitFault, exitFaults, statisticsContract } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { sayClause } from '../../../kit/clause.ts'
import { CountLink, Empty, Loaded } from '../../../kit/ui/index.ts'
import { rowsAt, sayDays, sayShare } from './parts.tsx'

const faults = Object.keys(exitFaults) as ExitFault[]
const rates = { unwashed: 'washed', uncovered: 'covered', illegible: 'legible' } as const
const titles = { unwashed: '冲洗率', uncovered: '密闭率', illegible: '车牌清晰率' } as const

/** 车辆出场 (ENV-12, 13, 14) of one project or of all: each count opens its exits. */
export function Exits({ projectId }: { projectId?: string }) {
  const found = useRoute(statisticsContract.exitRates, { query: { projectId } })
  return (
    <Loaded found={found}>
      {({ rows, from, until, grossMost }) =>
        rows.length === 0 ? (
          <Empty>{sayDays(from, until)} 没有车辆出场记录。</Empty>
        ) : (
          <>
            <table className="plain num">
              <thead>
                <tr>
                  {!projectId && <th>项目</th>}
                  <th>出场</th>
                  {(['unwashed', 'uncovered', 'illegible'] as const).map((fault) => (
                    <th key={fault}>{titles[fault]}</th>
                  ))}
                  {faults.map((fault) => (
                    <th key={fault}>{exitFaults[fault]}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row
                    key={row.projectId}
                    row={row}
                    named={!projectId}
                    ask={{ from, until, projectId: row.projectId }}
                  />
                ))}
              </tbody>
            </table>
            <p className="telemetry-note tiny muted">
              {sayDays(from, until)}。称重超过 {grossMost.value} {grossMost.unit} 列为疑似超载（
              {sayClause(grossMost.clause)}
              ），按车辆实际轴数核实。
            </p>
          </>
        )
      }
    </Loaded>
  )
}

interface RowProps {
  row: ExitRate
  named: boolean
  ask: { from: string; until: string; projectId: string }
}

function Row({ row, named, ask }: RowProps) {
  return (
    <tr>
      {named && (
        <th scope="row">
          <Link to={`/project/${row.projectId}`}>{row.projectName}</Link>
        </th>
      )}
      <td>
        <CountLink value={row.total} to={rowsAt('exits', ask)} label="出场车次" />
      </td>
      {(['unwashed', 'uncovered', 'illegible'] as const).map((fault) => (
        <td key={fault}>{sayShare(row[rates[fault]])}</td>
      ))}
      {faults.map((fault) => (
        <td key={fault}>
          {fault === 'overload' && row.weighed === 0 ? (
            <span className="muted">未称重</span>
          ) : (
            <CountLink value={row.faults[fault]} to={rowsAt('exits', { ...ask, fault })} label={exitFaults[fault]} />
          )}
        </td>
      ))}
    </tr>
  )
}
