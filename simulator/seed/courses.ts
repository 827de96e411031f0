import type { Day } from '@plumbline/core/kit'
import type { Random } from '../county/index.ts'

/** What is done with a notice after it was served, in the order in which it is done. */
export type Deed =
  | { do: 'acknowledge' | 'withdraw' | 'extend' | 'order_visit' | 'visit' | 'recommend' | 'resume' }
  /** Answers what lies with the unit; the first `some` items when given. */
  | { do: 'reply'; some?: number }
  /** Decides on what lies there; `back` sends the first item back. */
  | { do: 'countersign' | 'review'; back?: true }

/** Days that pass before a deed; `office` deeds wait for a day on which the office is open. */
type Paced = Deed & { after: readonly [least: number, most: number]; office?: true }

const site = (after: Paced['after'], deed: Deed): Paced => ({ ...deed, after })
const bureau = (after: Paced['after'], deed: Deed): Paced => ({ ...deed, after, office: true })

const seen = site([0, 1], { do: 'acknowledge' })
const confirmed = site([0, 1], { do: 'countersign' })
const accepted = bureau([0, 1], { do: 'review' })

/** How notices run in this county. What is not reached by today is simply still open. */
export const courses = {
  prompt: [seen, site([1, 3], { do: 'reply' }), confirmed, accepted],
  returned: [
    seen,
    site([1, 2], { do: 'reply' }),
    confirmed,
    bureau([0, 1], { do: 'review', back: true }),
    site([1, 2], { do: 'reply' }),
    confirmed,
    accepted,
  ],
  unconvinced: [
    seen,
    site([1, 2], { do: 'reply' }),
    site([0, 1], { do: 'countersign', back: true }),
    site([1, 1], { do: 'reply' }),
    confirmed,
    accepted,
  ],
  visited: [
    seen,
    bureau([1, 1], { do: 'order_visit' }),
    site([1, 2], { do: 'reply' }),
    confirmed,
    bureau([0, 1], { do: 'visit' }),
    bureau([0, 0], { do: 'review' }),
  ],
  extended: [seen, bureau([2, 3], { do: 'extend' }), site([3, 5], { do: 'reply' }), confirmed, accepted],
  slow: [seen, site([8, 11], { do: 'reply' }), confirmed, accepted],
  waiting: [seen, site([2, 3], { do: 'reply' }), confirmed],
  silent: [seen],
  half: [seen, site([3, 4], { do: 'reply', some: 2 }), confirmed, accepted],
  withdrawn: [bureau([1, 2], { do: 'withdraw' })],
  stopped: [seen],
  resumed: [
    seen,
    site([2, 3], { do: 'reply' }),
    confirmed,
    accepted,
    site([0, 1], { do: 'recommend' }),
    bureau([0, 1], { do: 'resume' }),
  ],
} as const satisfies Record<string, readonly Paced[]>
export type Course = keyof typeof courses

/** Hours of a working day at which things are done. */
export const hours = ['09:20', '10:50', '13:40', '15:10', '16:30'] as const

export interface Dated {
  deed: Deed
  day: Day
  /** Place in `hours`. */
  hour: number
}

/**
 * Puts days to a course: what follows on the same day comes an hour later, and on the next day when the day is over.
 * `open` tells on which days the bureau works.
 */
export function dateCourse(
  course: Course,
  served: { day: Day; hour: number },
  days: { add(day: Day, n: number): Day; open(day: Day): boolean },
  dice: Random,
): Dated[] {
  let { day, hour } = served
  return courses[course].map(({ after: [least, most], office, ...deed }: Paced): Dated => {
    const wait = dice.int(least, most)
    const late = wait === 0 && hour === hours.length - 1
    if (wait > 0 || late) hour = dice.int(0, 2)
    else hour += 1
    day = days.add(day, late ? 1 : wait)
    while (office && !days.open(day)) day = days.add(day, 1)
    return { deed, day, hour }
  })
}
