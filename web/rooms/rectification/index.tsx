import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { CaseLists, NavItem, Panel } from '../../kit/panels.tsx'
import { useOpenCount } from './count.ts'

export const routes: RouteObject[] = [
  { path: 'rectification', lazy: async () => ({ Component: (await import('./NoticesPage.tsx')).NoticesPage }) },
  { path: 'rectification/new', lazy: async () => ({ Component: (await import('./DraftPage.tsx')).DraftPage }) },
  { path: 'rectification/units', lazy: async () => ({ Component: (await import('./UnitsPage.tsx')).UnitsPage }) },
  { path: 'rectification/:id', lazy: async () => ({ Component: (await import('./NoticePage.tsx')).NoticePage }) },
  { path: 'hazards', lazy: async () => ({ Component: (await import('./LedgerPage.tsx')).LedgerPage }) },
]

export const nav: NavItem[] = [
  {
    group: '监督',
    order: 50,
    path: '/rectification',
    label: '责令整改',
    permission: 'rectification.read',
    useCount: useOpenCount,
  },
  { group: '监督', order: 51, path: '/hazards', label: '隐患台账', permission: 'rectification.read' },
]

export const panels: Panel[] = [
  {
    slot: 'home',
    order: 20,
    title: '未闭合整改',
    bare: true,
    permission: 'rectification.read',
    Component: lazy(async () => ({ default: (await import('./panels.tsx')).HomePanel })),
  },
  {
    slot: 'project',
    order: 40,
    title: '整改情况',
    permission: 'rectification.read',
    Component: lazy(async () => ({ default: (await import('./panels.tsx')).ProjectPanel })),
  },
  {
    slot: 'inspection',
    order: 10,
    title: '下达文书',
    permission: 'rectification.read',
    Component: lazy(async () => ({ default: (await import('./panels.tsx')).InspectionPanel })),
  },
  {
    slot: 'org',
    order: 40,
    title: '整改情况',
    permission: 'rectification.read',
    Component: lazy(async () => ({ default: (await import('./UnitsPage.tsx')).UnitPanel })),
  },
]

export const lists: CaseLists = {
  rectification: (projectId, open) => `/rectification?projectId=${projectId}${open ? '&open=true' : ''}`,
}
