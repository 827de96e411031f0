import { markNames } from '@plumbline/core/codec/hj212'
import { type Alarm, alarmWorkflow, clearings, type Freshness } from '@plumbline/core/telemetry'
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

export function AlarmState({ alarm }: { alarm: Alarm }) {
  if (alarm.state === 'raised') return <Tag tone="red">{alarmWorkflow.states.raised.label}</Tag>
  if (alarm.state === 'acknowledged') return <StateTag label={alarmWorkflow.states.acknowledged.label} />
  const why = alarm.clearedBecause ? `：${clearings[alarm.clearedBecause]}` : ''
  return <Tag tone="plain">{`${alarmWorkflow.states.cleared.label}${why}`}</Tag>
}
