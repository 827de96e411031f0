import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { CaseLists, NavItem, Panel } from '../../kit/panels.tsx'
import { useOpenAlarms } from './count.ts'

const device = () => import('./device-panels.tsx')
const DeviceLatest = lazy(async () => ({ default: (await device()).DeviceLatest }))
const DeviceSeries = lazy(async () => ({ default: (await device()).DeviceSeries }))
const DeviceCommands = lazy(async () => ({ default: (await device()).DeviceCommands }))
const DeviceAlarms = lazy(async () => ({ default: (await device()).DeviceAlarms }))
const Environment = lazy(async () => ({ default: (await import('./Environment.tsx')).Environment }))
const HomeFigure = lazy(async () => ({ default: (await import('./home.tsx')).HomeFigure }))

export const routes: RouteObject[] = [
  { path: 'alarms', lazy: async () => ({ Component: (await import('./AlarmsPage.tsx')).AlarmsPage }) },
  { path: 'alarm/:id', lazy: async () => ({ Component: (await import('./AlarmPage.tsx')).AlarmPage }) },
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
]

const permission = 'telemetry.read'

export const panels: Panel[] = [
  { slot: 'device', order: 10, title: '最新数值', Component: DeviceLatest, permission },
  { slot: 'device', order: 20, title: '时段曲线', Component: DeviceSeries, permission },
  { slot: 'device', order: 30, title: '喷淋指令', Component: DeviceCommands, permission },
  { slot: 'device', order: 40, title: '报警', Component: DeviceAlarms, permission },
  { slot: 'project', order: 50, title: '环境监测', Component: Environment, permission },
  { slot: 'home', order: 30, title: '扬尘测点在线', Component: HomeFigure, permission, bare: true },
]

export const lists: CaseLists = {
  alarm: (projectId, open) => `/alarms?projectId=${projectId}${open ? '&open=true' : ''}`,
}
