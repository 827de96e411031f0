import { permitContract } from '@plumbline/core/permit'
import type { CaseRow } from '@plumbline/core/workflow'
import { Link } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { useSession } from '../../kit/session.tsx'
import { type Column, OpenCasesPage, StateTag, When } from '../../kit/ui/index.ts'

const columns: Column<CaseRow>[] = [
  { key: 'number', title: '受理编号', render: (row) => <Link to={`/permit/${row.id}`}>{row.number ?? '未编号'}</Link> },
  { key: 'project', title: '项目', render: (row) => row.projectName },
  { key: 'state', title: '状态', render: (row) => <StateTag label={row.stateLabel} open={row.open} /> },
  { key: 'since', title: '进入该状态', render: (row) => <When at={row.since} /> },
]

const useCases = (query: object) => usePages(permitContract.list, { query })

/** 联合验收申请 that the reader reaches. */
export function ApplicationsPage() {
  const { appointment } = useSession()
  return (
    <OpenCasesPage
      title="联合验收申请"
      lead="一次申请、一套材料、一次告知"
      all={{ to: '/permit', words: '只列出指定项目的申请，点此列出全部' }}
      useCases={useCases}
      columns={columns}
      caseAt={({ id }) => `/permit/${id}`}
      words={{ open: '办理中', over: '已办结' }}
      empty="没有符合条件的申请"
      // The owner applies; the window only receives, though both act here.
      actions={appointment?.capacity === 'owner_rep' && <Link to="/permit/new">提交申请</Link>}
    />
  )
}
