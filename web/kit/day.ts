import { type Day, dayOf } from '@plumbline/core/kit'
import dayjs, { type Dayjs } from 'dayjs'

const shanghaiOffset = 8 * 3_600_000

/** An instant as the pickers hold it: the legal wall time, whatever zone the device is set to. */
const wallOf = (at: Date): Dayjs => dayjs(new Date(at.getTime() + shanghaiOffset).toISOString().slice(0, 23))

/** The instant, in UTC, that a wall time of a picker means here. */
const instantOf = (wall: Dayjs): string => new Date(`${wall.format('YYYY-MM-DDTHH:mm:ss.SSS')}+08:00`).toISOString()

/** The legal day of an ISO instant. */
export const dayAt = (instant: string): Day => dayOf(new Date(instant))

/** A legal day in a DatePicker: the form keeps the text, the picker its own kind of date. Spread into a Form.Item. */
export const dayField = {
  getValueProps: (day: Day | null | undefined) => ({ value: day ? dayjs(day) : null }),
  normalize: (picked: Dayjs | null): Day | null => picked?.format('YYYY-MM-DD') ?? null,
}

/** An instant in a DatePicker with the time of day: the form keeps ISO text in UTC. Spread into a Form.Item. */
export const instantField = {
  getValueProps: (at: string | null | undefined) => ({ value: at ? wallOf(new Date(at)) : null }),
  normalize: (picked: Dayjs | null): string | null => (picked ? instantOf(picked) : null),
}
