import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { Panel } from '../../kit/panels.tsx'

const FindProject = lazy(async () => ({ default: (await import('./FieldSearchPage.tsx')).FindProject }))

export const routes: RouteObject[] = [
  { path: 'projects', lazy: async () => ({ Component: (await import('./FieldSearchPage.tsx')).FieldSearchPage }) },
  { path: 'project/:id', lazy: async () => ({ Component: (await import('./FieldProjectPage.tsx')).FieldProjectPage }) },
]

export const panels: Panel[] = [
  { slot: 'home', order: 1, title: '查找项目', Component: FindProject, permission: 'project.read' },
]
