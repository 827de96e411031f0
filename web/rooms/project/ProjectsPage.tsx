import { projectContract, type ProjectRow, sectors, tags } from '@plumbline/core/project'
import { Link } from 'react-router'
import { urlOf, usePages, useRoute } from '../../kit/api.ts'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { type Column, Count, DataTable, Money, Page, StateTag, Tag, TierTag } from '../../kit/ui/index.ts'
import { FilterBar } from './FilterBar.tsx'
import { filterLink, sayFilter, useFilter } from './filter.ts'
import { useTowns } from './found.ts'
import './project.css'

const contractorsOf = ({ parties }: ProjectRow) => parties.filter(({ role }) => role === 'contractor')

const columns: Column<ProjectRow>[] = [
  {
    key: 'name',
    title: '项目',
    sortBy: 'name',
    width: 190,
    render: (row) => (
      <>
        <Link to={`/project/${row.id}`}>{row.name}</Link>
        <div className="tiny muted num">{row.code}</div>
      </>
    ),
  },
  {
    key: 'town',
    title: '镇街、行业',
    render: (row) => (
      <>
        {row.town} · {sectors[row.sector].label}
        <div className="tiny muted">{row.tags.map((tag) => tags[tag]).join('、')}</div>
      </>
    ),
  },
  {
    key: 'state',
    title: '状态',
    render: (row) => (
      <span className="project-tags">
        <StateTag label={row.stateLabel} open={row.state !== 'completed' && row.state !== 'terminated'} />
        {row.tier !== 'calm' && <TierTag tier={row.tier} />}
      </span>
    ),
  },
  {
    key: 'area',
    title: '建筑面积',
    sortBy: 'area',
    align: 'right',
    render: ({ area }) => (area === null ? <span className="muted">—</span> : <Count value={area} unit="㎡" />),
  },
  { key: 'cost', title: '造价', sortBy: 'cost', align: 'right', render: ({ cost }) => <Money wan={cost} /> },
  {
    key: 'contractor',
    title: '施工单位',
    render: (row) =>
      contractorsOf(row).map(({ orgId, orgName }) => (
        <div key={orgId} className="project-unit">
          <Link to={`/org/${orgId}`}>{orgName}</Link>
        </div>
      )),
  },
  {
    key: 'officers',
    title: '监督人员',
    render: ({ officers }) =>
      officers.length ? officers.map(({ name }) => name).join('、') : <Tag tone="yellow">未指派</Tag>,
  },
  {
    key: 'completeness',
    title: '完整度',
    sortBy: 'completeness',
    align: 'right',
    render: ({ completeness }) => `${completeness}%`,
  },
]

/** 项目库: every project within reach, under a filter that stands in the address. */
export function ProjectsPage() {
  const session = useSession()
  const { filter, sort, order, setFilter, setOrder, clear } = useFilter()
  const towns = useTowns()
  const asked = { ...filter, sort, order: order.down ? ('desc' as const) : ('asc' as const) }
  const pages = usePages(projectContract.list, { query: asked })
  const counts = useRoute(projectContract.counts, { query: filter })
  const words = sayFilter(filter, towns)
  return (
    <Page
      title="项目库"
      lead={`${words}${counts.data ? `，共 ${counts.data.total} 个` : ''}`}
      actions={
        <span className="project-actions">
          <Link to={filterLink(filter, '/projects/statistics')}>统计</Link>
          <Link to={filterLink(filter, '/map')}>一张图</Link>
          {mayOpen(session, 'project.write') && <Link to="/projects/import">批量导入</Link>}
          {mayOpen(session, 'project.write') && (
            <Link to="/projects/new" className="project-primary">
              登记项目
            </Link>
          )}
        </span>
      }
    >
      <DataTable
        pages={{ ...pages, total: counts.data?.total }}
        columns={columns}
        rowKey={({ id }) => id}
        label="项目"
        order={order}
        onOrder={setOrder}
        xlsx={{ url: urlOf(projectContract.export, { query: asked }), name: '项目清单', filter: words }}
        filters={<FilterBar filter={filter} towns={towns} onChange={setFilter} onClear={clear} />}
        empty="没有符合条件的项目。"
      />
    </Page>
  )
}
