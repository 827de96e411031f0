import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { NavItem, Panel } from '../../kit/panels.tsx'

const OrgPeople = lazy(async () => ({ default: (await import('./OrgPeople.tsx')).OrgPeople }))

export const routes: RouteObject[] = [
  { path: 'people', lazy: async () => ({ Component: (await import('./PeoplePage.tsx')).PeoplePage }) },
  { path: 'person/:id', lazy: async () => ({ Component: (await import('./PersonPage.tsx')).PersonPage }) },
]

export const nav: NavItem[] = [{ group: '人员', order: 1, path: '/people', label: '人员库', permission: 'person.read' }]

export const panels: Panel[] = [
  { slot: 'org', order: 20, title: '人员', Component: OrgPeople, permission: 'person.read' },
]
