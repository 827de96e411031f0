import type { RouteObject } from 'react-router'

export const routes: RouteObject[] = [
  { path: 'password', lazy: async () => ({ Component: (await import('./FieldPasswordPage.tsx')).FieldPasswordPage }) },
]
