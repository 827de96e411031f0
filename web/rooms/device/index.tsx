import type { RouteObject } from 'react-router'
import type { CaseLists, NavItem } from '../../kit/panels.tsx'

export const routes: RouteObject[] = [
  { path: 'devices', lazy: async () => ({ Component: (await import('./DevicesPage.tsx')).DevicesPage }) },
  { path: 'devices/new', lazy: async () => ({ Component: (await import('./NewDevicePage.tsx')).NewDevicePage }) },
  { path: 'device/:id', lazy: async () => ({ Component: (await import('./DevicePage.tsx')).DevicePage }) },
]

export const nav: NavItem[] = [
  { group: '现场', order: 1, path: '/devices', label: '监测设备', permission: 'device.read' },
]

export const lists: CaseLists = {
  // The list shows the devices in use or those retired, never both.
  device: (projectId, open) => (open ? `/devices?projectId=${projectId}` : undefined),
}
