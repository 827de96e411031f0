import { permitContract } from '@plumbline/core/permit'
import type { CaseRow } from '@plumbline/core/workflow'
import { Select } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { useSession } from '../../kit/session.tsx'
import { type Column, DataTable, Page, StateTag, When } from '../../kit/ui/index.ts'

const columns: Column<CaseRow>[] = [
  { key: 'number', title: '受理编号', render: (row) => <Link to={`/permit/${row.id}`}>{row.number ?? '未编号'}</Link> },
  { key: 'project', title: '项目', render: (row) => row.projectName },
  { key: 'state', title: '状态', render: (row) => <StateTag label={row.stateLabel} open={row.open} /> },
  { key: 'since', title: '进入该状态', render: (row) => <When at={row.since} /> },
]

const openOptions = [
  { value: 'true', label: '办理中' },
  { value: 'false', label: '已办结' },
]

/** 联合验收申请 that the reader reaches. */
export function ApplicationsPage() {
  const [params, setParams] = useSearchParams()
  const navigate = useNavigate()
  const { appointment } = useSession()
  const open = openOptions.find(({ value }) => value === params.get('open'))?.value as 'true' | 'false' | undefined
  const projectId = params.get('projectId') ?? undefined
  const pages = usePages(permitContract.list, { query: { open, projectId } })
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
      title="联合验收申请"
      lead={projectId ? <Link to="/permit">只列出指定项目的申请，点此列出全部</Link> : '一次申请、一套材料、一次告知'}
      // The owner applies; the window only receives, though both act here.
      actions={appointment?.capacity === 'owner_rep' && <Link to="/permit/new">提交申请</Link>}
    >
      <DataTable
        label="联合验收申请"
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate(`/permit/${row.id}`)}
        empty="没有符合条件的申请"
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
