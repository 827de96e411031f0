export * from './consumption.ts'
export * from './contract.ts'
export * from './exits.ts'
export * from './forecast.ts'
export * from './limits.ts'
export * from './month.ts'
export * from './offline.ts'
export * from './risk.ts'
export * from './rolled.ts'
export * from './score.ts'
export * from './weather-contract.ts'
export * from './wind.ts'
export {
  CuringHour,
  DayRow,
  ExceedHour,
  ExitRate,
  ExitRow,
  Fresh,
  HourRow,
  MeterUse,
  Monitor,
  RankingRow,
  Rose,
  SiteHour,
  SiteScore,
  WindHour,
} from './views.ts'
