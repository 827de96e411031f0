import type { Message } from './message.ts'

/** How long one piece of equipment ran on a day (SBn-RT). */
export interface RunHours {
  unit: number
  hours: number
}

/**
 * 2041, the daily history of running times: the day by the instant at which it begins, and hours for each unit. A day
 * has 24 of them: what is below 0 or above is left out. Undefined for anything else and without a time.
 */
export function findRunHours(message: Message): { day: number; units: RunHours[] } | undefined {
  if (message.cn !== '2041' || message.dataTime === undefined) return undefined
  const units = message.readings.flatMap(({ code, kind, value }) => {
    const unit = kind === 'RT' ? /^SB(\d{1,3})$/.exec(code) : null
    return unit && value >= 0 && value <= 24 ? [{ unit: Number(unit[1]), hours: value }] : []
  })
  return { day: message.dataTime, units }
}
