import { dayOf } from '@plumbline/core/kit'
import dayjs, { type Dayjs } from 'dayjs'

const shanghaiOffset = 8 * 3_600_000

/** An instant as the pickers hold it: the legal wall time, whatever zone the device is set to. */
export const wallOf = (at: Date): Dayjs => dayjs(new Date(at.getTime() + shanghaiOffset).toISOString().slice(0, 23))

/** The instant, in UTC, that a wall time of a picker means here. */
export const instantOf = (wall: Dayjs): string =>
  new Date(`${wall.format('YYYY-MM-DDTHH:mm:ss.SSS')}+08:00`).toISOString()

/** The legal day of an ISO instant. */
export const dayAt = (instant: string): string => dayOf(new Date(instant))
