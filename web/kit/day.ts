import type { Day } from '@plumbline/core/kit'
import dayjs, { type Dayjs } from 'dayjs'

/** A legal day in a DatePicker: the form keeps the text, the picker its own kind of date. Spread into a Form.Item. */
export const dayField = {
  getValueProps: (day: Day | null | undefined) => ({ value: day ? dayjs(day) : null }),
  normalize: (picked: Dayjs | null): Day | null => picked?.format('YYYY-MM-DD') ?? null,
}
