import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { NavItem, Panel } from '../../kit/panels.tsx'

const EntriesPanel = lazy(async () => ({ default: (await import('./EntriesPanel.tsx')).EntriesPanel }))

export const routes: RouteObject[] = [
  { path: 'evidence', lazy: async () => ({ Component: (await import('./LogPage.tsx')).LogPage }) },
]

export const open: RouteObject[] = [
  { path: '/v/:id', lazy: async () => ({ Component: (await import('./PaperPage.tsx')).PaperPage }) },
]

/** Open to everybody who is signed in: whom the log watches may look at it too. */
export const nav: NavItem[] = [{ group: '管理', order: 80, path: '/evidence', label: '存证日志' }]

// Whatever has a page of its own is a case, a project, an enterprise, a person and a device as well.
const slots = ['case', 'project', 'org', 'person', 'device'] as const

export const panels: Panel[] = slots.map((slot) => ({
  slot,
  order: 90,
  title: '存证',
  side: true,
  Component: EntriesPanel,
}))
