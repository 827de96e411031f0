import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { card, drawsPoints, look, settled } from '../setup/browser.ts'
import { countOf, type Story } from './story.ts'

const underWay = `state not in ('completed', 'terminated')`

/** The number that stands under a heading of the strip of figures. */
export async function figure(page: Page, label: string): Promise<string> {
  const cell = page.locator('.strip > div').filter({ has: page.getByText(label, { exact: true }) })
  return (await cell.locator('b').innerText()).trim()
}

/** The inspector's own towns, from his appointment as it is stored. */
const towns = `select d from account.account a, jsonb_array_elements(a.appointments) p, jsonb_array_elements_text(p->'districts') d
  where a.demo_key = 'inspectorA'`

/** One click signs the inspector in: his towns on the map, figures that an independent count confirms, his inbox. */
export async function seesTheCounty(story: Story): Promise<void> {
  const page = await story.page('林远舟', 'desk')
  await page.locator('.map-list summary').waitFor()
  await settled(page)
  const his = `exists (select 1 from (${towns}) t where district like t.d || '%')`
  await hasSites(page, await countOf(story, `select count(*) from project.project where ${underWay} and ${his}`))
  const building = await countOf(story, `select count(*) from project.project where state = 'building' and ${his}`)
  expect(await figure(page, '在建项目')).toBe(`${building}`)
  const open = `state in ('issued', 'fixing', 'replied', 'confirmed', 'accepted')`
  const notices = await countOf(story, `select count(*) from rectification.notice where ${open} and ${his}`)
  expect(await figure(page, '未闭合整改')).toBe(`${notices}`)
  await card(page, '今天要您办的').getByRole('listitem').first().waitFor()
  await look(page, 'home-inspector')
}

/** The station chief sees all sites of the county. */
export async function seesAllSites(story: Story): Promise<void> {
  const page = await story.page('沈砚秋', 'desk')
  const sites = await countOf(story, `select count(*) from project.project where ${underWay}`)
  // The size of the drawn county: its registry and the rows of its import file.
  expect(sites).toBeGreaterThan(150)
  await hasSites(page, sites)
  await look(page, 'home-chief')
}

async function hasSites(page: Page, sites: number): Promise<void> {
  await page.getByText(`以列表查看（${sites}）`).waitFor()
  const legend = await page.locator('.map-legend').innerText()
  const drawn = [...legend.matchAll(/\d+/g)].reduce((sum, [count]) => sum + Number(count), 0)
  expect(drawn, 'points on the map').toBe(sites)
  await drawsPoints(page, '正常')
}
