import { lastDayOf, noticeKinds, type NoticeRow, rectificationContract } from '@plumbline/core/rectification'
import { Link, useNavigate } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { type Column, DataTable, DueBadge, Page, StateTag, TierTag, When, FilterSelect } from '../../kit/ui/index.ts'
import { useChoices } from './choices.ts'
import { flagOf, oneOf, useFilter } from '../../kit/filter.ts'
import './rectification.css'
import { Standing } from './Standing.tsx'
import {
  isOpen,
  issuedOptions,
  kindOptions,
  openOptions,
  sayNumber,
  stateOptions,
  tierOptions,
  withdrawnOptions,
} from './words.ts'

const columns: Column<NoticeRow>[] = [
  {
    key: 'number',
    title: '文号',
    render: (row) => (
      <>
        <Link to={`/rectification/${row.id}`} className="nowrap">
          {sayNumber(row.number)}
        </Link>
        <div className="tiny muted">{noticeKinds[row.kind]}</div>
      </>
    ),
  },
  {
    key: 'project',
    title: '项目与责任单位',
    render: (row) => (
      <>
        {row.projectName}
        <div className="tiny muted">{row.orgName}</div>
      </>
    ),
  },
  { key: 'state', title: '状态', render: (row) => <StateTag label={row.stateLabel} open={isOpen(row)} /> },
  { key: 'tier', title: '预警', render: (row) => (row.tier === 'calm' ? '' : <TierTag tier={row.tier} />) },
  {
    key: 'items',
    title: '未闭合／全部',
    align: 'right',
    render: (row) => `${row.openItems}／${row.items}`,
  },
  {
    key: 'overdue',
    title: '逾期',
    align: 'right',
    render: (row) => (row.overdueItems > 0 ? `${row.overdueItems} 项` : ''),
  },
  {
    key: 'due',
    title: '最近期限',
    render: (row) => (row.due && isOpen(row) ? <DueBadge due={lastDayOf(row.due)} /> : ''),
  },
  { key: 'served', title: '送达', render: (row) => <When at={row.servedAt} day /> },
]

const names = ['projectId', 'orgId', 'kind', 'state', 'tier', 'open', 'issued', 'withdrawn', 'inspectionId'] as const

/** 责令整改: every notice and stop order that the reader reaches, with the figures they add up to. */
export function NoticesPage() {
  const { filter, set } = useFilter(names)
  const { projects, units } = useChoices()
  const navigate = useNavigate()
  const orders = mayOpen(useSession(), 'rectification.order')
  const query = {
    projectId: filter.projectId,
    orgId: filter.orgId,
    inspectionId: filter.inspectionId,
    kind: oneOf(filter.kind, kindOptions),
    state: oneOf(filter.state, stateOptions),
    tier: oneOf(filter.tier, tierOptions),
    open: flagOf(filter.open),
    issued: flagOf(filter.issued),
    withdrawn: flagOf(filter.withdrawn),
  }
  const pages = usePages(rectificationContract.list, { query })
  return (
    <Page
      title="责令整改"
      lead="责令改正通知书、局部停工通知书、全面停工通知书"
      actions={
        <>
          <Link to="/hazards">隐患台账</Link>
          <Link to="/rectification/units">单位整改情况</Link>
          {orders && <Link to="/rectification/new">拟制文书</Link>}
        </>
      }
    >
      <Standing projectId={filter.projectId} />
      <DataTable
        label="责令整改文书"
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate(`/rectification/${row.id}`)}
        empty="没有符合条件的文书"
        filters={
          <>
            <FilterSelect
              label="项目"
              value={filter.projectId}
              options={projects}
              onChange={(projectId) => set({ projectId })}
              search
              width={180}
            />
            <FilterSelect
              label="责任单位"
              value={filter.orgId}
              options={units}
              onChange={(orgId) => set({ orgId })}
              search
              width={160}
            />
            <FilterSelect
              label="文书"
              value={query.kind}
              options={kindOptions}
              onChange={(kind) => set({ kind })}
              width={150}
            />
            <FilterSelect
              label="状态"
              value={query.state}
              options={stateOptions}
              onChange={(state) => set({ state })}
            />
            <FilterSelect label="预警" value={query.tier} options={tierOptions} onChange={(tier) => set({ tier })} />
            <FilterSelect
              label="是否闭合"
              value={query.open}
              options={openOptions}
              onChange={(open) => set({ open })}
            />
            <FilterSelect
              label="是否下达"
              value={query.issued}
              options={issuedOptions}
              onChange={(issued) => set({ issued })}
            />
            <FilterSelect
              label="是否撤回"
              value={query.withdrawn}
              options={withdrawnOptions}
              onChange={(withdrawn) => set({ withdrawn })}
            />
          </>
        }
      />
    </Page>
  )
}
