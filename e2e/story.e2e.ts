import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clearShots, mistakes, openBrowser } from './setup/browser.ts'
import { type County, startCounty } from './setup/county.ts'
import { seesAllSites, seesTheCounty } from './story/0-home.ts'
import { assignsOfficers, registersTheWorkshop } from './story/1-register.ts'
import { hearsTheDevice, opensTheSprayer } from './story/2-frames.ts'
import { bothSidesSign, inspectsOnThePhone, plansTheYear } from './story/3-inspect.ts'
import { acceptsOne, findsNoOthersNotice, fixes, issuesAndServes, takesCapacity } from './story/4-order.ts'
import { closesFromThePhone, isRefused, isTaken, ledgerBalances, turnsRed, turnsYellow } from './story/5-ladder.ts'
import { survivesAKill } from './story/6-killed.ts'
import { openStory, type Story } from './story/story.ts'

// The newcomer's ten minutes: one county, one browser, told from top to bottom. A part stands on those above it.

let county: County
let browser: Browser
let story: Story

beforeAll(async () => {
  clearShots()
  browser = await openBrowser()
  county = await startCounty()
  story = await openStory(county, browser)
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

let broken = false

/** A part of the story; once one breaks off, the rest cannot be told. */
const part = (title: string, work: (story: Story) => Promise<void>) =>
  test(title, async ({ skip }) => {
    if (broken) skip('an earlier part broke off')
    try {
      await work(story)
    } catch (error) {
      broken = true
      await story.keepPages()
      throw error
    }
  })

part('0:00 one click, the county on a map, the figures true', seesTheCounty)
part('0:30 the chief sees every site', seesAllSites)
part(
  '1:00 a workshop of 5,200 ㎡ is entered: wrong values by name, then its duties with their clauses',
  registersTheWorkshop,
)
part('1:40 the chief assigns two inspectors', assignsOfficers)
part('2:00 a frame with a wrong check value gets no answer; the right one is stored, answered and live', hearsTheDevice)
part('3:00 75.1 opens the sprayer and tells officer and project manager once', opensTheSprayer)
part('4:40 the year is planned, and the chief adopts the plan', plansTheYear)
part('5:00 JGJ 59 on the phone, two faults with photographs, the same draft on the desk', inspectsOnThePhone)
part('5:40 second inspector and site manager sign', bothSidesSign)
part('6:00 a notice is issued and served, and the manager sees it at once', issuesAndServes)
part('6:20 another unit’s notice is missing for him', findsNoOthersNotice)
part('6:30 the supervising engineer takes the capacity of this site', takesCapacity)
part('6:40 the first item is replied to with a photograph and countersigned', (told) => fixes(told, 'edge'))
part('7:00 the officer accepts it; the second stays open', acceptsOne)
part('7:10 seven days: yellow on case, list and map', turnsYellow)
part('7:20 fifteen days: red, new business held', turnsRed)
part('7:30 joint acceptance is refused with number, item and clause', isRefused)
part('8:00 the second item is fixed; closed from the phone, the hold is gone', closesFromThePhone)
part('8:10 joint acceptance is taken', isTaken)
part('8:20 issued = open + closed + withdrawn, on the page and by SQL', ledgerBalances)
part('a browser killed while it sends leaves the whole act or nothing', survivesAKill)

test('no page threw, and the server met no fault of its own', () => {
  expect(mistakes).toEqual([])
  expect(county.faults()).toEqual([])
})
