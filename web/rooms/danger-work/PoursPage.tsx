import { type Pour, pourContract } from '@plumbline/core/danger-work'
import { Link } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { useSession } from '../../kit/session.tsx'
import { type Column, OpenCasesPage, projectColumn } from '../../kit/ui/index.ts'
import { PourTag, sayPlan } from './words.tsx'

const columns: Column<Pour>[] = [
  { key: 'zone', title: '浇筑区域', render: (row) => <Link to={`/pour/${row.id}`}>{row.zone}</Link> },
  { key: 'state', title: '状态', render: (row) => <PourTag state={row.state} /> },
  projectColumn,
  { key: 'plan', title: '计划时间', render: (row) => <span className="num">{sayPlan(row)}</span> },
  { key: 'watch', title: '监测设备', render: ({ watchers }) => watchers.map(({ name }) => name).join('、') },
  { key: 'signed', title: '签发', render: ({ signed }) => signed?.name ?? <span className="muted">—</span> },
]

const useCases = (query: object) => usePages(pourContract.list, { query })

/** 混凝土浇筑令 of high formwork that the reader reaches, the latest plan first. */
export function PoursPage() {
  const { appointment } = useSession()
  return (
    <OpenCasesPage
      title="混凝土浇筑令"
      lead="高支模浇筑：先签发，后浇筑；红色报警即停"
      all={{ to: '/pours', words: '只列出指定项目的浇筑令，点此列出全部' }}
      useCases={useCases}
      columns={columns}
      caseAt={({ id }) => `/pour/${id}`}
      words={{ open: '办理中', over: '已结束' }}
      empty="没有符合条件的浇筑令"
      actions={appointment?.capacity === 'project_manager' && <Link to="/pours/new">申请浇筑令</Link>}
    />
  )
}
