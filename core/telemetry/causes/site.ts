import { DeviceKind } from '../../device/index.ts'
import { isNight, lawful, noLimits } from '../limits.ts'
import { above, below, type Cause, minutesOf, papers } from './row.ts'

export const onSite: readonly Cause[] = [
  {
    code: 'curing_temperature',
    title: '标准养护室温度超出范围',
    kinds: ['curing_room'],
    quantities: ['roomTemperature'],
    measure: 'value',
    sense: (law) => ({ side: 'either', centre: law.number('curing.temperature') }),
    limits: ({ law }) => ({ warn: lawful(law, 'curing.temperature_off', true), alarm: null }),
    course: ({ law }) => ({ band: 0, holdSeconds: minutesOf(law, 'alarm.curing_hold') }),
  },
  {
    code: 'curing_humidity',
    title: '标准养护室湿度不足',
    kinds: ['curing_room'],
    quantities: ['roomHumidity'],
    measure: 'value',
    sense: below,
    limits: ({ law }) => ({ warn: lawful(law, 'curing.humidity_least', true), alarm: null }),
    course: ({ law }) => ({ band: 0, holdSeconds: minutesOf(law, 'alarm.curing_hold') }),
  },
  {
    code: 'night_power',
    title: '夜间用电异常',
    kinds: ['meter'],
    quantities: ['power'],
    measure: 'value',
    sense: above,
    // What a site may draw at night is entered with its meter; no text names it.
    limits: (asked) => (isNight(asked.law, asked.at) ? papers(asked) : noLimits),
  },
  {
    code: 'intrusion',
    title: '周界入侵',
    kinds: ['perimeter'],
    quantities: ['intrusion'],
    measure: 'value',
    sense: above,
    limits: () => ({ warn: { value: 1, unit: '', clause: 'house.perimeter', strict: false }, alarm: null }),
    course: () => ({ band: 0 }),
  },
  {
    code: 'silent',
    title: '监测数据中断',
    // A water truck that is parked says nothing, and is not asked to.
    kinds: DeviceKind.options.filter((kind) => kind !== 'water_truck'),
    // Not by values: by their absence, see silence.ts.
    quantities: [],
    measure: 'value',
    sense: above,
    limits: ({ law }) => ({ warn: lawful(law, 'alarm.silent_after'), alarm: null }),
  },
]
