import type { Device } from '../device/index.ts'
import type { Law } from '../law/index.ts'
import { type Cause, watchOf } from './causes.ts'
import type { WatchRule } from './watch.ts'

/** Looks up how a cause is watched at one device, quantity and instant (ms). */
export type RuleBook = (
  cause: Cause,
  device: Pick<Device, 'id' | 'kind' | 'settings'>,
  quantity: string,
  at: number,
) => WatchRule | null

const hour = 3_600_000

/**
 * The rules of one law, each made once for the hour in which it stands: limits change at whole hours, and only the papers
 * of a device make it differ from its kind.
 */
export function ruleBook(law: Law): RuleBook {
  const hours = new Map<number, Map<Cause | string, WatchRule | null>>()
  return (cause, device, quantity, at) => {
    const block = Math.floor(at / hour)
    const known = hours.get(block) ?? new Map<Cause | string, WatchRule | null>()
    hours.set(block, known)
    const key = isPlain(device) ? cause : `${cause.code} ${device.id} ${quantity}`
    const found = known.get(key)
    if (found !== undefined) return found
    const made = watchOf(cause, { law, device, quantity, at })
    known.set(key, made)
    return made
  }
}

const isPlain = ({ settings }: Pick<Device, 'settings'>) =>
  settings.limits.length === 0 && settings.rated.persons === undefined && settings.rated.height === undefined
