import { describe, expect, test } from 'vitest'
import { startOf } from '../kit/index.ts'
import { lawOn } from '../law/index.ts'
import { dueOf, endOfDay, isOverdue, ladderOf, sayTerm, warnAtOf } from './terms.ts'

const law = lawOn('2026-11-20', '990421')
const shanghai = (text: string) => new Date(`${text}+08:00`).toISOString()

describe('the ladder is counted from the day of service, whatever its hour', () => {
  test.each([
    ['an ordinary month', '2026-11-20T00:00:00.000', '2026-11-27', '2026-12-05'],
    ['the last millisecond of the day', '2026-11-20T23:59:59.999', '2026-11-27', '2026-12-05'],
    ['the first of the next', '2026-11-21T00:00:00.000', '2026-11-28', '2026-12-06'],
    ['over 29 February', '2028-02-22T09:00:00.000', '2028-02-29', '2028-03-08'],
    ['over the end of February in a common year', '2027-02-22T09:00:00.000', '2027-03-01', '2027-03-09'],
    ['over the year’s end', '2026-12-28T16:30:00.000', '2027-01-04', '2027-01-12'],
  ])('%s', (_, at, yellow, red) => {
    expect(ladderOf(shanghai(at), law)).toEqual({
      yellowAt: shanghai(`${yellow}T00:00:00.000`),
      redAt: shanghai(`${red}T00:00:00.000`),
    })
  })
})

describe('an item’s own term', () => {
  test.each([
    [0, '2026-11-21'],
    [3, '2026-11-24'],
    [7, '2026-11-28'],
  ])('%i days end at 24:00 of their last day', (days, next) => {
    expect(dueOf(shanghai('2026-11-20T15:00:00.000'), days)).toBe(shanghai(`${next}T00:00:00.000`))
  })
  test('overdue after the deadline, warned the law’s minute later; what waits for others is not late', () => {
    const due = endOfDay('2026-11-23')
    expect(warnAtOf(due, law)).toBe(shanghai('2026-11-24T00:01:00.000'))
    expect(isOverdue({ state: 'fixing', due }, due)).toBe(false)
    expect(isOverdue({ state: 'fixing', due }, shanghai('2026-11-24T00:00:00.001'))).toBe(true)
    expect(isOverdue({ state: 'replied', due }, shanghai('2026-12-24T00:00:00.000'))).toBe(false)
  })
  test('a paper tells terms in days, because it is printed before it is served', () => {
    expect([sayTerm(0), sayTerm(3)]).toEqual(['立即', '送达之日起3日内'])
  })
})

test('over ten years every rung is the start of a day and lies the law’s days ahead', () => {
  for (let day = startOf('2026-01-01').getTime(); day < startOf('2036-01-01').getTime(); day += 86_400_000) {
    const { yellowAt, redAt } = ladderOf(new Date(day + 50_000_000).toISOString(), law)
    expect([Date.parse(yellowAt) - day, Date.parse(redAt) - day]).toEqual([7 * 86_400_000, 15 * 86_400_000])
  }
})
