import { lastDayOf, noticeKinds, type NoticeRow, rectificationContract } from '@plumbline/core/rectification'
import { Segmented } from 'antd'
import { Link } from 'react-router'
import { TopBar } from '../../field/Shell.tsx'
import { usePages } from '../../kit/api.ts'
import { DueBadge, Empty, Failure, Loading, StateTag, TierTag } from '../../kit/ui/index.ts'
import { useFilter } from '../../kit/filter.ts'
import './rectification.css'
import { isOpen, sayNumber } from './words.ts'

const cuts = {
  open: { label: '未闭合', query: { open: 'true' } },
  red: { label: '红色锁定', query: { open: 'true', tier: 'red' } },
  done: { label: '已办结', query: { open: 'false' } },
} as const
type Cut = keyof typeof cuts
const options = Object.entries(cuts).map(([value, { label }]) => ({ value: value as Cut, label }))

/** 整改 on the phone: the notices that this person reaches, officer or enterprise. */
export function FieldListPage() {
  const { filter, set } = useFilter(['cut'])
  const cut = options.find(({ value }) => value === filter.cut)?.value ?? 'open'
  const pages = usePages(rectificationContract.list, { query: cuts[cut].query })
  return (
    <div className="field-stack">
      <TopBar title="责令整改" />
      <Segmented<Cut> block size="large" options={options} value={cut} onChange={(next) => set({ cut: next })} />
      {pages.error && <Failure error={pages.error} again={pages.again} />}
      {pages.isPending && !pages.error && <Loading />}
      {!pages.isPending && !pages.error && pages.rows.length === 0 && <Empty>这里没有文书。</Empty>}
      {pages.rows.map((row) => (
        <Card key={row.id} row={row} />
      ))}
      {pages.more && (
        <button type="button" className="quiet" onClick={pages.more} disabled={pages.loadingMore}>
          更多
        </button>
      )}
    </div>
  )
}

function Card({ row }: { row: NoticeRow }) {
  const open = isOpen(row)
  return (
    <Link to={`/rectification/${row.id}`} className="card notice-card">
      <span className="notice-card-head">
        {row.tier !== 'calm' ? (
          <TierTag tier={row.tier} />
        ) : open && row.due ? (
          <DueBadge due={lastDayOf(row.due)} />
        ) : (
          <span />
        )}
        <StateTag label={row.stateLabel} open={open} />
      </span>
      <b>{row.projectName}</b>
      <span>
        {noticeKinds[row.kind]} {sayNumber(row.number)}
      </span>
      <span className="tiny muted num">
        {row.orgName} · 未闭合 {row.openItems}／{row.items} 项{row.overdueItems > 0 && `，逾期 ${row.overdueItems} 项`}
      </span>
    </Link>
  )
}
