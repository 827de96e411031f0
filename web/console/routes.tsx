import { Link, type RouteObject } from 'react-router'
import { Empty } from '../kit/ui/Empty.tsx'
import { Page } from '../kit/ui/Page.tsx'
import { HomePage } from './HomePage.tsx'
import { Root, RouteBreak } from './Root.tsx'
import { MessagesPage } from './MessagesPage.tsx'
import { OperationsPage } from './OperationsPage.tsx'
import { SearchPage } from './SearchPage.tsx'
import { rooms } from './rooms.ts'

function NotFound() {
  return (
    <Page title="没有这个页面">
      <Empty action={<Link to="/">回到待办</Link>}>地址有误，或者此页已经不在。</Empty>
    </Page>
  )
}

export const routes: RouteObject[] = [
  ...rooms.flatMap((room) => room.open ?? []).map((route) => ({ ...route, HydrateFallback: () => null })),
  {
    path: '/',
    Component: Root,
    ErrorBoundary: RouteBreak,
    HydrateFallback: () => null,
    children: [
      { index: true, Component: HomePage },
      { path: 'search', Component: SearchPage },
      { path: 'messages', Component: MessagesPage },
      { path: 'operations', Component: OperationsPage },
      ...rooms.flatMap((room) => room.routes ?? []),
      { path: '*', Component: NotFound },
    ],
  },
]
