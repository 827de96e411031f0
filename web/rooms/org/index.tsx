import type { RouteObject } from 'react-router'
import type { NavItem } from '../../kit/panels.tsx'

export const routes: RouteObject[] = [
  { path: 'orgs', lazy: async () => ({ Component: (await import('./OrgsPage.tsx')).OrgsPage }) },
  { path: 'org/:id', lazy: async () => ({ Component: (await import('./OrgPage.tsx')).OrgPage }) },
]

export const nav: NavItem[] = [{ group: '监督', order: 2, path: '/orgs', label: '企业库', permission: 'org.read' }]
