import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { Panel } from '../../kit/panels.tsx'
import { statisticsRoutes } from './statistics/routes.ts'

const Environment = lazy(async () => ({ default: (await import('./Environment.tsx')).Environment }))
const SitePanel = lazy(async () => ({ default: (await import('./statistics/SitePanel.tsx')).SitePanel }))

const FieldSwitch = lazy(async () => ({ default: (await import('./linkage/FieldSwitch.tsx')).FieldSwitch }))
const ProjectDispatches = lazy(async () => ({ default: (await import('./linkage/panels.tsx')).ProjectDispatches }))

export const routes: RouteObject[] = [
  {
    path: 'device/:id',
    lazy: async () => ({ Component: (await import('./kinds/FieldDevicePage.tsx')).FieldDevicePage }),
  },
  { path: 'alarms', lazy: async () => ({ Component: (await import('./FieldAlarmsPage.tsx')).FieldAlarmsPage }) },
  { path: 'alarm/:id', lazy: async () => ({ Component: (await import('./FieldAlarmPage.tsx')).FieldAlarmPage }) },
  {
    path: 'dispatches/new',
    lazy: async () => ({ Component: (await import('./linkage/CallPage.tsx')).FieldCallPage }),
  },
  {
    path: 'dispatch/:id',
    lazy: async () => ({ Component: (await import('./linkage/FieldDispatchPage.tsx')).FieldDispatchPage }),
  },
  {
    path: 'doubt/:id',
    lazy: async () => ({ Component: (await import('./credibility/DoubtPage.tsx')).FieldDoubtPage }),
  },
  ...statisticsRoutes,
]

export const panels: Panel[] = [
  { slot: 'device', order: 1, title: '启停', Component: FieldSwitch, permission: 'telemetry.read', bare: true },
  { slot: 'project', order: 51, title: '洒水车', Component: ProjectDispatches, permission: 'telemetry.read' },
  { slot: 'project', order: 50, title: '环境监测', Component: Environment, permission: 'telemetry.read' },
  { slot: 'project', order: 51, title: '环境统计', Component: SitePanel, permission: 'telemetry.read' },
]
