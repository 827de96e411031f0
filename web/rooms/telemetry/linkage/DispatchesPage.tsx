import { type Dispatch, dispatchContract } from '@plumbline/core/telemetry'
import { Link, useNavigate } from 'react-router'
import { usePages } from '../../../kit/api.ts'
import { flagOf, useFilter } from '../../../kit/filter.ts'
import { type Column, DataTable, FilterSelect, Page, projectColumn, When } from '../../../kit/ui/index.ts'
import { DispatchTag } from './dispatch-parts.tsx'

const columns: Column<Dispatch>[] = [
  { key: 'plate', title: '车牌', render: ({ id, plate }) => <Link to={`/dispatch/${id}`}>{plate}</Link> },
  { key: 'state', title: '状态', render: (row) => <DispatchTag state={row.state} /> },
  projectColumn,
  { key: 'unit', title: '作业单位', render: ({ unit }) => unit },
  { key: 'called', title: '调派', render: ({ called }) => <When at={called.at} /> },
  {
    key: 'arrival',
    title: '到场',
    render: ({ arrival }) => (arrival ? <When at={arrival.at} /> : <span className="muted">—</span>),
  },
  { key: 'reason', title: '事由', render: ({ reason }) => reason },
]

const openOptions = [
  { value: 'true', label: '作业中' },
  { value: 'false', label: '已结束' },
]

/** 洒水车调度 that the reader reaches, the newest first. */
export function DispatchesPage() {
  const { filter, set } = useFilter(['open', 'projectId', 'alarmId'])
  const navigate = useNavigate()
  const { projectId, alarmId } = filter
  const open = flagOf(filter.open)
  const pages = usePages(dispatchContract.list, { query: { open, projectId, alarmId } })
  return (
    <Page
      title="洒水车调度"
      lead={
        projectId || alarmId ? (
          <Link to="/dispatches">只列出指定项目或报警的调度单，点此列出全部</Link>
        ) : (
          '从扬尘报警或者项目页面调派；到场以车载定位为准'
        )
      }
    >
      <DataTable
        label="洒水车调度"
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate(`/dispatch/${row.id}`)}
        empty="没有符合条件的调度单"
        filters={
          <FilterSelect
            label="办理情况"
            value={open}
            options={openOptions}
            onChange={(value) => set({ open: value })}
          />
        }
      />
    </Page>
  )
}
