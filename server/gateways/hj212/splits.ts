import { type Message, type MissingParts, openParts } from '@plumbline/core/codec/hj212'
import type { Books } from '../books.ts'
import type { KnownDevice } from '../judge.ts'

/** Which parts of split uploads have come. Each part was stored and answered by itself; here is only said what did not come. */
export interface Splits {
  /** A frame of a device that has proved itself. */
  heard(device: KnownDevice, message: Message): void
  /** Says in the conversations what is waited for no longer. */
  sweep(): void
}

const limits = { uploads: 4096, uploadsOfOne: 8, keptMillis: 60_000 }

export function openSplits(books: Books, now: () => number = Date.now): Splits {
  const parts = openParts(limits)
  const ids = new Map<string, string>()
  const say = ({ mn, pnum, missing }: MissingParts) => books.note(ids.get(mn)!, 'parts_missing', { pnum, missing })
  return {
    heard: (device, message) => {
      if (!message.split) return
      ids.set(device.mn, device.id)
      const noted = parts.note(message, now())
      if (noted.kind === 'part' && noted.gaveWay) say(noted.gaveWay)
    },
    sweep: () => {
      for (const missing of parts.takeOverdue(now())) say(missing)
      if (parts.size === 0) ids.clear()
    },
  }
}
