/** A device that keeps its own list of what was acknowledged to it. */
export interface Device {
  number: string
  /** Moments (milliseconds) of frames that were acknowledged, in the order of their acknowledgement. */
  acked: number[]
  /** The first moment it could tell of and the last it has told of; it tells of every second between them at most once. */
  from: number
  last(): number
  waiting(): number
  /** Sends a frame about its next moment; false when too many are unanswered, or the moment has not come. */
  tell(): boolean
  /** Breaks its line in the middle; it comes back by itself. */
  breakLine(): void
  close(): void
}

/** What all devices of a trial have seen together. */
export interface Tally {
  sent: number
  acked: number
  resent: number
  /** Milliseconds from sending to acknowledgement, of the latest frames in no order. */
  took: number[]
  /** Called with every acknowledgement. */
  heard: (device: string) => void
}

export const openTally = (): Tally => ({ sent: 0, acked: 0, resent: 0, took: [], heard: () => {} })

const mostTimes = 100_000

export function noteAck(tally: Tally, { number, acked }: Device, at: number, sentAt: number): void {
  acked.push(at)
  tally.took[tally.acked % mostTimes] = performance.now() - sentAt
  tally.acked += 1
  tally.heard(number)
}

/**
 * Which second a device tells of next. In the past each second follows the one before, so that many frames can be told in
 * one real second; in the present a second is told when it is there.
 */
export function openMoments(pace: 'past' | 'present', from: number) {
  let last = from - 1000
  return {
    last: () => last,
    next: (): number | undefined => {
      const now = Math.floor(Date.now() / 1000) * 1000
      const next = pace === 'past' ? last + 1000 : Math.max(last + 1000, now)
      if (next > now) return undefined
      last = next
      return next
    },
  }
}

const tickMillis = 10

/** Lets the devices send, in turns, so many frames a second together; what cannot be sent now is not made up for later. */
export function drive(devices: readonly Device[], perSecond: number): { stop(): void } {
  let owed = 0
  let turn = 0
  let before = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    owed = Math.min(owed + ((now - before) * perSecond) / 1000, perSecond / 4)
    before = now
    for (let tried = 0; owed >= 1 && tried < devices.length; tried += 1) {
      if (devices[turn]!.tell()) owed -= 1
      turn = (turn + 1) % devices.length
    }
  }, tickMillis)
  return { stop: () => clearInterval(timer) }
}
