import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { FieldTab, Panel } from '../../kit/panels.tsx'

const ProjectInspections = lazy(async () => ({ default: (await import('./panels.tsx')).ProjectInspections }))

export const routes: RouteObject[] = [
  {
    path: 'inspections',
    lazy: async () => ({ Component: (await import('./FieldListPage.tsx')).FieldListPage }),
  },
  {
    path: 'inspections/new',
    lazy: async () => ({ Component: (await import('./FieldNewPage.tsx')).FieldNewPage }),
  },
  {
    path: 'inspection/:id',
    lazy: async () => ({ Component: (await import('./FieldInspectionPage.tsx')).FieldInspectionPage }),
  },
  { path: 'inspection/:id/fill', lazy: async () => ({ Component: (await import('./FillPage.tsx')).FillPage }) },
]

export const tabs: FieldTab[] = [
  { order: 10, path: '/inspections', label: '检查', icon: 'check', permission: 'inspection.read' },
]

export const panels: Panel[] = [
  { slot: 'project', order: 20, title: '检查记录', Component: ProjectInspections, permission: 'inspection.read' },
]
