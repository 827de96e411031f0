import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { CaseLists, NavItem, Panel } from '../../kit/panels.tsx'

const ProjectPours = lazy(async () => ({ default: (await import('./panels.tsx')).ProjectPours }))
const DevicePours = lazy(async () => ({ default: (await import('./panels.tsx')).DevicePours }))

export const routes: RouteObject[] = [
  { path: 'pours', lazy: async () => ({ Component: (await import('./PoursPage.tsx')).PoursPage }) },
  { path: 'pours/new', lazy: async () => ({ Component: (await import('./ApplyPage.tsx')).ApplyPage }) },
  { path: 'pour/:id', lazy: async () => ({ Component: (await import('./PourPage.tsx')).PourPage }) },
]

const permission = 'danger_work.read'

export const nav: NavItem[] = [{ group: '现场', order: 4, path: '/pours', label: '浇筑令', permission }]

export const panels: Panel[] = [
  { slot: 'project', order: 52, title: '混凝土浇筑令', Component: ProjectPours, permission },
  { slot: 'device', order: 4, title: '混凝土浇筑令', Component: DevicePours, permission, bare: true },
]

export const lists: CaseLists = {
  pour: (projectId, open) => `/pours?projectId=${projectId}${open ? '&open=true' : ''}`,
}
