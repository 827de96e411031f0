import { directions, type ExceedHour, exceedable, findQuantity, statisticsContract } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { usePages, useRoute } from '../../../kit/api.ts'
import { useFilter } from '../../../kit/filter.ts'
import { sayClause } from '../../../kit/clause.ts'
import { type Column, DataTable, Empty, FilterSelect, Loaded, Tag, When, wholeList } from '../../../kit/ui/index.ts'
import { automatic, dayOfHour, rowsAt, sayDays, sayNumber, useAsked } from './parts.tsx'
import { lost, RowsFrame } from './RowsFrame.tsx'
import '../telemetry.css'
import './statistics.css'

interface SiteHourRow {
  deviceId: string
  deviceName: string
  projectId: string
  projectName: string
  hour: string
}

/** Opens the readings of an hour. */
const hourAt = ({ deviceId, hour }: SiteHourRow, quantity: string) =>
  rowsAt('hours', { deviceId, quantity, ...dayOfHour(hour) })

const whereColumns = <Row extends SiteHourRow>(quantityOf: (row: Row) => string): Column<Row>[] => [
  {
    key: 'hour',
    title: '小时',
    render: (row) => (
      <Link className="num" to={hourAt(row, quantityOf(row))}>
        <When at={row.hour} />
      </Link>
    ),
  },
  { key: 'project', title: '项目', render: (row) => <Link to={`/project/${row.projectId}`}>{row.projectName}</Link> },
  { key: 'device', title: '测点', render: (row) => <Link to={`/device/${row.deviceId}`}>{row.deviceName}</Link> },
]

const siteAsk = (asked: (name: string) => string | undefined) => ({
  projectId: asked('projectId'),
  town: asked('town'),
  from: asked('from'),
  until: asked('until'),
})

export function ExceedancesPage() {
  const ask = siteAsk(useAsked())
  const { filter, set } = useFilter(['quantity'])
  const quantity = exceedable.find((one) => one === filter.quantity)
  const query = { ...ask, quantity }
  const pages = usePages(statisticsContract.exceedances, { query })
  const columns: Column<ExceedHour>[] = [
    ...whereColumns<ExceedHour>((row) => row.quantity),
    { key: 'quantity', title: '因子', render: (row) => findQuantity(row.quantity)!.name },
    { key: 'mean', title: '小时均值', align: 'right', render: (row) => `${sayNumber(row.mean)} ${row.limit.unit}` },
    { key: 'limit', title: '限值', align: 'right', render: (row) => `${row.limit.value} ${row.limit.unit}` },
    { key: 'clause', title: '依据', render: (row) => <span className="tiny">{sayClause(row.limit.clause)}</span> },
  ]
  return (
    <RowsFrame title="超标小时" lead={automatic}>
      <DataTable
        pages={pages}
        rowKey={(row) => `${row.deviceId} ${row.quantity} ${row.hour}`}
        label="超标小时"
        empty="这段时间没有超标小时。"
        columns={columns}
        filters={
          <FilterSelect
            label="因子"
            value={quantity}
            options={exceedable.map((value) => ({ value, label: findQuantity(value)!.name }))}
            onChange={(value) => set({ quantity: value })}
            width={150}
          />
        }
      />
    </RowsFrame>
  )
}

export function OfflinePage() {
  const pages = usePages(statisticsContract.offline, { query: siteAsk(useAsked()) })
  return (
    <RowsFrame title="离线小时" lead="测点在用而 PM2.5 没有有效小时均值的时段；全县都没有数据的小时不计。">
      <DataTable
        pages={pages}
        rowKey={(row) => `${row.deviceId} ${row.hour}`}
        label="离线小时"
        empty="这段时间没有离线小时。"
        columns={[
          ...whereColumns<SiteHourRow & { normal: number }>(() => 'a34004'),
          { key: 'normal', title: '正常样本', align: 'right', render: (row) => row.normal },
        ]}
      />
    </RowsFrame>
  )
}

export function WindPage() {
  const asked = useAsked()
  const [projectId, direction, level] = [asked('projectId'), asked('direction'), asked('level')]
  const query = { from: asked('from'), until: asked('until'), direction, level }
  const found = useRoute(
    statisticsContract.windHours,
    { params: { id: projectId ?? '' }, query },
    { enabled: Boolean(projectId) },
  )
  const name = direction === undefined ? undefined : directions[Number(direction)]
  const title = level === '0' ? '静风小时' : name ? `${name}风小时` : '风速风向小时'
  if (!projectId) return <RowsFrame title={title}>{<Empty>{lost}</Empty>}</RowsFrame>
  return (
    <RowsFrame title={title}>
      <Loaded found={found}>
        {({ rows }) => (
          <DataTable
            pages={wholeList(rows)}
            rowKey={(row) => `${row.deviceId} ${row.hour}`}
            label={title}
            columns={[
              ...whereColumns<(typeof rows)[number]>(() => 'a01007'),
              { key: 'speed', title: '风速（m/s）', align: 'right', render: (row) => sayNumber(row.speed) },
              { key: 'degrees', title: '风向（°）', align: 'right', render: (row) => sayNumber(row.degrees, 0) },
            ]}
          />
        )}
      </Loaded>
    </RowsFrame>
  )
}

export function CuringPage() {
  const asked = useAsked()
  const query = { projectId: asked('projectId'), from: asked('from'), until: asked('until') }
  const found = useRoute(statisticsContract.curing, { query })
  return (
    <RowsFrame title="养护室超出范围的小时" lead="这些小时内在室的试件受影响。">
      <Loaded found={found}>
        {({ rows, range, from, until }) => (
          <>
            <DataTable
              pages={wholeList(rows)}
              rowKey={(row) => `${row.deviceId} ${row.hour}`}
              label="养护室超出范围的小时"
              empty={`${sayDays(from, until)} 没有超出范围的小时。`}
              columns={[
                ...whereColumns<(typeof rows)[number]>((row) =>
                  row.faults.includes('temperature') ? 'roomTemperature' : 'roomHumidity',
                ),
                { key: 't', title: '温度（℃）', align: 'right', render: (row) => sayNumber(row.temperature) },
                { key: 'h', title: '湿度（%）', align: 'right', render: (row) => sayNumber(row.humidity) },
                {
                  key: 'faults',
                  title: '超出',
                  render: ({ faults }) =>
                    faults.map((one) => (
                      <Tag key={one} tone="red">
                        {one === 'temperature' ? '温度' : '湿度'}
                      </Tag>
                    )),
                },
              ]}
            />
            <p className="telemetry-note tiny muted">
              按小时均值：{range.temperature}±{range.off} ℃，相对湿度不低于 {range.humidity}%。{sayClause(range.clause)}
              。
            </p>
          </>
        )}
      </Loaded>
    </RowsFrame>
  )
}
