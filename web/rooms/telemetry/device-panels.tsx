import { sayValue as sayAlarmValue, telemetryContract } from '@plumbline/core/telemetry'
import { Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { usePages, useRoute } from '../../kit/api.ts'
import { sayClause } from '../../kit/clause.ts'
import { Empty, Failure, Loading, When } from '../../kit/ui/index.ts'
import { CommandRows } from './CommandRows.tsx'
import { Doubted } from './credibility/Doubted.tsx'
import { useCredibility } from './credibility/doubt.ts'
import { type Span, useSpan } from './SpanChoice.tsx'
import './telemetry.css'
import { AlarmState, FreshnessTag, sayMark, sayValue } from './words.tsx'

const SeriesChart = lazy(async () => ({ default: (await import('./SeriesChart.tsx')).SeriesChart }))

const soon = 5_000

/** 最新数值: every quantity by itself; one that is old is shown with its time and called so. */
export function DeviceLatest({ id }: { id: string }) {
  const latest = useRoute(telemetryContract.latest, { params: { id } }, { refetchInterval: soon })
  const doubt = useCredibility(id).data?.day
  if (latest.error && !latest.data) return <Failure error={latest.error} again={() => void latest.refetch()} />
  if (!latest.data) return <Loading />
  const { rows, refreshMinutes } = latest.data
  return (
    <>
      {doubt?.suspect && <Doubted day={doubt} />}
      <table className={doubt?.suspect ? 'plain credibility-doubted' : 'plain'}>
        <thead>
          <tr>
            <th>因子</th>
            <th>数值</th>
            <th>时效</th>
            <th>标记</th>
            <th>数据时间</th>
            <th>接收时间</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.quantity}>
              <td>{row.name}</td>
              <td className="num">{sayValue(row.quantity, row.value, row.unit)}</td>
              <td>
                <FreshnessTag freshness={row.freshness} />
              </td>
              <td className="muted">{row.at ? sayMark(row.flag) : '—'}</td>
              <td>
                <When at={row.at} />
              </td>
              <td>
                <When at={row.receivedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="telemetry-note tiny muted">
        超过 {refreshMinutes} 分钟没有正常数值即为中断。{sayClause('pinghu.dust_refresh')}。自动监测数据用于预警。
      </p>
    </>
  )
}

/** 时段曲线: hourly means of a day, or minutes of the last hour, with the valid-data rule told. */
export function DeviceSeries({ id }: { id: string }) {
  const latest = useRoute(telemetryContract.latest, { params: { id } })
  const [chosen, setChosen] = useState<string>()
  const [span, choice] = useSpan()
  const quantities = (latest.data?.rows ?? []).filter(({ quantity }) => !quantity.startsWith('SB'))
  const quantity = chosen ?? quantities[0]?.quantity
  if (!latest.data) return <Loading />
  if (!quantity) return <Empty>这台设备没有可以画成曲线的因子。</Empty>
  return (
    <div className="telemetry-series">
      <div className="telemetry-choices">
        <Select
          aria-label="因子"
          style={{ width: 150 }}
          value={quantity}
          options={quantities.map((one) => ({ value: one.quantity, label: one.name }))}
          onChange={setChosen}
        />
        {choice}
      </div>
      <Series id={id} quantity={quantity} span={span} />
    </div>
  )
}

interface SeriesProps {
  id: string
  quantity: string
  span: Span
}

function Series({ id, quantity, span }: SeriesProps) {
  const series = useRoute(
    telemetryContract.series,
    { params: { id }, query: { quantity, ...span } },
    { refetchInterval: 30_000 },
  )
  if (series.error && !series.data) return <Failure error={series.error} again={() => void series.refetch()} />
  if (!series.data) return <Loading />
  const { validShare, limit, unit } = series.data
  return (
    <>
      <Suspense fallback={<Loading />}>
        <SeriesChart series={series.data} />
      </Suspense>
      <p className="tiny muted">
        时段内正常样本不少于应有样本的 {validShare}% 为有效；空心点为样本不足。
        {limit && `限值 ${limit.value} ${unit}，${sayClause(limit.clause)}。`}
      </p>
    </>
  )
}

/** 喷淋指令: those a sprayer was given, or those a monitor caused. */
export function DeviceCommands({ id }: { id: string }) {
  const commands = useRoute(telemetryContract.commands, { params: { id } }, { refetchInterval: soon })
  if (commands.error && !commands.data) return <Failure error={commands.error} again={() => void commands.refetch()} />
  if (!commands.data) return <Loading />
  return <CommandRows rows={commands.data.rows} page={id} />
}

/** 报警 of a device, newest first. */
export function DeviceAlarms({ id }: { id: string }) {
  const pages = usePages(telemetryContract.alarms, { query: { deviceId: id, limit: 10 } })
  if (pages.error) return <Failure error={pages.error} again={pages.again} />
  if (pages.isPending) return <Loading />
  if (pages.rows.length === 0) return <Empty>没有报警。</Empty>
  return (
    <ul className="rows telemetry-rows">
      {pages.rows.map((alarm) => (
        <li key={alarm.id}>
          <When at={alarm.raisedAt} />
          <Link className="title num" to={`/alarm/${alarm.id}`}>
            {sayAlarmValue(alarm)}
          </Link>
          <AlarmState alarm={alarm} />
        </li>
      ))}
    </ul>
  )
}
