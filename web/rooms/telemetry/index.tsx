import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { CaseLists, NavItem, Panel } from '../../kit/panels.tsx'
import { useOpenAlarms } from './count.ts'
import { statisticsRoutes } from './statistics/routes.ts'

const device = () => import('./device-panels.tsx')
const DeviceLatest = lazy(async () => ({ default: (await device()).DeviceLatest }))
const DeviceSeries = lazy(async () => ({ default: (await device()).DeviceSeries }))
const DeviceCommands = lazy(async () => ({ default: (await device()).DeviceCommands }))
const DeviceAlarms = lazy(async () => ({ default: (await device()).DeviceAlarms }))
const ActuatorPanel = lazy(async () => ({ default: (await import('./linkage/ActuatorPanel.tsx')).ActuatorPanel }))
const LivePanel = lazy(async () => ({ default: (await import('./kinds/LivePanel.tsx')).LivePanel }))
const DeviceChecks = lazy(async () => ({ default: (await import('./checks/DeviceChecks.tsx')).DeviceChecks }))
const CredibilityPanel = lazy(async () => ({
  default: (await import('./credibility/CredibilityPanel.tsx')).CredibilityPanel,
}))
const Environment = lazy(async () => ({ default: (await import('./Environment.tsx')).Environment }))
const DeviceMeans = lazy(async () => ({ default: (await import('./statistics/DeviceMeans.tsx')).DeviceMeans }))
const SitePanel = lazy(async () => ({ default: (await import('./statistics/SitePanel.tsx')).SitePanel }))
const ProjectDispatches = lazy(async () => ({ default: (await import('./linkage/panels.tsx')).ProjectDispatches }))
const HomeFigure = lazy(async () => ({ default: (await import('./home.tsx')).HomeFigure }))

export const routes: RouteObject[] = [
  { path: 'alarms', lazy: async () => ({ Component: (await import('./AlarmsPage.tsx')).AlarmsPage }) },
  { path: 'alarms/roster', lazy: async () => ({ Component: (await import('./RosterPage.tsx')).RosterPage }) },
  { path: 'alarm/:id', lazy: async () => ({ Component: (await import('./AlarmPage.tsx')).AlarmPage }) },
  {
    path: 'credibility',
    lazy: async () => ({ Component: (await import('./credibility/SuspectsPage.tsx')).SuspectsPage }),
  },
  {
    path: 'dispatches',
    lazy: async () => ({ Component: (await import('./linkage/DispatchesPage.tsx')).DispatchesPage }),
  },
  { path: 'dispatches/new', lazy: async () => ({ Component: (await import('./linkage/CallPage.tsx')).CallPage }) },
  {
    path: 'dispatch/:id',
    lazy: async () => ({ Component: (await import('./linkage/DispatchPage.tsx')).DispatchPage }),
  },
  { path: 'doubt/:id', lazy: async () => ({ Component: (await import('./credibility/DoubtPage.tsx')).DoubtPage }) },
  ...statisticsRoutes,
]

export const nav: NavItem[] = [
  {
    group: '现场',
    order: 2,
    path: '/alarms',
    label: '监测报警',
    permission: 'telemetry.read',
    useCount: useOpenAlarms,
  },
  { group: '现场', order: 3, path: '/environment', label: '环境统计', permission: 'telemetry.read' },
  { group: '现场', order: 4, path: '/dispatches', label: '洒水车调度', permission: 'telemetry.read' },
  { group: '现场', order: 4, path: '/credibility', label: '数据可疑', permission: 'telemetry.read' },
]

const permission = 'telemetry.read'

export const panels: Panel[] = [
  { slot: 'device', order: 5, title: '实时状态', Component: LivePanel, permission, bare: true },
  { slot: 'device', order: 4, title: '启停', Component: ActuatorPanel, permission, bare: true },
  { slot: 'device', order: 1, title: '接入核对', Component: DeviceChecks, permission, side: true },
  { slot: 'device', order: 10, title: '最新数值', Component: DeviceLatest, permission },
  { slot: 'device', order: 15, title: '数据可信度', Component: CredibilityPanel, permission },
  { slot: 'device', order: 20, title: '时段曲线', Component: DeviceSeries, permission },
  { slot: 'device', order: 25, title: '历史均值', Component: DeviceMeans, permission },
  { slot: 'device', order: 30, title: '喷淋指令', Component: DeviceCommands, permission },
  { slot: 'device', order: 40, title: '报警', Component: DeviceAlarms, permission },
  { slot: 'project', order: 50, title: '环境监测', Component: Environment, permission },
  { slot: 'project', order: 51, title: '洒水车', Component: ProjectDispatches, permission },
  { slot: 'project', order: 51, title: '环境统计', Component: SitePanel, permission },
  { slot: 'home', order: 30, title: '扬尘测点在线', Component: HomeFigure, permission, bare: true },
]

export const lists: CaseLists = {
  alarm: (projectId, open) => `/alarms?projectId=${projectId}${open ? '&open=true' : ''}`,
  dispatch: (projectId, open) => `/dispatches?projectId=${projectId}${open ? '&open=true' : ''}`,
}
