import { type Alarm, telemetryContract } from '@plumbline/core/telemetry'
import { Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { type Column, DataTable, Page, When } from '../../kit/ui/index.ts'
import { AlarmState } from './words.tsx'

const columns: Column<Alarm>[] = [
  { key: 'at', title: '时间', render: (row) => <When at={row.raisedAt} /> },
  {
    key: 'what',
    title: '报警',
    render: (row) => (
      <Link className="num" to={`/alarm/${row.id}`}>
        {row.quantityName} {row.value} {row.unit}
      </Link>
    ),
  },
  { key: 'state', title: '状态', render: (row) => <AlarmState alarm={row} /> },
  {
    key: 'project',
    title: '项目',
    render: ({ projectId, projectName }) => <Link to={`/project/${projectId}`}>{projectName}</Link>,
  },
  {
    key: 'device',
    title: '监测点',
    render: ({ deviceId, deviceName }) => <Link to={`/device/${deviceId}`}>{deviceName}</Link>,
  },
  { key: 'limit', title: '启动值', align: 'right', render: ({ limitValue, unit }) => `${limitValue} ${unit}` },
  { key: 'who', title: '确认', render: ({ acknowledgedBy }) => acknowledgedBy ?? <span className="muted">—</span> },
  { key: 'cleared', title: '解除时间', render: ({ clearedAt }) => <When at={clearedAt} /> },
]

/** 监测报警, newest first. */
export function AlarmsPage() {
  const [params, setParams] = useSearchParams()
  const open = params.get('open') === 'true' ? 'true' : params.get('open') === 'false' ? 'false' : undefined
  const projectId = params.get('projectId') ?? undefined
  const pages = usePages(telemetryContract.alarms, { query: { open, projectId } })
  return (
    <Page title="监测报警" lead={projectId && <Link to="/alarms">只列出指定项目的报警，点此列出全部</Link>}>
      <DataTable
        pages={pages}
        columns={columns}
        rowKey={({ id }) => id}
        label="监测报警"
        empty="没有符合条件的报警。"
        filters={
          <Select
            aria-label="状态"
            placeholder="状态"
            allowClear
            style={{ width: 150 }}
            value={open}
            options={[
              { value: 'true', label: '尚未解除' },
              { value: 'false', label: '已解除' },
            ]}
            onChange={(value: string | undefined) =>
              setParams(
                (before) => {
                  const next = new URLSearchParams(before)
                  if (value) next.set('open', value)
                  else next.delete('open')
                  return next
                },
                { replace: true },
              )
            }
          />
        }
      />
    </Page>
  )
}
