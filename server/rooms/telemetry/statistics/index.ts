export { findCuringHours } from './curing.ts'
export { forecastCases } from './forecasts.ts'
export { catchUp, keepStatistics } from './keeping.ts'
export { statisticsRoutes } from './routes.ts'
