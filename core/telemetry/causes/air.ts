import { isNight, lawful, noLimits, periodBegan } from '../limits.ts'
import { above, type Cause, minutesOf, steps } from './row.ts'

/** 扬尘噪声监测仪 */
export const inAir: readonly Cause[] = [
  {
    code: 'pm25_spray',
    title: 'PM2.5 超过喷淋启动值',
    kinds: ['dust'],
    quantities: ['a34004'],
    measure: 'value',
    sense: above,
    limits: ({ law }) => ({ warn: lawful(law, 'dust.pm25.spray_above', true), alarm: null }),
    sprays: true,
    // 秀洲区 2.0: 当PM2.5大于75微克/立方米时自动开启, at the first such value.
    course: ({ law }) => ({
      band: law.number('dust.pm25.spray_above') - law.number('dust.pm25.spray_off_below'),
      meanSeconds: minutesOf(law, 'dust.pm25.spray_off_window'),
      calmSeconds: 0,
      minimumSeconds: minutesOf(law, 'dust.spray_run_min'),
      maximumSeconds: minutesOf(law, 'dust.spray_run_max'),
      restSeconds: minutesOf(law, 'dust.spray_rest'),
    }),
  },
  {
    code: 'pm10_mean',
    title: 'PM10 时段均值超过预警值',
    kinds: ['dust'],
    quantities: ['a34002'],
    measure: 'value',
    sense: above,
    limits: ({ law }) => ({ warn: lawful(law, 'dust.pm10.mean_above', true), alarm: null }),
    course: ({ law }) => ({ by: 'mean', meanSeconds: minutesOf(law, 'dust.pm10.mean_window') }),
  },
  {
    code: 'noise_mean',
    title: '噪声等效声级超过排放限值',
    kinds: ['dust'],
    quantities: ['LA'],
    measure: 'value',
    sense: above,
    limits: ({ law, at }) => ({ warn: lawful(law, isNight(law, at) ? 'noise.night' : 'noise.day', true), alarm: null }),
    course: ({ law, at }) => ({
      by: 'mean',
      mean: 'energy',
      meanSeconds: minutesOf(law, 'noise.mean_window'),
      meanFrom: periodBegan(law, at),
      band: 0,
      calmSeconds: 0,
    }),
  },
  {
    code: 'noise_night_peak',
    title: '夜间最大声级超过限值',
    kinds: ['dust'],
    quantities: ['LA'],
    measure: 'value',
    sense: above,
    limits: ({ law, at }) => {
      if (!isNight(law, at)) return noLimits
      const over = lawful(law, 'noise.night_peak_over', true)
      return { warn: { ...over, value: law.number('noise.night') + over.value }, alarm: null }
    },
  },
  {
    code: 'site_wind',
    title: '现场大风',
    kinds: ['dust'],
    quantities: ['a01007'],
    measure: 'value',
    sense: above,
    limits: steps('lifting.wind.warn', 'lifting.wind.stop'),
  },
]
