import { designed, lawful, noLimits } from '../limits.ts'
import { above, away, type Cause, steps } from './row.ts'

/** 塔式起重机、施工升降机 (standards 6.2) */
export const onMachines: readonly Cause[] = [
  {
    code: 'crane_moment',
    title: '起重力矩超限',
    kinds: ['crane'],
    quantities: ['momentPercent'],
    measure: 'value',
    sense: above,
    limits: steps('lifting.moment.warn', 'lifting.moment.alarm'),
  },
  {
    code: 'crane_moment_cut',
    title: '力矩超过限制器切断范围',
    kinds: ['crane'],
    quantities: ['momentPercent'],
    measure: 'value',
    sense: above,
    limits: steps(null, 'lifting.moment.cut'),
  },
  {
    code: 'crane_load',
    title: '起重量超限',
    kinds: ['crane'],
    quantities: ['loadPercent'],
    measure: 'value',
    sense: above,
    limits: ({ law }) => ({ warn: lawful(law, 'lifting.load.warn'), alarm: lawful(law, 'lifting.load.above', true) }),
  },
  {
    code: 'crane_load_cut',
    title: '起重量超过限制器切断范围',
    kinds: ['crane'],
    quantities: ['loadPercent'],
    measure: 'value',
    sense: above,
    limits: steps(null, 'lifting.load.cut'),
  },
  {
    code: 'crane_wind',
    title: '风速超过塔式起重机作业限值',
    kinds: ['crane'],
    quantities: ['windSpeed'],
    measure: 'value',
    sense: above,
    // The maker's papers may name another working wind.
    limits: (asked) => designed(asked, 'm/s', steps('lifting.wind.warn', 'lifting.wind.stop')(asked)),
  },
  {
    code: 'crane_tilt',
    title: '塔身倾角超限',
    kinds: ['crane'],
    quantities: ['dipAngleX', 'dipAngleY'],
    measure: 'value',
    sense: away,
    limits: (asked) => designed(asked, '°', steps('lifting.tilt.warn', 'lifting.tilt.alarm')(asked)),
  },
  {
    code: 'hoist_load',
    title: '施工升降机超载',
    kinds: ['hoist'],
    quantities: ['loadPercent'],
    measure: 'value',
    sense: above,
    limits: steps('hoist.load.warn', 'hoist.load.stop'),
  },
  {
    code: 'hoist_persons',
    title: '施工升降机超过额定载人数',
    kinds: ['hoist'],
    quantities: ['personCount'],
    measure: 'value',
    sense: above,
    limits: ({ device }) => {
      const persons = device.settings.rated.persons
      if (persons === undefined) return noLimits
      return { warn: null, alarm: { value: persons, unit: '人', clause: 'hoist.persons', strict: true } }
    },
    // Persons are counted whole: nine in a cage for nine are well within.
    course: () => ({ band: 0 }),
  },
  {
    code: 'hoist_wind',
    title: '风速超过施工升降机使用限值',
    kinds: ['hoist'],
    quantities: ['windSpeed'],
    measure: 'value',
    sense: above,
    limits: (asked) => designed(asked, 'm/s', { warn: null, alarm: lawful(asked.law, 'hoist.wind.above', true) }),
  },
]
