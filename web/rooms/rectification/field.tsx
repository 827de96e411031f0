import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { FieldTab, Panel } from '../../kit/panels.tsx'
import { useOpenCount } from './count.ts'

export const routes: RouteObject[] = [
  { path: 'rectification', lazy: async () => ({ Component: (await import('./FieldListPage.tsx')).FieldListPage }) },
  {
    path: 'rectification/:id',
    lazy: async () => ({ Component: (await import('./FieldNoticePage.tsx')).FieldNoticePage }),
  },
]

export const tabs: FieldTab[] = [
  {
    order: 20,
    path: '/rectification',
    label: '整改',
    icon: 'repair',
    permission: 'rectification.read',
    useCount: useOpenCount,
  },
]

export const panels: Panel[] = [
  {
    slot: 'inspection',
    order: 10,
    title: '下达文书',
    permission: 'rectification.read',
    Component: lazy(async () => ({ default: (await import('./panels.tsx')).InspectionNotices })),
  },
  {
    slot: 'project',
    order: 40,
    title: '整改情况',
    permission: 'rectification.read',
    Component: lazy(async () => ({ default: (await import('./panels.tsx')).OpenNotices })),
  },
]
