import { type AlarmFilter, telemetryContract } from '@plumbline/core/telemetry'
import { useRoute } from '../../kit/api.ts'
import { CountLink, Failure, FigureStrip, Loading, Section } from '../../kit/ui/index.ts'

const listOf = (filter: AlarmFilter) => `/alarms?${new URLSearchParams(filter as Record<string, string>)}`

/** What stands, what became of it, and how the causes were judged. Every number opens its rows. */
export function AlarmFigures() {
  const counts = useRoute(telemetryContract.alarmCounts, {}, { refetchInterval: 30_000 })
  if (counts.error && !counts.data) return <Failure error={counts.error} again={() => void counts.refetch()} />
  if (!counts.data) return <Loading />
  const { open, causes, inspections, since } = counts.data
  const share = inspections.all === 0 ? '—' : `${Math.round((inspections.fromAlarms * 100) / inspections.all)}%`
  return (
    <>
      <FigureStrip
        figures={[
          { label: '未解除的报警', value: open.alarm.count, to: listOf(open.alarm.filter), note: '红色' },
          { label: '未解除的预警', value: open.warn.count, to: listOf(open.warn.filter), note: '黄色' },
          { label: '已搁置', value: open.shelved.count, to: listOf(open.shelved.filter), note: '到期自动恢复' },
          {
            label: '由报警引起的检查',
            value: share,
            to: `/inspections?fromAlarm=true&from=${since}`,
            note: `${inspections.fromAlarms} ／ ${inspections.all} 次，${since} 以来`,
          },
        ]}
      />
      {causes.length > 0 && (
        <Section title="原因与评价" note={`${since} 以来`}>
          <table className="plain">
            <thead>
              <tr>
                <th>原因</th>
                <th>次数</th>
                <th>有用</th>
                <th>误报</th>
              </tr>
            </thead>
            <tbody>
              {causes.map(({ cause, title, all, useful, false: wrong }) => (
                <tr key={cause}>
                  <td>{title}</td>
                  <td>
                    <CountLink value={all.count} to={listOf(all.filter)} label={title} />
                  </td>
                  <td>
                    <CountLink value={useful.count} to={listOf(useful.filter)} label={`${title}，有用`} />
                  </td>
                  <td>
                    <CountLink value={wrong.count} to={listOf(wrong.filter)} label={`${title}，误报`} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </>
  )
}
