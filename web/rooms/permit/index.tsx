import type { RouteObject } from 'react-router'
import type { CaseLists, NavItem } from '../../kit/panels.tsx'

export const routes: RouteObject[] = [
  { path: 'permit', lazy: async () => ({ Component: (await import('./ApplicationsPage.tsx')).ApplicationsPage }) },
  { path: 'permit/new', lazy: async () => ({ Component: (await import('./SubmitPage.tsx')).SubmitPage }) },
  { path: 'permit/:id', lazy: async () => ({ Component: (await import('./ApplicationPage.tsx')).ApplicationPage }) },
]

export const nav: NavItem[] = [
  { group: '办件', order: 10, path: '/permit', label: '联合验收申请', permission: 'permit.read' },
]

export const lists: CaseLists = {
  permit: (projectId, open) => `/permit?projectId=${projectId}${open ? '&open=true' : ''}`,
}
