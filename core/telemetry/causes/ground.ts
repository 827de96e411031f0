import type { RuleCode } from '../../law/index.ts'
import { type Asked, designed, designOf, lawful, type Limits, noLimits } from '../limits.ts'
import { away, type Cause, papers, perDay } from './row.ts'

const day = 86_400
const whole = () => 1

/** 基坑、高支模 (standards 6.4, 6.5). Cumulative values count by their amount, whichever way the ground moves. */
export const inGround: readonly Cause[] = [
  {
    code: 'ground_total',
    title: '累计变形或内力超限',
    kinds: ['pit', 'formwork'],
    quantities: ['subside', 'displace', 'deepDisplace', 'axialForce', 'tilt'],
    measure: 'value',
    sense: away,
    limits: papers,
  },
  {
    code: 'ground_rate',
    title: '变形速率超限',
    kinds: ['pit', 'formwork'],
    quantities: ['subside', 'displace', 'deepDisplace', 'tilt'],
    measure: 'change',
    sense: away,
    limits: perDay(whole),
  },
  {
    code: 'ground_rate_lasting',
    title: '变形速率连续接近限值',
    kinds: ['pit', 'formwork'],
    quantities: ['subside', 'displace', 'deepDisplace', 'tilt'],
    measure: 'change',
    sense: away,
    limits: perDay((law) => law.number('ground.rate_share') / 100),
    course: ({ law }) => ({ holdSeconds: law.number('ground.rate_days') * day, gapSeconds: day }),
  },
  {
    code: 'water_level',
    title: '地下水位累计变化超限',
    kinds: ['pit'],
    quantities: ['waterLevel'],
    measure: 'value',
    sense: away,
    limits: (asked) => designed(asked, 'm', inMetres(asked, 'ground.water.total')),
  },
  {
    code: 'water_rate',
    title: '地下水位变化速率超限',
    kinds: ['pit'],
    quantities: ['waterLevel'],
    measure: 'change',
    sense: away,
    limits: (asked) => {
      const told = perDay(whole)(asked)
      return told.alarm ? told : { warn: null, alarm: inMetres(asked, 'ground.water.rate').alarm }
    },
  },
  {
    code: 'formwork_shift',
    title: '高支模水平位移超过高度限值',
    kinds: ['formwork'],
    quantities: ['displace'],
    measure: 'value',
    sense: away,
    limits: ({ law, device: { settings }, quantity }) => {
      const { height } = settings.rated
      // The special construction plan's own value wins, and is watched by ground_total.
      if (height === undefined || designOf({ device: { kind: 'formwork', settings }, quantity })) return noLimits
      const value = Number(((height * 1000) / law.number('formwork.height_part')).toPrecision(6))
      return { warn: null, alarm: { value, unit: 'mm', clause: 'jgj300.displacement', strict: true } }
    },
  },
]

/** Rules of law name water in millimetres, devices say metres. The warning stands at its share of the alarm. */
function inMetres({ law }: Asked, code: RuleCode): Limits {
  const { value, clause } = lawful(law, code)
  const unit = law.rule(code).unit.replace('mm', 'm')
  const limit = (metres: number) => ({ value: Number(metres.toPrecision(6)), unit, clause, strict: false })
  return { warn: limit(((value / 1000) * law.number('ground.warn_share')) / 100), alarm: limit(value / 1000) }
}
