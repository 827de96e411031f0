import { deviceContract, type DeviceRow, isExplained, kindNames, offlineCauses } from '@plumbline/core/device'
import { Button, Input, Select } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { mayOpen, useLegalNow, useSession } from '../../kit/session.tsx'
import { type Column, DataTable, Page, StateTag, When } from '../../kit/ui/index.ts'
import { UnknownNumbers } from './UnknownNumbers.tsx'
import { freshnessOptions, FreshnessTag, kindOptions } from './words.tsx'

const columns: Column<DeviceRow>[] = [
  {
    key: 'name',
    title: '设备',
    render: (row) => (
      <>
        <Link to={`/device/${row.id}`}>{row.name}</Link>
        <div className="tiny muted num">{row.mn}</div>
      </>
    ),
  },
  { key: 'kind', title: '类别', render: ({ kind }) => kindNames[kind] },
  {
    key: 'project',
    title: '项目',
    render: ({ projectId, projectName }) => <Link to={`/project/${projectId}`}>{projectName}</Link>,
  },
  {
    key: 'freshness',
    title: '时效',
    render: (row) =>
      row.state === 'retired' ? (
        <StateTag label="已停用" open={false} />
      ) : (
        <>
          <FreshnessTag freshness={row.line.freshness} />
          <Explained row={row} />
        </>
      ),
  },
  { key: 'fresh', title: '最近有效数据', render: ({ line }) => <When at={line.freshAt} /> },
  { key: 'good', title: '有效报文', align: 'right', render: ({ line }) => line.good },
  { key: 'bad', title: '有误报文', align: 'right', render: ({ line }) => line.bad + line.refused },
]

/** Why a device is silent, as long as the explanation holds. */
function Explained({ row }: { row: DeviceRow }) {
  const now = useLegalNow()
  if (!isExplained(row, row.line, now.toISOString())) return null
  const { cause, until } = row.explanation!
  return (
    <div className="tiny muted">
      {offlineCauses[cause]}，至 {until}
    </div>
  )
}

const names = ['q', 'kind', 'freshness', 'projectId', 'retired', 'town', 'state', 'explained'] as const
/** What a count elsewhere has narrowed the list to, beyond its own choices. */
const narrowed = ['projectId', 'town', 'state', 'explained']

/** 监测设备: every device the reader reaches, with how current it is; numbers nobody has entered stand above. */
export function DevicesPage() {
  const session = useSession()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const query = Object.fromEntries(names.flatMap((name) => (params.get(name) ? [[name, params.get(name)!]] : [])))
  const pages = usePages(deviceContract.list, { query })
  const onboards = mayOpen(session, 'device.onboard')
  const set = (name: string, value: string | undefined) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  const choose = (name: string, label: string, options: { value: string; label: string }[]) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      style={{ width: 150 }}
      value={query[name]}
      options={options}
      onChange={(value: string | undefined) => set(name, value)}
    />
  )
  return (
    <Page
      title="监测设备"
      lead={
        narrowed.some((name) => query[name]) ? (
          <Link to="/devices">只列出符合来处条件的设备，点此列出全部</Link>
        ) : (
          <Link to="/devices/onboarding">接入中的设备</Link>
        )
      }
      actions={
        onboards && (
          <Button
            type="primary"
            onClick={() => void navigate(`/devices/new${query['projectId'] ? `?projectId=${query['projectId']}` : ''}`)}
          >
            登记设备
          </Button>
        )
      }
    >
      {onboards && <UnknownNumbers />}
      <DataTable
        pages={pages}
        columns={columns}
        rowKey={({ id }) => id}
        label="监测设备"
        empty="没有符合条件的设备。登记后，设备会出现在这里。"
        filters={
          <>
            <Input.Search
              key={query['q'] ?? ''}
              style={{ width: 260 }}
              aria-label="查找设备"
              placeholder="设备名称、编号或项目名称"
              defaultValue={query['q']}
              maxLength={60}
              allowClear
              onSearch={(words) => set('q', words.trim() || undefined)}
            />
            {choose('kind', '类别', kindOptions)}
            {choose('freshness', '时效', freshnessOptions)}
            {choose('retired', '在用', [{ value: 'true', label: '已停用' }])}
          </>
        }
      />
    </Page>
  )
}
