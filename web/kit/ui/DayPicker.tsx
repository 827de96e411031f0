import type { Day } from '@plumbline/core/kit'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'

interface DayPickerProps {
  label: string
  value: Day
  onChange: (day: Day) => void
  /** The last day offered. */
  last?: Day
}

/** Chooses the day that a page shows; there is always one. No way to 今天: the device's day need not be the legal one. */
export const DayPicker = ({ label, value, onChange, last }: DayPickerProps) => (
  <DatePicker
    aria-label={label}
    format="YYYY-MM-DD"
    value={dayjs(value)}
    maxDate={last ? dayjs(last) : undefined}
    onChange={(picked) => onChange(picked!.format('YYYY-MM-DD'))}
    allowClear={false}
    showNow={false}
  />
)

/** The same of a month, `2026-11`. */
export const MonthPicker = ({ label, value, onChange }: Omit<DayPickerProps, 'last'>) => (
  <DatePicker
    picker="month"
    aria-label={label}
    format="YYYY-MM"
    value={dayjs(value)}
    onChange={(picked) => onChange(picked!.format('YYYY-MM'))}
    allowClear={false}
  />
)
