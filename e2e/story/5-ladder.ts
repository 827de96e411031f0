import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { card, drawsPoints, look, patience, settled } from '../setup/browser.ts'
import { figure } from './0-home.ts'
import { faults } from './3-inspect.ts'
import { decides, fixes, noticePage } from './4-order.ts'
import { countOf, madeBefore, type Story } from './story.ts'

/** Presses the demo clock and waits until all that fell due on the way is done. */
async function movesOn(page: Page, days: 1 | 7): Promise<void> {
  const header = page.locator('header')
  const day = (await header.locator('.clock time').innerText()).slice(0, 10)
  await header.getByRole('button', { name: `+${days} 天` }).click()
  await page.waitForFunction((old) => !document.querySelector('header .clock time')?.textContent.startsWith(old), day)
  await header.getByText('正在推进').waitFor({ state: 'detached' })
}

const tierIs = async (story: Story, tier: 'yellow' | 'red'): Promise<void> => {
  const id = madeBefore(story, 'notice')
  await expect
    .poll(
      () => countOf(story, 'select count(*) from rectification.notice where id = $1 and tier = $2', [id, tier]),
      patience,
    )
    .toBe(1)
}

/** Seven days after service, at 00:00: yellow on the case, in the list and on the map. */
export async function turnsYellow(story: Story): Promise<void> {
  const page = await story.page('林远舟', 'desk')
  await page.goto(noticePage(story))
  await movesOn(page, 7)
  await tierIs(story, 'yellow')
  await page.getByText('黄色提醒 · 第 7 天').waitFor()
  await look(page, 'yellow-case')
  await page.goto(`${story.county.url}/rectification?projectId=${story.site.id}&open=true`)
  await page.getByRole('row').filter({ hasText: story.site.name }).getByText('黄色提醒').waitFor()
  await look(page, 'yellow-list')
  await page.goto(`${story.county.url}/map`)
  const site = page.getByRole('group', { name: '工地列表' }).getByRole('listitem').filter({ hasText: story.site.name })
  await site.getByText('黄色提醒').waitFor()
  await drawsPoints(page, '黄色提醒')
  await look(page, 'yellow-map')
}

const holds = (story: Story) =>
  countOf(story, 'select count(*) from base.hold where subject_id = $1 and case_id = $2 and lifted_at is null', [
    story.site.id,
    madeBefore(story, 'notice'),
  ])

/** Fifteen days after service: red, and new business of the project is held. */
export async function turnsRed(story: Story): Promise<void> {
  const page = await story.page('林远舟', 'desk')
  await page.goto(noticePage(story))
  await movesOn(page, 7)
  expect(await holds(story)).toBe(0)
  await movesOn(page, 1)
  await tierIs(story, 'red')
  await page.getByText('红色锁定 · 第 15 天').waitFor()
  await card(page, '后果').getByText('不受理该项目的新业务').waitFor()
  expect(await holds(story)).toBeGreaterThan(0)
  await look(page, 'red-case')
}

const applications = (story: Story) =>
  countOf(story, 'select count(*) from permit.application where project_id = $1', [story.site.id])

async function applies(story: Story): Promise<Page> {
  const page = await story.page('梁思颖', 'desk')
  await page.goto(`${story.county.url}/permit/new?project=${story.site.id}`)
  await page.getByLabel('申请说明').fill('扩建工程已按图施工完毕，申请联合验收。')
  await settled(page)
  await page.getByRole('button', { name: '提交申请' }).click()
  return page
}

/** The owner's joint acceptance is refused with number, item and clause, and nothing is stored. */
export async function isRefused(story: Story): Promise<void> {
  const before = await applications(story)
  const page = await applies(story)
  const [notice] = await story.county.sql<{ number: string }>('select number from rectification.notice where id = $1', [
    madeBefore(story, 'notice'),
  ])
  const refusal = page.getByRole('alert')
  for (const words of [notice!.number, faults.opening.text, /依据 .*整改单七天黄色提醒、十五天红色锁定/])
    await refusal.getByText(words).first().waitFor()
  await look(page, 'acceptance-refused')
  expect(await applications(story)).toBe(before)
}

/** The second item is fixed; the officer closes from the phone, and the hold is gone. */
export async function closesFromThePhone(story: Story): Promise<void> {
  await fixes(story, 'opening')
  const phone = await story.page('林远舟', 'phone')
  await phone.goto(noticePage(story, '/field'))
  await decides(phone, '审核整改', '整改合格，闭合', 'opening')
  await phone.getByText('已闭合').first().waitFor()
  await expect.poll(() => holds(story), patience).toBe(0)
  await look(phone, 'phone-closed')
}

/** The same application is now taken. */
export async function isTaken(story: Story): Promise<void> {
  const before = await applications(story)
  const page = await applies(story)
  await page.getByRole('heading', { name: /^联合验收申请/, level: 1 }).waitFor()
  expect(await applications(story)).toBe(before + 1)
  await look(page, 'acceptance-taken')
}

/** 守恒: issued = open + closed + withdrawn, on the page and counted apart from it. */
export async function ledgerBalances(story: Story): Promise<void> {
  const page = await story.page('沈砚秋', 'desk')
  await page.goto(`${story.county.url}/rectification`)
  await settled(page)
  const of = async (label: string) => Number(await figure(page, label))
  const issuedActs = `select count(distinct case_id) from base.act where topic = 'rectification.issue'`
  const stands = (states: string) =>
    `select count(*) from rectification.notice where issued_at is not null and state in (${states})`
  const [issued, open, closed, withdrawn] = [
    await of('已下达'),
    await of('未闭合'),
    await of('已闭合'),
    await of('已撤回'),
  ]
  expect({ issued, closed, withdrawn }).toEqual({
    issued: await countOf(story, issuedActs),
    closed: await countOf(story, stands(`'closed'`)),
    withdrawn: await countOf(story, stands(`'withdrawn'`)),
  })
  expect(issued).toBe(open + closed + withdrawn)
  await look(page, 'notices-balance')
  await page.goto(`${story.county.url}/hazards?projectId=${story.site.id}`)
  for (const { text } of Object.values(faults)) await page.getByRole('row').filter({ hasText: text }).waitFor()
  await look(page, 'hazard-ledger')
}
