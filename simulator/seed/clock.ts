import { sessionContract } from '@plumbline/core/base'
import { addDays, type Day, dayOf, startOf } from '@plumbline/core/kit'
import { setTimeout as wait } from 'node:timers/promises'
import type { Session } from '../client.ts'
import { idOf } from './names.ts'

/** The instant of a legal day at 'HH:MM'. */
export function instantAt(day: Day, time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return new Date(startOf(day).getTime() + (hours * 60 + minutes) * 60_000).toISOString()
}

export async function legalNow(admin: Session): Promise<string> {
  return (await admin.call(sessionContract.session)).now
}

/** Moves legal time to an instant; does nothing when it has passed already. The server carries out what falls due on the way. */
export async function moveTo(admin: Session, to: string): Promise<void> {
  if (to <= (await legalNow(admin))) return
  await admin.call(sessionContract.clock, { body: { requestId: idOf('clock', to), to } })
  // A server trusts the clock it has read for a quarter of a second: nothing is done before it tells the new time.
  while ((await legalNow(admin)) < to) await wait(50)
}

/** The next morning at which an office opens: today's when it still lies ahead. */
export function nextMorning(now: string): string {
  const today = dayOf(new Date(now))
  const morning = instantAt(today, '08:30')
  return morning > now ? morning : instantAt(addDays(today, 1), '08:30')
}
