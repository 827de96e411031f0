import { always } from './dates.ts'

/** 塔式起重机、施工升降机 (standards 6.2). Editions stand where the handbook names them; none is known to have changed these. */
export const liftingRules = [
  { code: 'lifting.moment.warn', value: 90, unit: '%', clause: 'lifting.limiter', source: 'M', from: always },
  { code: 'lifting.moment.alarm', value: 100, unit: '%', clause: 'lifting.limiter', source: 'M', from: always },
  // between 100 % and 110 % the limiter must have cut lifting and going out: what is seen beyond was not cut
  { code: 'lifting.moment.cut', value: 110, unit: '%', clause: 'lifting.limiter', source: 'M', from: always },
  { code: 'lifting.load.warn', value: 90, unit: '%', clause: 'lifting.limiter', source: 'M', from: always },
  // strictly above: 大于额定值并小于额定值的110%时切断上升方向的电源
  { code: 'lifting.load.above', value: 100, unit: '%', clause: 'lifting.limiter', source: 'V:S20', from: always },
  { code: 'lifting.load.cut', value: 110, unit: '%', clause: 'lifting.limiter', source: 'V:S20', from: always },
  { code: 'lifting.wind.warn', value: 10.8, unit: 'm/s', clause: 'jgj196.wind', source: 'M', from: always },
  { code: 'lifting.wind.stop', value: 12, unit: 'm/s', clause: 'jgj196.wind', source: 'M', from: always },
  { code: 'lifting.tilt.warn', value: 1, unit: '°', clause: 'lifting.tilt', source: 'M?', from: always },
  { code: 'lifting.tilt.alarm', value: 1.5, unit: '°', clause: 'lifting.tilt', source: 'M?', from: always },
  { code: 'hoist.load.warn', value: 90, unit: '%', clause: 'hoist.limiter', source: 'M', from: always },
  { code: 'hoist.load.stop', value: 110, unit: '%', clause: 'hoist.limiter', source: 'M', from: always },
  { code: 'hoist.wind.above', value: 20, unit: 'm/s', clause: 'jgj215.wind', source: 'M', from: always },
] as const
