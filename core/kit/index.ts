export { canonical } from './canonical.ts'
export {
  certCheck,
  idCardCheck,
  isIdCard,
  isPermitNo,
  isProjectCode,
  isUscc,
  maskIdCard,
  maskPhone,
  orgCodeCheck,
  usccCheck,
} from './codes.ts'
export { addDays, type Day, dayOf, daysBetween, DayString, isDay, sayInstant, startOf, weekdayOf } from './day.ts'
export { addWorkdays, type Calendar, endOf, isWorkday, type Term } from './deadline.ts'
export { type Bounds, bounds, centroid, distanceMeters, inside, Point, Polygon } from './geo.ts'
export type { AnyRoute, Reply, Request, Route } from './route.ts'
