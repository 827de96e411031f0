import { DeviceKind, kindNames } from '@plumbline/core/device'
import {
  type Alarm,
  AlarmFilter,
  alarmWorkflow,
  CauseCode,
  getCause,
  levelNames,
  sayAlarmLimit,
  sayValue,
  telemetryContract,
} from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { useFilter } from '../../kit/filter.ts'
import { type Column, DataTable, FilterSelect, Page, projectColumn, When } from '../../kit/ui/index.ts'
import { AlarmFigures } from './AlarmFigures.tsx'
import { AlarmState } from './words.tsx'

const columns: Column<Alarm>[] = [
  { key: 'at', title: '时间', render: (row) => <When at={row.raisedAt} /> },
  {
    key: 'what',
    title: '报警',
    render: (row) => (
      <Link className="num" to={`/alarm/${row.id}`}>
        {sayValue(row)}
      </Link>
    ),
  },
  { key: 'cause', title: '原因', render: ({ cause }) => getCause(cause).title },
  { key: 'state', title: '状态', render: (row) => <AlarmState alarm={row} /> },
  projectColumn,
  {
    key: 'device',
    title: '监测设备',
    render: ({ deviceId, deviceName }) => <Link to={`/device/${deviceId}`}>{deviceName}</Link>,
  },
  { key: 'limit', title: '限值', render: sayAlarmLimit },
  { key: 'who', title: '确认', render: ({ acknowledgedBy }) => acknowledgedBy ?? <span className="muted">—</span> },
  { key: 'cleared', title: '解除时间', render: ({ clearedAt }) => <When at={clearedAt} /> },
]

const optionsOf = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }))
const causeOptions = CauseCode.options.map((value) => ({ value, label: getCause(value).title }))
const kindOptions = DeviceKind.options.map((value) => ({ value, label: kindNames[value] }))
const stateOptions = Object.entries(alarmWorkflow.states).map(([value, { label }]) => ({ value, label }))
const chosen = {
  open: { label: '是否解除', options: optionsOf({ true: '尚未解除', false: '已解除' }) },
  state: { label: '状态', options: stateOptions },
  level: { label: '等级', options: optionsOf(levelNames) },
  cause: { label: '原因', options: causeOptions },
  kind: { label: '设备类型', options: kindOptions },
  useful: { label: '评价', options: optionsOf({ true: '有用', false: '误报' }) },
} as const

const names = Object.keys(AlarmFilter.shape)

/** What the address asks for; what it asks wrongly is left out. */
const queryOf = (told: Record<string, string | undefined>): AlarmFilter =>
  Object.fromEntries(
    Object.entries(AlarmFilter.shape).flatMap(([name, shape]) => {
      const value = shape.safeParse(told[name])
      return value.success && value.data !== undefined ? [[name, value.data]] : []
    }),
  )

/** 监测报警, newest first. The filter stands in the address, so that every count can open its rows. */
export function AlarmsPage() {
  const { filter: told, set } = useFilter(names)
  const filter = queryOf(told)
  const pages = usePages(telemetryContract.alarms, { query: filter })
  return (
    <Page
      title="监测报警"
      lead={
        filter.projectId || filter.deviceId || filter.since ? (
          <Link to="/alarms">
            只列出{filter.since && ` ${filter.since} 以来`}
            {filter.projectId || filter.deviceId ? '指定项目或设备' : ''}的报警，点此列出全部
          </Link>
        ) : (
          '预警（自动监测）。在线监测用于预警，不是法定测量。'
        )
      }
      actions={<Link to="/alarms/roster">夜间值班表</Link>}
    >
      <AlarmFigures />
      <DataTable
        pages={pages}
        columns={columns}
        rowKey={({ id }) => id}
        label="监测报警"
        empty="没有符合条件的报警。"
        filters={
          <>
            {Object.entries(chosen).map(([name, { label, options }]) => (
              <FilterSelect
                key={name}
                label={label}
                value={filter[name as keyof typeof chosen]}
                options={options}
                onChange={(value) => set({ [name]: value })}
                width={150}
                wide
              />
            ))}
          </>
        }
      />
    </Page>
  )
}
