import type { RouteObject } from 'react-router'

export const routes: RouteObject[] = [
  {
    path: 'permit/:id',
    lazy: async () => ({ Component: (await import('./FieldApplicationPage.tsx')).FieldApplicationPage }),
  },
]
