import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { CaseLists, NavItem, Panel } from '../../kit/panels.tsx'

const ProjectInspections = lazy(async () => ({ default: (await import('./panels.tsx')).ProjectInspections }))
const ProjectCoverage = lazy(async () => ({ default: (await import('./panels.tsx')).ProjectCoverage }))

export const routes: RouteObject[] = [
  { path: 'inspections', lazy: async () => ({ Component: (await import('./InspectionsPage.tsx')).InspectionsPage }) },
  {
    path: 'inspections/new',
    lazy: async () => ({ Component: (await import('./NewInspectionPage.tsx')).NewInspectionPage }),
  },
  { path: 'inspection/:id', lazy: async () => ({ Component: (await import('./InspectionPage.tsx')).InspectionPage }) },
  { path: 'inspection/:id/edit', lazy: async () => ({ Component: (await import('./EditPage.tsx')).EditPage }) },
  { path: 'plans', lazy: async () => ({ Component: (await import('./PlansPage.tsx')).PlansPage }) },
  { path: 'plans/new', lazy: async () => ({ Component: (await import('./NewPlanPage.tsx')).NewPlanPage }) },
  { path: 'plan/:id', lazy: async () => ({ Component: (await import('./PlanPage.tsx')).PlanPage }) },
]

export const nav: NavItem[] = [
  { group: '监督', order: 2, path: '/plans', label: '监督计划', permission: 'inspection.read' },
  { group: '监督', order: 4, path: '/inspections', label: '监督检查', permission: 'inspection.read' },
]

export const panels: Panel[] = [
  { slot: 'project', order: 20, title: '检查记录', Component: ProjectInspections, permission: 'inspection.read' },
  { slot: 'project', order: 21, title: '检查覆盖情况', Component: ProjectCoverage, permission: 'inspection.read' },
]

export const lists: CaseLists = {
  // No list of the records shows just those that are open: a draft and one that waits for signatures are two states.
  inspection: (projectId, open) => (open ? undefined : `/inspections?projectId=${projectId}`),
}
