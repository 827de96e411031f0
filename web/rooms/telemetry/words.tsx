import { markNames } from '@plumbline/core/codec/hj212'
import { sayInstant } from '@plumbline/core/kit'
import { type Alarm, alarmWorkflow, clearings, type Freshness, levelNames, levelTiers } from '@plumbline/core/telemetry'
import { StateTag, Tag } from '../../kit/ui/index.ts'

const freshnessWords: Record<Freshness, string> = { live: '实时', stale: '中断', never: '未上报' }

/** Whether a quantity is current, in a word. */
export function FreshnessTag({ freshness }: { freshness: Freshness }) {
  const tone = freshness === 'live' ? 'calm' : freshness === 'stale' ? 'red' : 'plain'
  return <Tag tone={tone}>{freshnessWords[freshness]}</Tag>
}

/** A data mark of HJ 212-2017 table 8, and the house's own for a value that cannot be. */
export const sayMark = (flag: string | null): string =>
  flag === null ? '无标记' : flag === '!' ? '超出合理范围' : (markNames[flag] ?? flag)

/** The state of a pump or valve (SBn-RS). */
const pumpStates = ['关闭', '运行', '校准', '维护', '报警', '反吹']

/** A value as read: a pump by its state, all else with its unit. */
export const sayValue = (quantity: string, value: number | null, unit: string): string =>
  value === null ? '—' : quantity.startsWith('SB') ? (pumpStates[value] ?? String(value)) : `${value} ${unit}`

/** Level and state in one: what stands is loud in its tier, what somebody has taken up is not. */
export function AlarmState({ alarm }: { alarm: Alarm }) {
  const { state, level, shelf, clearedBecause } = alarm
  if (state === 'raised') return <Tag tone={levelTiers[level]}>{levelNames[level]}</Tag>
  if (state === 'acknowledged')
    return <StateTag label={`${levelNames[level]} · ${alarmWorkflow.states.acknowledged.label}`} />
  if (state === 'shelved')
    return <StateTag label={`${levelNames[level]} · 搁置至 ${sayInstant(new Date(shelf!.until)).slice(5)}`} />
  const why = clearedBecause ? `：${clearings[clearedBecause]}` : ''
  return <Tag tone="plain">{`${alarmWorkflow.states.cleared.label}${why}`}</Tag>
}
