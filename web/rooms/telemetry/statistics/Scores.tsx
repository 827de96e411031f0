import { scoreParts, type SiteScore, statisticsContract } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { sayClause } from '../../../kit/clause.ts'
import { type Column, DataTable, Empty, Loaded, wholeList } from '../../../kit/ui/index.ts'
import { automatic, Figure, rowsAt, sayDays, sayNumber } from './parts.tsx'

type Part = SiteScore['parts'][number]

/** Where the rows of a part are listed. */
export function rowsOfPart(part: Part['part'], ask: { projectId: string; from: string; until: string }): string {
  if (part === 'answer') return `/alarms?projectId=${ask.projectId}&since=${ask.from}`
  if (part === 'wash') return rowsAt('exits', { ...ask, fault: 'unwashed' })
  return rowsAt(part === 'exceed' ? 'exceedances' : 'offline', ask)
}

const said: Record<Part['part'], (part: Part) => string> = {
  exceed: ({ hit, of }) => `${of} 个有效小时中 ${hit} 个超标`,
  answer: ({ hit, of, free }) => `${of} 次报警，${hit} 次超过 ${free} 分钟才确认`,
  offline: ({ hit, of }) => `应有 ${of} 个小时，缺 ${hit} 个`,
  wash: ({ hit, of }) => `出场 ${of} 车次，未冲洗 ${hit} 车次`,
}

/** 工地环境评分 of one site: every part with its number, what it costs and its rows (ENV-17). */
export function ScoreCard({ projectId }: { projectId: string }) {
  const found = useRoute(statisticsContract.scores, { query: { projectId } })
  return (
    <Loaded found={found}>
      {({ rows: [score], from, until, clause }) =>
        !score || score.total === null ? (
          <Empty>没有在用的扬尘测点，或者还没有满一天的数据，不评分。</Empty>
        ) : (
          <>
            <p className="statistics-score num">
              <b>{sayNumber(score.total)}</b> 分 <span className="tiny muted">{sayDays(from, until)}</span>
            </p>
            <table className="plain num">
              <thead>
                <tr>
                  <th>项目</th>
                  <th>数值</th>
                  <th>扣分</th>
                  <th>说明</th>
                </tr>
              </thead>
              <tbody>
                {score.parts.map((part) => (
                  <tr key={part.part}>
                    <th scope="row">{scoreParts[part.part]}</th>
                    <td>
                      {part.value === null ? (
                        <span className="muted">没有数据</span>
                      ) : (
                        <Figure
                          text={`${part.value} ${part.unit}`}
                          to={rowsOfPart(part.part, { projectId, from, until })}
                          label={scoreParts[part.part]}
                        />
                      )}
                    </td>
                    <td>
                      {part.deduction} / {part.weight}
                    </td>
                    <td className="tiny">
                      {part.value === null ? '不扣分' : said[part.part](part)}；达到 {part.full} {part.unit} 扣满
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="telemetry-note tiny muted">
              {sayClause(clause)}。{automatic}
            </p>
          </>
        )
      }
    </Loaded>
  )
}

const columns: Column<SiteScore>[] = [
  {
    key: 'name',
    title: '项目',
    width: 220,
    render: ({ projectId, projectName }) => <Link to={`/project/${projectId}`}>{projectName}</Link>,
  },
  { key: 'town', title: '镇街', render: ({ townName }) => townName },
  {
    key: 'total',
    title: '评分',
    align: 'right',
    compare: (one, other) => (one.total ?? -1) - (other.total ?? -1),
    render: ({ total }) => (total === null ? <span className="muted">不评分</span> : sayNumber(total)),
  },
]

/** 各工地环境评分, the best first; the parts are what they cost. */
export function Scores() {
  const found = useRoute(statisticsContract.scores, { query: {} })
  return (
    <Loaded found={found}>
      {({ rows, from, until }) => (
        <DataTable
          pages={wholeList(rows)}
          rowKey={({ projectId }) => projectId}
          label="工地环境评分"
          empty="还没有可以评分的工地。"
          filters={
            <>
              <b className="statistics-title">工地环境评分</b>
              <span className="tiny muted">{sayDays(from, until)}，100 分减去各项扣分，不作为处罚依据</span>
            </>
          }
          columns={[
            ...columns,
            ...(Object.keys(scoreParts) as Part['part'][]).map((name): Column<SiteScore> => ({
              key: name,
              title: `${scoreParts[name]}扣分`,
              align: 'right',
              render: ({ projectId, parts }) => {
                const part = parts.find((one) => one.part === name)!
                if (part.value === null) return <span className="muted">没有数据</span>
                const to = rowsOfPart(name, { projectId, from, until })
                return <Figure text={String(part.deduction)} to={to} label={scoreParts[name]} />
              },
            })),
          ]}
        />
      )}
    </Loaded>
  )
}
