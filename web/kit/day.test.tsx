import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { instantField } from './day.ts'
import { draw, fillDate } from './testing.tsx'
import { DayPicker } from './ui/index.ts'

test('a wall time of a picker means legal time, to the millisecond, in whatever zone; none means none', () => {
  const at = '2026-11-19T16:30:15.123Z'
  const { value } = instantField.getValueProps(at)
  expect(value?.format('YYYY-MM-DD HH:mm')).toBe('2026-11-20 00:30')
  expect(instantField.normalize(value)).toBe(at)
  expect(instantField.getValueProps(undefined)).toEqual({ value: null })
  expect(instantField.normalize(null)).toBeNull()
})

test('a day after the last one offered is not taken, an earlier one is', async () => {
  const onChange = vi.fn<(day: string) => void>()
  draw(<DayPicker label="日期" value="2026-11-20" last="2026-11-20" onChange={onChange} />)
  await fillDate(screen.getByLabelText('日期'), '2026-11-21')
  expect(onChange).not.toHaveBeenCalled()
  await fillDate(screen.getByLabelText('日期'), '2026-11-18')
  expect(onChange.mock.calls).toEqual([['2026-11-18']])
})
