import { always } from './dates.ts'
import { ours } from './ours.ts'

/** GB 3095-2012 entered into force on this day [M]. */
const gb2012 = '2016-01-01'
const gb2026 = '2026-03-01'
const before2026 = '2026-02-28'

const score = <const Name extends string>(name: Name, value: number, unit: string) =>
  ours(`score.${name}` as const, value, unit, 'house.score')

/** The speed from which a level of wind begins. */
const level = <const N extends number>(number: N, value: number) => ({
  code: `wind.level_${number}` as const,
  value,
  unit: 'm/s',
  clause: 'gbt28591.levels' as const,
  source: 'M' as const,
  from: always,
})

export const statisticsRules = [
  {
    code: 'air.pm25.daily',
    value: 75,
    unit: 'µg/m³',
    clause: 'gb3095_2012.daily',
    source: 'V:S8',
    from: gb2012,
    to: before2026,
  },
  {
    code: 'air.pm25.daily',
    value: 60,
    unit: 'µg/m³',
    clause: 'gb3095_2026.daily',
    source: 'V:S8',
    from: gb2026,
    to: '2030-12-31',
  },
  {
    code: 'air.pm25.daily',
    value: 50,
    unit: 'µg/m³',
    clause: 'gb3095_2026.daily',
    source: 'V:S8',
    from: '2031-01-01',
  },
  {
    code: 'air.pm10.daily',
    value: 150,
    unit: 'µg/m³',
    clause: 'gb3095_2012.daily',
    source: 'V:S8',
    from: gb2012,
    to: before2026,
  },
  // GB 3095-2026 tightened it to a number that the handbook does not name; a county that knows it enters it
  {
    code: 'air.pm10.daily',
    value: 150,
    unit: 'µg/m³',
    clause: 'gb3095_2012.daily',
    source: 'M?',
    from: gb2026,
  },
  {
    code: 'air.tsp.daily',
    value: 300,
    unit: 'µg/m³',
    clause: 'gb3095_2012.daily',
    source: 'V:S8',
    from: gb2012,
    to: before2026,
  },
  { code: 'air.tsp.daily', value: 300, unit: 'µg/m³', clause: 'gb3095_2012.daily', source: 'M?', from: gb2026 },
  { code: 'air.day_hours', value: 20, unit: '小时', clause: 'gb3095_2012.validity', source: 'M', from: always },
  { code: 'air.month_days', value: 27, unit: '日', clause: 'gb3095_2012.validity', source: 'M', from: always },
  { code: 'air.february_days', value: 25, unit: '日', clause: 'gb3095_2012.validity', source: 'M', from: always },

  level(1, 0.3),
  level(2, 1.6),
  level(3, 3.4),
  level(4, 5.5),
  level(5, 8),
  level(6, 10.8),
  level(7, 13.9),
  level(8, 17.2),
  level(9, 20.8),
  level(10, 24.5),
  level(11, 28.5),
  level(12, 32.7),
  // 五级及以上大风停止土方、拆除作业
  { code: 'weather.earthwork_wind', value: 5, unit: '级', clause: 'house.weather', source: 'L', from: always },
  { code: 'weather.lifting_wind', value: 6, unit: '级', clause: 'jgj196.wind', source: 'M', from: always },

  // 渣土车 have four axles as a rule; what is counted cannot count axles
  { code: 'exit.gross_above', value: 31, unit: 't', clause: 'gb1589.gross', source: 'M', from: always },

  // as long as a frame of the hour that just ended may still be on its way
  ours('statistics.grace', 10, '分钟', 'house.telemetry'),

  // What a part costs at most, and where it costs all of it. The four weights make 100.
  score('days', 30, '日'),
  score('exceed_weight', 40, '分'),
  score('exceed_full', 20, '%'),
  score('answer_weight', 20, '分'),
  score('answer_free', 30, '分钟'),
  score('answer_full', 240, '分钟'),
  score('offline_weight', 25, '分'),
  score('offline_full', 25, '%'),
  score('wash_weight', 15, '分'),
  score('wash_full', 20, '%'),
] as const
