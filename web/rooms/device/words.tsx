import { type CheckName, type DeviceLine, kindNames } from '@plumbline/core/device'
import { Tag } from '../../kit/ui/index.ts'

type Freshness = DeviceLine['freshness']

export const freshnessWords: Record<Freshness, string> = { live: '实时', stale: '中断', never: '未上报' }

/** Whether a device or a quantity is current, in a word; silence is never drawn as calm. */
export function FreshnessTag({ freshness }: { freshness: Freshness }) {
  const tone = freshness === 'live' ? 'calm' : freshness === 'stale' ? 'red' : 'plain'
  return <Tag tone={tone}>{freshnessWords[freshness]}</Tag>
}

/** The rule of a field that may not stay empty. */
export const needed = [{ required: true, message: '请填写' }]

export const kindOptions = Object.entries(kindNames).map(([value, label]) => ({ value, label }))
export const freshnessOptions = Object.entries(freshnessWords).map(([value, label]) => ({ value, label }))

export const unitProfiles = { ug: 'µg/m³', ng: 'ng/m³（国标）', mg: 'mg/m³' } as const
export const crcModes = { strict: '国标（附录A）', modbus: 'MODBUS', either: '两者皆可' } as const
export const endings = { crlf: '回车换行（国标）', cr: '允许缺换行', none: '允许缺回车换行' } as const

export const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

export const checkWords: Record<CheckName, string> = { network: '网络', frame: '报文', clock: '时钟', values: '数值' }

/** A wait in hours as days and hours. */
export function sayHours(hours: number): string {
  const whole = Math.floor(hours)
  if (whole < 1) return '不到 1 小时'
  return whole < 48 ? `${whole} 小时` : `${Math.floor(whole / 24)} 天 ${whole % 24} 小时`
}
