import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { CaseLists, NavItem, Panel } from '../../kit/panels.tsx'

const InstallRates = lazy(async () => ({ default: (await import('./InstallRates.tsx')).InstallRates }))

const OnlineRates = lazy(async () => ({ default: (await import('./OnlineRates.tsx')).OnlineRates }))
const HomeOnboarding = lazy(async () => ({ default: (await import('./home.tsx')).HomeOnboarding }))

export const routes: RouteObject[] = [
  { path: 'devices', lazy: async () => ({ Component: (await import('./DevicesPage.tsx')).DevicesPage }) },
  { path: 'devices/new', lazy: async () => ({ Component: (await import('./NewDevicePage.tsx')).NewDevicePage }) },
  {
    path: 'devices/onboarding',
    lazy: async () => ({ Component: (await import('./OnboardingPage.tsx')).OnboardingPage }),
  },
  {
    path: 'devices/held-back',
    lazy: async () => ({ Component: (await import('./HeldBackPage.tsx')).HeldBackPage }),
  },
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
  { slot: 'statistics', order: 11, title: '设备在线率', Component: OnlineRates, permission: 'device.read' },
  { slot: 'home', order: 31, title: '设备接入', Component: HomeOnboarding, permission: 'device.read', bare: true },
]

export const lists: CaseLists = {
  // The list shows the devices in use or those retired, never both.
  device: (projectId, open) => (open ? `/devices?projectId=${projectId}` : undefined),
}
