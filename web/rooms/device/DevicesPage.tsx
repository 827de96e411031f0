import { deviceContract, type DeviceRow, isExplained, offlineCauses } from '@plumbline/core/device'
import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { useFilter } from '../../kit/filter.ts'
import { mayOpen, useLegalNow, useSession } from '../../kit/session.tsx'
import { type Column, DataTable, FilterSelect, FindBox, Page, StateTag, When } from '../../kit/ui/index.ts'
import { deviceColumns } from './columns.tsx'
import { UnknownNumbers } from './UnknownNumbers.tsx'
import { freshnessOptions, FreshnessTag, kindOptions } from './words.tsx'

const columns: Column<DeviceRow>[] = [
  ...deviceColumns,
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
const narrowed = ['projectId', 'town', 'state', 'explained'] as const

/** 监测设备: every device the reader reaches, with how current it is; numbers nobody has entered stand above. */
export function DevicesPage() {
  const session = useSession()
  const navigate = useNavigate()
  const { filter, set } = useFilter(names)
  const pages = usePages(deviceContract.list, { query: filter as Record<string, string> })
  const onboards = mayOpen(session, 'device.onboard')
  const choose = (
    name: 'kind' | 'freshness' | 'retired',
    label: string,
    options: { value: string; label: string }[],
  ) => (
    <FilterSelect
      label={label}
      value={filter[name]}
      options={options}
      onChange={(value) => set({ [name]: value })}
      width={150}
    />
  )
  return (
    <Page
      title="监测设备"
      lead={
        narrowed.some((name) => filter[name]) ? (
          <Link to="/devices">只列出符合来处条件的设备，点此列出全部</Link>
        ) : (
          <>
            <Link to="/devices/onboarding">接入中的设备</Link> · <Link to="/devices/held-back">未入库报文</Link>
          </>
        )
      }
      actions={
        onboards && (
          <Button
            type="primary"
            onClick={() => void navigate(`/devices/new${filter.projectId ? `?projectId=${filter.projectId}` : ''}`)}
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
            <FindBox
              label="查找设备"
              placeholder="设备名称、编号或项目名称"
              value={filter.q}
              onFind={(q) => set({ q })}
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
