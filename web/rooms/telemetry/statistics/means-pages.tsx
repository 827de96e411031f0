import { addDays, sayInstant } from '@plumbline/core/kit'
import { type DayRow, type HourRow, statisticsContract } from '@plumbline/core/telemetry'
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { sayClause } from '../../../kit/clause.ts'
import { useToday } from '../../../kit/session.tsx'
import { type Column, DataTable, Empty, Loaded, Loading, Section, Tag, When, wholeList } from '../../../kit/ui/index.ts'
import { sayMark } from '../words.tsx'
import { Figure, rowsAt, sayDays, sayNumber, useAsked } from './parts.tsx'
import { lost, RowsFrame } from './RowsFrame.tsx'
import '../telemetry.css'
import './statistics.css'

const MeansChart = lazy(async () => ({ default: (await import('./MeansChart.tsx')).MeansChart }))

const validity = (valid: boolean) => (valid ? <Tag tone="calm">有效</Tag> : <Tag tone="plain">样本不足</Tag>)

/** Asked days, or the thirty before today. */
function useDays() {
  const asked = useAsked()
  const today = useToday()
  const until = asked('until') ?? addDays(today, 1)
  return { asked, from: asked('from') ?? addDays(until, -30), until }
}

/** 日均值: the days behind a monthly mean, of a project's monitors or of one device. */
export function DaysPage() {
  const { asked, from, until } = useDays()
  const [projectId, deviceId, quantity] = [asked('projectId'), asked('deviceId'), asked('quantity') ?? 'a34004']
  const known = projectId !== undefined || deviceId !== undefined
  const query = { from, until, projectId, deviceId, quantity }
  const found = useRoute(statisticsContract.days, { query }, { enabled: known })
  if (!known) return <RowsFrame title="日均值">{<Empty>{lost}</Empty>}</RowsFrame>
  const isNoise = quantity === 'LA'
  return (
    <RowsFrame title="日均值" lead={sayDays(from, until)}>
      <Loaded found={found}>
        {({ rows, name, unit, hoursLeast }) => {
          const one = new Set(rows.map((row) => row.deviceId)).size === 1
          const limit = rows.at(-1)?.limit ?? null
          const points = rows.map(({ day, mean, valid }) => ({ label: day.slice(5), mean, valid }))
          const of = ({ deviceId: device, day }: DayRow) =>
            rowsAt('hours', { deviceId: device, quantity, from: day, until: addDays(day, 1) })
          const columns: Column<DayRow>[] = [
            { key: 'day', title: '日期', render: ({ day }) => <When at={day} /> },
            {
              key: 'device',
              title: '测点',
              render: (row) => <Link to={`/device/${row.deviceId}`}>{row.deviceName}</Link>,
            },
            {
              key: 'mean',
              title: `${name}日均（${unit}）`,
              align: 'right',
              render: (row) => <Figure text={sayNumber(row.mean)} to={of(row)} label={`${row.day} 日均`} />,
            },
            ...(isNoise
              ? [
                  {
                    key: 'ld',
                    title: '昼间',
                    align: 'right' as const,
                    render: (row: DayRow) => sayNumber(row.dayMean),
                  },
                  {
                    key: 'ln',
                    title: '夜间',
                    align: 'right' as const,
                    render: (row: DayRow) => sayNumber(row.nightMean),
                  },
                ]
              : []),
            { key: 'hours', title: '有效小时', align: 'right', render: (row) => row.hours },
            {
              key: 'range',
              title: '最小 – 最大',
              align: 'right',
              render: (row) => `${sayNumber(row.min)} – ${sayNumber(row.max)}`,
            },
            { key: 'valid', title: '数据', render: (row) => validity(row.valid) },
            {
              key: 'good',
              title: '达标',
              render: ({ good }) =>
                good === null ? <span className="muted">—</span> : good ? '达标' : <Tag tone="red">超标</Tag>,
            },
          ]
          return (
            <>
              {one && rows.length > 1 && (
                <Section title={`${name}逐日曲线`}>
                  <Suspense fallback={<Loading />}>
                    <MeansChart name={name} unit={unit} points={points} limit={limit} />
                  </Suspense>
                </Section>
              )}
              <DataTable
                pages={wholeList(rows)}
                rowKey={(row) => `${row.deviceId} ${row.day}`}
                label="日均值"
                empty="这段时间没有日均值。"
                columns={columns}
              />
              <p className="telemetry-note tiny muted">
                有效小时不少于 {hoursLeast} 个的日为有效日，{sayClause('gb3095_2012.validity')}。
                {isNoise && '昼间 06:00–22:00，夜间 22:00 至次日 06:00，等效声级。'}
              </p>
            </>
          )
        }}
      </Loaded>
    </RowsFrame>
  )
}

/** 小时均值 of a device, and, where one hour is chosen, the readings it was made of. */
export function HoursPage() {
  const { asked, from, until } = useDays()
  const [deviceId, quantity, hour] = [asked('deviceId'), asked('quantity') ?? 'a34004', asked('hour')]
  const ask = { params: { id: deviceId ?? '' }, query: { from, until, quantity } }
  const found = useRoute(statisticsContract.hours, ask, { enabled: deviceId !== undefined })
  if (!deviceId) return <RowsFrame title="小时均值">{<Empty>{lost}</Empty>}</RowsFrame>
  return (
    <RowsFrame title="小时均值" lead={sayDays(from, until)}>
      {hour && <Readings deviceId={deviceId} quantity={quantity} hour={hour} />}
      <Loaded found={found}>
        {({ rows, name, unit, deviceName }) => (
          <>
            <Section title={`${deviceName} ${name}逐时曲线`}>
              <Suspense fallback={<Loading />}>
                <MeansChart
                  name={name}
                  unit={unit}
                  limit={null}
                  points={rows.map((row) => ({
                    label: sayInstant(new Date(row.hour)).slice(5),
                    mean: row.mean,
                    valid: row.valid,
                  }))}
                />
              </Suspense>
            </Section>
            <DataTable
              pages={wholeList(rows)}
              rowKey={(row) => row.hour}
              label="小时均值"
              empty="这段时间没有小时均值。"
              columns={hourColumns(unit, (row) => rowsAt('hours', { deviceId, quantity, from, until, hour: row.hour }))}
            />
          </>
        )}
      </Loaded>
    </RowsFrame>
  )
}

const hourColumns = (unit: string, of: (row: HourRow) => string): Column<HourRow>[] => [
  { key: 'hour', title: '小时', render: (row) => <When at={row.hour} /> },
  {
    key: 'mean',
    title: `均值（${unit}）`,
    align: 'right',
    render: (row) => <Figure text={sayNumber(row.mean, 2)} to={of(row)} label="均值" />,
  },
  {
    key: 'range',
    title: '最小 – 最大',
    align: 'right',
    render: (row) => `${sayNumber(row.min)} – ${sayNumber(row.max)}`,
  },
  { key: 'count', title: '正常样本', align: 'right', render: (row) => `${row.normal} / ${row.count}` },
  { key: 'span', title: '来源', render: (row) => (row.span === 'r' ? '实时值' : '分钟均值') },
  { key: 'valid', title: '数据', render: (row) => validity(row.valid) },
]

const spans = { r: '实时值', m: '分钟均值', h: '设备小时均值（不采用）', d: '设备日均值（不采用）' } as const

function Readings({ deviceId, quantity, hour }: { deviceId: string; quantity: string; hour: string }) {
  const found = useRoute(statisticsContract.readings, { params: { id: deviceId }, query: { quantity, hour } })
  return (
    <Loaded found={found}>
      {({ rows, name, unit }) => (
        <DataTable
          pages={wholeList(rows)}
          rowKey={(row) => `${row.span} ${row.at}`}
          label="原始读数"
          empty="原始读数已经超过保存期，或者这一小时没有读数。"
          filters={<b className="num">{sayInstant(new Date(hour))} 起一小时的原始读数</b>}
          columns={[
            { key: 'at', title: '数据时间', render: (row) => <When at={row.at} /> },
            { key: 'value', title: `${name}（${unit}）`, align: 'right', render: (row) => row.value },
            { key: 'flag', title: '标记', render: (row) => sayMark(row.flag) },
            { key: 'span', title: '类别', render: (row) => spans[row.span] },
          ]}
        />
      )}
    </Loaded>
  )
}
