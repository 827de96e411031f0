import type { RouteObject } from 'react-router'

const means = () => import('./means-pages.tsx')
const hours = () => import('./hours-pages.tsx')

/** The figures and the lists behind them; on the phone as on the console. */
export const statisticsRoutes: RouteObject[] = [
  { path: 'environment', lazy: async () => ({ Component: (await import('./StatisticsPage.tsx')).StatisticsPage }) },
  { path: 'environment/weather', lazy: async () => ({ Component: (await import('./WeatherPage.tsx')).WeatherPage }) },
  { path: 'environment/days', lazy: async () => ({ Component: (await means()).DaysPage }) },
  { path: 'environment/hours', lazy: async () => ({ Component: (await means()).HoursPage }) },
  {
    path: 'environment/monitors',
    lazy: async () => ({ Component: (await import('./MonitorsPage.tsx')).MonitorsPage }),
  },
  { path: 'environment/exceedances', lazy: async () => ({ Component: (await hours()).ExceedancesPage }) },
  { path: 'environment/offline', lazy: async () => ({ Component: (await hours()).OfflinePage }) },
  { path: 'environment/exits', lazy: async () => ({ Component: (await import('./ExitsPage.tsx')).ExitsPage }) },
  { path: 'environment/wind', lazy: async () => ({ Component: (await hours()).WindPage }) },
  { path: 'environment/curing', lazy: async () => ({ Component: (await hours()).CuringPage }) },
  { path: 'environment/energy', lazy: async () => ({ Component: (await import('./EnergyPage.tsx')).EnergyPage }) },
  { path: 'forecast/:id', lazy: async () => ({ Component: (await import('./ForecastPage.tsx')).ForecastPage }) },
]
