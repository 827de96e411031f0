import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import type { Panel } from '../../kit/panels.tsx'

const Environment = lazy(async () => ({ default: (await import('./Environment.tsx')).FieldEnvironment }))

export const routes: RouteObject[] = [
  { path: 'alarm/:id', lazy: async () => ({ Component: (await import('./FieldAlarmPage.tsx')).FieldAlarmPage }) },
]

export const panels: Panel[] = [
  { slot: 'project', order: 50, title: '环境监测', Component: Environment, permission: 'telemetry.read' },
]
