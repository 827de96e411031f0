import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { Panel } from '../../kit/panels.tsx'

const ProjectPours = lazy(async () => ({ default: (await import('./panels.tsx')).ProjectPours }))
const DevicePours = lazy(async () => ({ default: (await import('./panels.tsx')).DevicePours }))

export const routes: RouteObject[] = [
  { path: 'pours/new', lazy: async () => ({ Component: (await import('./FieldApplyPage.tsx')).FieldApplyPage }) },
  { path: 'pour/:id', lazy: async () => ({ Component: (await import('./FieldPourPage.tsx')).FieldPourPage }) },
]

export const panels: Panel[] = [
  {
    slot: 'device',
    order: 4,
    title: '混凝土浇筑令',
    Component: DevicePours,
    permission: 'danger_work.read',
    bare: true,
  },
  { slot: 'project', order: 52, title: '混凝土浇筑令', Component: ProjectPours, permission: 'danger_work.read' },
]
