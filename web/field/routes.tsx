import { Link, type RouteObject, useRouteError } from 'react-router'
import { Empty } from '../kit/ui/Empty.tsx'
import { PageFailure } from '../kit/ui/PageFailure.tsx'
import { HomePage } from './HomePage.tsx'
import { MessagesPage } from './MessagesPage.tsx'
import { MinePage } from './MinePage.tsx'
import { Root } from './Root.tsx'
import { rooms } from './rooms.ts'
import { TopBar } from './Shell.tsx'

const NotFound = () => (
  <>
    <TopBar title="没有这个页面" back="/" />
    <Empty action={<Link to="/">回到待办</Link>}>地址有误，或者此页已经不在。</Empty>
  </>
)

const RouteBreak = () => (
  <main className="page-alone">
    <PageFailure error={useRouteError()} again={() => window.location.reload()} />
  </main>
)

export const routes: RouteObject[] = [
  {
    path: '/',
    Component: Root,
    ErrorBoundary: RouteBreak,
    HydrateFallback: () => null,
    children: [
      { index: true, Component: HomePage },
      { path: 'mine', Component: MinePage },
      { path: 'messages', Component: MessagesPage },
      ...rooms.flatMap((room) => room.routes ?? []),
      { path: '*', Component: NotFound },
    ],
  },
]
