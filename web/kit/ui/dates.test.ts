import { describe, expect, test } from 'vitest'
import { sayLadder } from './Ladder.tsx'
import { sayDue } from './Tags.tsx'

/** 00:30 on 2026-11-20 in Shanghai; still the 19th in UTC. */
const night = new Date('2026-11-19T16:30:00Z')

describe('a deadline in words', () => {
  test.each([
    ['a day that has ended', '2026-11-19', '逾期 1 天', 'red'],
    ['a day that lasts to midnight', '2026-11-20', '今天到期', 'yellow'],
    ['a day to come', '2026-11-22', '剩 2 天', 'plain'],
    ['an instant of this day, passed', '2026-11-19T16:29:00Z', '已逾期', 'red'],
    ['an instant of this day, to come', '2026-11-20T06:00:00Z', '今天 14:00', 'yellow'],
    ['an instant of yesterday in Shanghai', '2026-11-19T15:59:00Z', '逾期 1 天', 'red'],
  ])('%s', (_, due, words, tone) => {
    expect(sayDue(due, night)).toEqual({ words, tone })
  })
})

describe('the ladder in words, day 0 being service on 11-11', () => {
  const ladder = { servedOn: '2026-11-11', yellowOn: '2026-11-18', redOn: '2026-11-26' }
  test.each([
    ['2026-11-11', '还有 7 天转为黄色提醒。'],
    ['2026-11-17', '还有 1 天转为黄色提醒。'],
    ['2026-11-18', '还有 8 天锁定该项目的新业务。'],
    ['2026-11-25', '还有 1 天锁定该项目的新业务。'],
    ['2026-11-26', '已锁定该项目的新业务，今天是锁定第 1 天。'],
    ['2026-11-27', '已锁定该项目的新业务，今天是锁定第 2 天。'],
  ])('%s', (today, words) => {
    expect(sayLadder({ ...ladder, today })).toBe(words)
  })

  test('a closed case threatens nothing', () => {
    expect(sayLadder({ ...ladder, today: '2026-11-27', closed: true })).toBe('已办结，不再计时。')
  })
})

test('a term that ends at 00:00 lasts to the end of the day before', () => {
  const due = '2026-11-20T16:00:00.000Z' // 2026-11-21 00:00 in Shanghai
  expect(sayDue(due, new Date('2026-11-20T03:00:00.000Z')).words).toBe('今天到期')
  expect(sayDue(due, new Date('2026-11-19T03:00:00.000Z')).words).toBe('剩 1 天')
  expect(sayDue(due, new Date('2026-11-20T16:00:01.000Z')).words).toBe('逾期 1 天')
})
