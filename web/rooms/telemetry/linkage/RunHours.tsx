import { linkageContract } from '@plumbline/core/telemetry'
import { useRoute } from '../../../kit/api.ts'
import { Empty, Failure, Loading } from '../../../kit/ui/index.ts'

/** Hours to two places: a spray of five minutes is 0.08. */
const sayHours = (seconds: number) => (seconds / 3600).toFixed(2)

/** 逐日运行时长 (ENV-07), and for how long the state was known at all: silence is not standing still. */
export function RunHours({ id }: { id: string }) {
  const runs = useRoute(linkageContract.runs, { params: { id }, query: { days: 30 } }, { refetchInterval: 60_000 })
  if (runs.error && !runs.data) return <Failure error={runs.error} again={() => void runs.refetch()} />
  if (!runs.data) return <Loading />
  const { rows, gapMinutes } = runs.data
  if (rows.length === 0) return <Empty>近三十日没有收到状态数据。</Empty>
  const units = [...new Set(rows.map(({ unit }) => unit))].toSorted((one, other) => one - other)
  const total = (unit: number) => rows.reduce((sum, row) => (row.unit === unit ? sum + row.running : sum), 0)
  return (
    <>
      <table className="plain num">
        <thead>
          <tr>
            <th>日期</th>
            <th>路</th>
            <th>运行（小时）</th>
            <th>有状态数据（小时）</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ day, unit, running, known }) => (
            <tr key={`${day} ${unit}`}>
              <td>{day}</td>
              <td>{unit} 号</td>
              <td>{sayHours(running)}</td>
              <td className="muted">{sayHours(known)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {units.map((unit) => (
            <tr key={unit}>
              <th scope="row">合计</th>
              <td>{unit} 号</td>
              <td>{sayHours(total(unit))}</td>
              <td />
            </tr>
          ))}
        </tfoot>
      </table>
      <p className="telemetry-note tiny muted">两次状态相隔超过 {gapMinutes} 分钟的时段不知道是否运行，不计入。</p>
    </>
  )
}
