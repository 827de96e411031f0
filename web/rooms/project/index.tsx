import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { NavItem, Panel } from '../../kit/panels.tsx'

const HomeFigure = lazy(async () => ({ default: (await import('./home.tsx')).HomeFigure }))
const HomeMap = lazy(async () => ({ default: (await import('./home.tsx')).HomeMap }))
const OrgProjects = lazy(async () => ({ default: (await import('./OrgProjects.tsx')).OrgProjects }))

const map = async () => ({ Component: (await import('./MapPage.tsx')).MapPage })

export const routes: RouteObject[] = [
  { path: 'map', lazy: map },
  { path: 'county/:id', lazy: map },
  { path: 'projects', lazy: async () => ({ Component: (await import('./ProjectsPage.tsx')).ProjectsPage }) },
  {
    path: 'projects/statistics',
    lazy: async () => ({ Component: (await import('./StatisticsPage.tsx')).StatisticsPage }),
  },
  { path: 'projects/new', lazy: async () => ({ Component: (await import('./NewProjectPage.tsx')).NewProjectPage }) },
  { path: 'projects/import', lazy: async () => ({ Component: (await import('./ImportPage.tsx')).ImportPage }) },
  { path: 'project/:id', lazy: async () => ({ Component: (await import('./ProjectPage.tsx')).ProjectPage }) },
]

export const nav: NavItem[] = [
  { group: '', order: 1, path: '/map', label: '一张图', permission: 'project.read' },
  { group: '监督', order: 1, path: '/projects', label: '项目库', permission: 'project.read' },
]

export const panels: Panel[] = [
  { slot: 'home', order: 1, title: '在建项目', Component: HomeFigure, permission: 'project.read', bare: true },
  { slot: 'home', order: 1, title: '工地分布', Component: HomeMap, permission: 'project.read', side: true },
  { slot: 'org', order: 10, title: '参建项目', Component: OrgProjects, permission: 'project.read' },
]
