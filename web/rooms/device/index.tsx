import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { CaseLists, NavItem, Panel } from '../../kit/panels.tsx'

const InstallRates = lazy(async () => ({ default: (await import('./InstallRates.tsx')).InstallRates }))

export const routes: RouteObject[] = [
  { path: 'devices', lazy: async () => ({ Component: (await import('./DevicesPage.tsx')).DevicesPage }) },
  { path: 'devices/new', lazy: async () => ({ Component: (await import('./NewDevicePage.tsx')).NewDevicePage }) },
  { path: 'device/:id', lazy: async () => ({ Component: (await import('./DevicePage.tsx')).DevicePage }) },
]

export const nav: NavItem[] = [
  { group: '现场', order: 1, path: '/devices', label: '监测设备', permission: 'device.read' },
]

export const panels: Panel[] = [
  {
    slot: 'statistics',
    order: 10,
    title: '扬尘监测设备安装率（在建项目）',
    Component: InstallRates,
    permission: 'device.read',
  },
]

export const lists: CaseLists = {
  // The list shows the devices in use or those retired, never both.
  device: (projectId, open) => (open ? `/devices?projectId=${projectId}` : undefined),
}
