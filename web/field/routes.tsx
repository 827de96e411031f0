import { Link, type RouteObject, useRouteError } from 'react-router'
import { Empty } from '../kit/ui/Empty.tsx'
import { Failure } from '../kit/ui/Failure.tsx'
import { HomePage } from './HomePage.tsx'
import { MessagesPage } from './MessagesPage.tsx'
import { MinePage } from './MinePage.tsx'
import { Root } from './Root.tsx'
import { rooms } from './rooms.ts'

const NotFound = () => <Empty action={<Link to="/">回到待办</Link>}>没有这个页面。</Empty>

const RouteBreak = () => <Failure error={useRouteError()} again={() => window.location.reload()} />

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
