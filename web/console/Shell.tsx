import { Drawer } from 'antd'
import { Suspense, useState } from 'react'
import { Link, Outlet, useLocation } from 'react-router'
import { useLive } from '../kit/live.ts'
import type { NavItem } from '../kit/panels.tsx'
import { mayOpen, useSession } from '../kit/session.tsx'
import { Boundary } from '../kit/ui/Boundary.tsx'
import { Loading } from '../kit/ui/Loading.tsx'
import { Mark } from '../kit/ui/Mark.tsx'
import { PageFailure } from '../kit/ui/PageFailure.tsx'
import { DemoClock } from './DemoClock.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { SearchBox } from './SearchBox.tsx'
import './shell.css'
import { SideNav } from './SideNav.tsx'

/** Header, navigation and the page between them. Below 768 px the navigation is a drawer. */
export function Shell({ nav }: { nav: readonly NavItem[] }) {
  const session = useSession()
  const live = useLive()
  const { pathname } = useLocation()
  const [openAt, setOpenAt] = useState<string>()
  return (
    <>
      <a className="skip" href="#page">
        跳到正文
      </a>
      <header className="top">
        <button type="button" className="nav-opener" aria-label="打开导航" onClick={() => setOpenAt(pathname)}>
          <svg viewBox="0 0 24 24" width="20" height="20" stroke="currentColor" strokeWidth="1.8" aria-hidden>
            <path d="M4 7h16M4 12h16M4 17h16" />
          </svg>
        </button>
        <Link to="/" className="mark">
          <Mark />
          准绳
        </Link>
        <span className="authority">{session.county.authority}</span>
        <SearchBox />
        <div className="top-right">
          {live === 'lost' && (
            <span className="lost" role="status">
              实时更新已断开，正在重连
            </span>
          )}
          {session.clockMovable && <DemoClock />}
          {nav
            .filter((item) => item.head && mayOpen(session, item.permission))
            .map((item) => (
              <HeadCount key={item.path} item={item} />
            ))}
          <HeadCount item={{ ...messages, useCount: () => session.unread }} />
          <PersonMenu />
        </div>
      </header>
      <div className="shell">
        <SideNav nav={nav} />
        {/* Going to a page closes the drawer: it was opened at another address. */}
        <Drawer
          open={openAt === pathname}
          onClose={() => setOpenAt(undefined)}
          placement="left"
          size={240}
          title="导航"
          styles={{ body: { padding: 0 } }}
        >
          {session.clockMovable && <DemoClock />}
          <SideNav nav={nav} />
        </Drawer>
        <main id="page" tabIndex={-1}>
          <Boundary key={pathname} Failed={PageFailure}>
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </Boundary>
        </main>
      </div>
    </>
  )
}

const messages: NavItem = { group: '', order: 99, path: '/messages', label: '消息' }

/** A number of the header; nothing to count draws nothing. */
function HeadCount({ item: { path, label, useCount } }: { item: NavItem }) {
  const count = useCount?.()
  if (!count) return null
  return (
    <Link to={path} className="top-count">
      {label} <b className="num">{count}</b>
    </Link>
  )
}
