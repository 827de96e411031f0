import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { FieldTab, Panel } from '../../kit/panels.tsx'

const FindProject = lazy(async () => ({ default: (await import('./FieldSearchPage.tsx')).FindProject }))

export const routes: RouteObject[] = [
  { path: 'projects', lazy: async () => ({ Component: (await import('./FieldSearchPage.tsx')).FieldSearchPage }) },
  { path: 'project/:id', lazy: async () => ({ Component: (await import('./FieldProjectPage.tsx')).FieldProjectPage }) },
]

export const tabs: FieldTab[] = [
  { order: 5, path: '/projects', label: '项目', icon: 'site', permission: 'project.read' },
]

export const panels: Panel[] = [
  { slot: 'home', order: 1, title: '查找项目', Component: FindProject, permission: 'project.read' },
]
