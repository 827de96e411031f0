import { inspectionContract } from '@plumbline/core/inspection'
import { lastDayOf, noticeKinds, type NoticeRow, rectificationContract } from '@plumbline/core/rectification'
import { Link } from 'react-router'
import { type Pages, usePages, useRoute } from '../../kit/api.ts'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { Count, DueBadge, Empty, Failure, FigureStrip, Loading, StateTag, Tag, tierWords } from '../../kit/ui/index.ts'
import { useOpenCount } from './count.ts'
import './rectification.css'
import { StandingLine } from './Standing.tsx'
import { Unordered } from './Unordered.tsx'
import { isOpen, sayNumber } from './words.ts'

/** 整改情况 on the page of a project: open notices, and the sum they belong to. */
export function ProjectPanel({ id }: { id: string }) {
  const orders = mayOpen(useSession(), 'rectification.order')
  return (
    <>
      <OpenNotices id={id} />
      <StandingLine projectId={id} />
      <p className="standing-formula">
        <Link to={`/hazards?projectId=${id}`}>隐患台账</Link>
        {orders && (
          <>
            {' · '}
            <Link to={`/rectification/new?project=${id}`}>拟制文书</Link>
          </>
        )}
      </p>
    </>
  )
}

/** 下达文书 on the page of an inspection: the papers that rest on it, and the findings that none orders yet. */
export function InspectionPanel({ id }: { id: string }) {
  const orders = mayOpen(useSession(), 'rectification.order')
  const inspection = useRoute(inspectionContract.get, { params: { id } })
  // Before it is signed nothing can rest on it.
  const signed = inspection.data?.record.state === 'signed'
  return (
    <>
      <InspectionNotices id={id} />
      {orders && signed && <Unordered inspectionId={id} />}
    </>
  )
}

/** The papers that rest on an inspection, closed ones too. */
export const InspectionNotices = ({ id }: { id: string }) => (
  <Notices pages={usePages(rectificationContract.list, { query: { inspectionId: id } })} none="还没有下达文书。" />
)

/** The open notices of a project alone, as the phone shows them: it has no ledger and drafts nothing. */
export const OpenNotices = ({ id }: { id: string }) => (
  <Notices
    pages={usePages(rectificationContract.list, { query: { projectId: id, open: 'true' } })}
    none="没有未闭合的整改。"
  />
)

function Notices({ pages, none }: { pages: Pages<NoticeRow>; none: string }) {
  if (pages.isPending) return <Loading />
  if (pages.error) return <Failure error={pages.error} again={pages.again} />
  return (
    <>
      {pages.rows.length === 0 && <Empty>{none}</Empty>}
      <ul className="rows">
        {pages.rows.map((row) => (
          <li key={row.id}>
            {row.tier !== 'calm' ? (
              <Tag tone={row.tier}>{tierWords[row.tier]}</Tag>
            ) : row.due && isOpen(row) ? (
              <DueBadge due={lastDayOf(row.due)} />
            ) : (
              <span />
            )}
            <div>
              <Link className="title" to={`/rectification/${row.id}`}>
                {noticeKinds[row.kind]} {sayNumber(row.number)}
              </Link>
              <div className="tiny muted">
                {row.orgName} · 未闭合 {row.openItems}／{row.items} 项
                {row.overdueItems > 0 && `，逾期 ${row.overdueItems} 项`}
              </div>
            </div>
            <StateTag label={row.stateLabel} open={isOpen(row)} />
          </li>
        ))}
      </ul>
      {pages.more && (
        <p className="standing-formula">
          <button type="button" className="quiet" onClick={pages.more} disabled={pages.loadingMore}>
            更多
          </button>
        </p>
      )}
    </>
  )
}

const most = 200

/** How many open notices stand on a rung; beyond a page of the list it says so. */
function useRung(tier: 'yellow' | 'red'): string | undefined {
  const { data } = useRoute(rectificationContract.list, { query: { tier, open: 'true', limit: most } })
  return data && `${data.rows.length}${data.next ? '+' : ''}`
}

/** 未闭合整改 on the home page, yellow and red apart. */
export function HomePanel() {
  const open = useOpenCount()
  const yellow = useRung('yellow')
  const red = useRung('red')
  if (open === undefined || yellow === undefined || red === undefined) return null
  const note = (
    <>
      {yellow !== '0' && (
        <Link to="/rectification?open=true&tier=yellow">
          <Tag tone="yellow">黄 {yellow}</Tag>
        </Link>
      )}{' '}
      {red !== '0' && (
        <Link to="/rectification?open=true&tier=red">
          <Tag tone="red">红 {red}</Tag>
        </Link>
      )}
      {yellow === '0' && red === '0' && '没有黄色提醒和红色锁定'}
    </>
  )
  return (
    <FigureStrip
      figures={[
        { label: '未闭合整改', value: <Count value={open} />, note, to: '/rectification?issued=true&open=true' },
      ]}
    />
  )
}
