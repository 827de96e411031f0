import { type Pour, pourContract } from '@plumbline/core/danger-work'
import { Select } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { useSession } from '../../kit/session.tsx'
import { type Column, DataTable, Page } from '../../kit/ui/index.ts'
import { PourTag, sayPlan } from './words.tsx'

const columns: Column<Pour>[] = [
  { key: 'zone', title: '浇筑区域', render: (row) => <Link to={`/pour/${row.id}`}>{row.zone}</Link> },
  { key: 'state', title: '状态', render: (row) => <PourTag state={row.state} /> },
  {
    key: 'project',
    title: '项目',
    render: ({ projectId, projectName }) => <Link to={`/project/${projectId}`}>{projectName}</Link>,
  },
  { key: 'plan', title: '计划时间', render: (row) => <span className="num">{sayPlan(row)}</span> },
  { key: 'watch', title: '监测设备', render: ({ watchers }) => watchers.map(({ name }) => name).join('、') },
  { key: 'signed', title: '签发', render: ({ signed }) => signed?.name ?? <span className="muted">—</span> },
]

const openOptions = [
  { value: 'true', label: '办理中' },
  { value: 'false', label: '已结束' },
]

/** 混凝土浇筑令 of high formwork that the reader reaches, the latest plan first. */
export function PoursPage() {
  const [params, setParams] = useSearchParams()
  const navigate = useNavigate()
  const { appointment } = useSession()
  const open = openOptions.find(({ value }) => value === params.get('open'))?.value as 'true' | 'false' | undefined
  const projectId = params.get('projectId') ?? undefined
  const pages = usePages(pourContract.list, { query: { open, projectId } })
  const choose = (value: string | undefined) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old)
        if (value) next.set('open', value)
        else next.delete('open')
        return next
      },
      { replace: true },
    )
  return (
    <Page
      title="混凝土浇筑令"
      lead={
        projectId ? (
          <Link to="/pours">只列出指定项目的浇筑令，点此列出全部</Link>
        ) : (
          '高支模浇筑：先签发，后浇筑；红色报警即停'
        )
      }
      actions={appointment?.capacity === 'project_manager' && <Link to="/pours/new">申请浇筑令</Link>}
    >
      <DataTable
        label="混凝土浇筑令"
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate(`/pour/${row.id}`)}
        empty="没有符合条件的浇筑令"
        filters={
          <Select
            aria-label="办理情况"
            placeholder="办理情况"
            value={open}
            onChange={(value: string | undefined) => choose(value)}
            options={openOptions}
            allowClear
            style={{ width: 130 }}
          />
        }
      />
    </Page>
  )
}
