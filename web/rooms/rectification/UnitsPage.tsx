import { rectificationContract, type UnitRow } from '@plumbline/core/rectification'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { type Column, CountLink, DataTable, Facts, Failure, Loading, Page, Tag, wholeList } from '../../kit/ui/index.ts'
import './rectification.css'

const noticesOf = ({ orgId }: UnitRow) => `orgId=${orgId}&issued=true&withdrawn=false`
const ledgerOf = ({ orgId }: UnitRow, query: string) => `/hazards?orgId=${orgId}&${query}`

const sayMedian = ({ medianDays }: UnitRow) => (medianDays === null ? '尚无闭合' : `${medianDays} 天`)

const locked = (row: UnitRow) =>
  row.locked === 0 ? (
    '0'
  ) : (
    <Link to={`/rectification?${noticesOf(row)}&tier=red`}>
      <Tag tone="red">{row.locked} 件红色锁定</Tag>
    </Link>
  )

const columns: Column<UnitRow>[] = [
  {
    key: 'org',
    title: '单位',
    render: (row) => <Link to={`/org/${row.orgId}`}>{row.orgName}</Link>,
    compare: (one, other) => one.orgName.localeCompare(other.orgName, 'zh-CN'),
  },
  {
    key: 'notices',
    title: '文书（不含撤回）',
    align: 'right',
    render: (row) => (
      <CountLink value={row.notices} to={`/rectification?${noticesOf(row)}`} label={`${row.orgName} 文书`} />
    ),
    compare: (one, other) => one.notices - other.notices,
  },
  {
    key: 'open',
    title: '未闭合隐患',
    align: 'right',
    render: (row) => (
      <CountLink
        value={row.openItems}
        to={ledgerOf(row, 'open=true&accepted=false')}
        label={`${row.orgName} 未闭合隐患`}
      />
    ),
    compare: (one, other) => one.openItems - other.openItems,
  },
  {
    key: 'overdue',
    title: '逾期隐患',
    align: 'right',
    render: (row) => (
      <CountLink value={row.overdueItems} to={ledgerOf(row, 'overdue=true')} label={`${row.orgName} 逾期隐患`} />
    ),
    compare: (one, other) => one.overdueItems - other.overdueItems,
  },
  { key: 'locked', title: '锁定', render: locked, compare: (one, other) => one.locked - other.locked },
  {
    key: 'median',
    title: '闭合用时（中位数）',
    align: 'right',
    render: sayMedian,
    compare: (one, other) => (one.medianDays ?? -1) - (other.medianDays ?? -1),
  },
  {
    key: 'repeats',
    title: '重复隐患',
    align: 'right',
    render: (row) => (
      <CountLink value={row.repeats} to={ledgerOf(row, 'repeat=true')} label={`${row.orgName} 重复隐患`} />
    ),
    compare: (one, other) => one.repeats - other.repeats,
  },
]

/** 单位整改情况: how each unit puts right what it was ordered to (REC-13). */
export function UnitsPage() {
  const units = useRoute(rectificationContract.units, { query: {} })
  return (
    <Page
      title="单位整改情况"
      crumbs={[{ label: '责令整改', to: '/rectification' }]}
      lead="重复隐患：同一单位在任一项目上曾被责令整改过的同一检查项（或同一条款）"
    >
      {units.isPending && <Loading />}
      {units.error && <Failure error={units.error} again={() => void units.refetch()} />}
      {units.data && (
        <DataTable
          label="单位整改情况"
          pages={wholeList(units.data.rows)}
          columns={columns}
          rowKey={(row) => row.orgId}
          empty="还没有下达过文书"
        />
      )}
    </Page>
  )
}

/** 整改情况 on the page of a unit. */
export function UnitPanel({ id }: { id: string }) {
  const units = useRoute(rectificationContract.units, { query: { orgId: id } })
  if (units.isPending) return <Loading />
  if (!units.data) return <Failure error={units.error} again={() => void units.refetch()} />
  const [row] = units.data.rows
  if (!row) return <p className="steps-none muted">没有向该单位下达过文书。</p>
  const counts = columns
    .filter(({ key }) => key !== 'org')
    .map(({ title, render }) => ({ label: title, value: render(row) }))
  return <Facts facts={counts} />
}
