import { createContext, type ReactNode, Suspense, useContext, useEffect, useState } from 'react'
import { Link, NavLink, Outlet, useLocation } from 'react-router'
import { useLive } from '../kit/live.ts'
import type { FieldTab } from '../kit/panels.tsx'
import { mayOpen, useSession } from '../kit/session.tsx'
import { Boundary } from '../kit/ui/Boundary.tsx'
import { Failure } from '../kit/ui/Failure.tsx'
import { Loading } from '../kit/ui/Loading.tsx'
import { type FailedProps, failureTitle } from '../kit/ui/PageFailure.tsx'
import { TabIcon } from './TabIcon.tsx'

interface Bar {
  title: string
  note?: ReactNode
  /** Where the arrow at the left leads; without it there is none. */
  back?: string
}

const BarContext = createContext<(bar: Bar | undefined) => void>(() => {})

/** Names the page in the top bar of the phone, for as long as the page stands. */
export function TopBar({ title, note, back }: Bar) {
  const put = useContext(BarContext)
  useEffect(() => {
    put({ title, note, back })
    return () => put(undefined)
  }, [put, title, note, back])
  return <title>{`${title} · 准绳`}</title>
}

/** A page of the phone that cannot be shown. */
export const FieldFailure = ({ error, again }: FailedProps) => (
  <div className="field-stack">
    <TopBar title={failureTitle(error)} back="/" />
    <Failure error={error} again={again} />
  </div>
)

const first: FieldTab = { order: 0, path: '/', label: '待办', icon: 'inbox' }
const useUnread = () => useSession().unread

const last: FieldTab = { order: 99, path: '/mine', label: '我的', icon: 'person', useCount: useUnread }

/** Top bar, page, tabs: 待办, what the rooms bring (检查, 整改), 我的. Made for 360 px and a thumb. */
export function Shell({ tabs }: { tabs: readonly FieldTab[] }) {
  const session = useSession()
  const live = useLive()
  const { pathname } = useLocation()
  const [bar, setBar] = useState<Bar>()
  const shown = [first, ...tabs, last]
    .filter((tab) => mayOpen(session, tab.permission))
    .toSorted((one, other) => one.order - other.order)
  return (
    <BarContext value={setBar}>
      <header className="field-bar">
        {bar?.back && (
          <Link to={bar.back} aria-label="返回">
            ‹
          </Link>
        )}
        <div>
          <h1>{bar?.title ?? '准绳'}</h1>
          <span>{bar?.note ?? session.county.authority}</span>
        </div>
      </header>
      {live === 'lost' && (
        <p className="field-net" role="status">
          与服务器的连接已断开，正在重连
        </p>
      )}
      <main className="field-page">
        <Boundary key={pathname} Failed={FieldFailure}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Boundary>
      </main>
      <nav className="field-tabs" aria-label="主导航">
        {shown.map((tab) => (
          <Tab key={tab.path} tab={tab} />
        ))}
      </nav>
    </BarContext>
  )
}

const nothingToCount = () => undefined

function Tab({ tab }: { tab: FieldTab }) {
  const { useCount = nothingToCount } = tab
  const count = useCount()
  return (
    <NavLink to={tab.path} end={tab.path === '/'} className={({ isActive }) => (isActive ? 'on' : '')}>
      <TabIcon name={tab.icon} />
      {tab.label}
      {count !== undefined && count > 0 && <b className="num">{count}</b>}
    </NavLink>
  )
}
