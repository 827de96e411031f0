import { photo } from '@plumbline/simulator/county'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { card, choose, look, send, takeStep } from '../setup/browser.ts'
import { countOf, madeBefore, type Story } from './story.ts'

/** What is found: two items of table B.13, the first grave. */
export const faults = {
  edge: { item: '临边防护', text: '五楼东侧临边没有护栏，约 6 米', requirement: '补设防护栏杆并挂密目网' },
  opening: { item: '洞口防护', text: '三楼楼板预留洞口没有盖板', requirement: '加设固定盖板' },
} as const

/** A photograph as a phone hands it over, drawn by the simulator. */
export async function takePhoto({ site }: Story, of: keyof typeof faults, side: 'before' | 'after') {
  const { lon, lat } = site
  const buffer = await photo(`${of}:story`, side, { taken: new Date(), point: { lon, lat } })
  return { name: `${of}-${side}.jpg`, mimeType: 'image/jpeg', buffer }
}

/** The inspector plans the year of the site, and the chief adopts the plan. */
export async function plansTheYear(story: Story): Promise<void> {
  const desk = await story.page('林远舟', 'desk')
  await desk.goto(`${story.county.url}/plans/new?project=${story.site.id}`)
  await desk.getByText(story.site.name).first().waitFor()
  await desk.getByRole('button', { name: '增加一次检查' }).click()
  await look(desk, 'plan-new')
  await desk.getByRole('button', { name: '提交计划草案' }).click()
  await desk.getByRole('heading', { name: /年监督计划$/, level: 1 }).waitFor()
  await look(desk, 'plan-draft')

  const chief = await story.page('沈砚秋', 'desk')
  await chief.goto(desk.url())
  await send(await takeStep(chief, '批准计划'), '确认')
  await chief.getByText(/ 批准$/).waitFor()
  await look(chief, 'plan-adopted')
}

/** On the phone the inspector begins, answers, finds two faults; the same draft stands open on his desk. */
export async function inspectsOnThePhone(story: Story): Promise<void> {
  const page = await story.page('林远舟', 'phone')
  await look(page, 'phone-home')
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '检查' }).click()
  await page.getByRole('link', { name: '开始检查' }).click()
  await choose(page.getByRole('combobox', { name: '项目' }), story.site.name, story.site.name)
  await choose(page.getByLabel('本次使用的评分表'), 'B.13 高处作业', 'B.13')
  await page.keyboard.press('Escape')
  await choose(page.getByLabel('同行监督员'), '周若溪')
  await page.keyboard.press('Escape')
  await page.getByLabel('检查部位、形象进度').fill('综合楼五层，主体施工')
  await look(page, 'phone-begin-inspection')
  await page.getByRole('button', { name: '开始检查' }).click()
  await page.waitForURL(/\/inspection\/[^/]+\/fill$/)
  story.made.inspection = page.url().split('/').at(-2)!

  const items = page.locator('section.item-card')
  await items.first().waitFor()
  for (const item of await items.all()) {
    const title = await item.getByRole('heading').innerText()
    const fails = Object.values(faults).some((fault) => fault.item === title)
    await item.getByRole('button', { name: fails ? '不符合' : '符合', exact: true }).click()
  }
  await writeFault(story, page, 'edge', '严重')
  await desksSameDraft(story)
  await writeFault(story, page, 'opening', '一般')
  await look(page, 'phone-jgj59')
}

async function writeFault(story: Story, page: Page, of: keyof typeof faults, severity: string): Promise<void> {
  const { item, text, requirement } = faults[of]
  const finding = page.getByRole('group', { name: `${item}的问题` })
  await finding.getByLabel(`${item}的问题描述`).fill(text)
  await finding
    .getByRole('button', { name: /^建议：/ })
    .first()
    .click()
  await finding.getByRole('button', { name: new RegExp(`^${severity} · `) }).click()
  await finding.getByLabel('整改要求').fill(requirement)
  await finding.locator('input[type=file]').setInputFiles(await takePhoto(story, of, 'before'))
  await finding.getByRole('img', { name: text }).first().waitFor()
  await page.getByText(/^已保存 /).waitFor()
}

async function desksSameDraft(story: Story): Promise<void> {
  const desk = await story.page('林远舟', 'desk')
  await desk.goto(`${story.county.url}/inspection/${madeBefore(story, 'inspection')}`)
  await desk.getByRole('button', { name: '继续填写' }).click()
  await desk.getByLabel(`${faults.edge.item}的问题描述`).waitFor()
  expect(await desk.getByLabel(`${faults.edge.item}的问题描述`).inputValue()).toBe(faults.edge.text)
  await look(desk, 'desk-same-draft')
  await desk.getByRole('button', { name: '概况与提交' }).click()
  await desk.getByLabel('检查部位、形象进度').waitFor()
  await look(desk, 'desk-draft-closing')
}

/** Submitted, confirmed by the second inspector, signed on glass by the site's manager. */
export async function bothSidesSign(story: Story): Promise<void> {
  const page = await story.page('林远舟', 'phone')
  await page
    .getByRole('button', { name: /^概况与提交/ })
    .last()
    .click()
  await look(page, 'phone-before-submit')
  await page.getByRole('button', { name: '提交签字' }).click()
  await page.waitForURL(/\/inspection\/[^/]+$/)

  const id = madeBefore(story, 'inspection')
  const second = await story.page('周若溪', 'phone')
  await second.goto(`${story.county.url}/field/inspection/${id}`)
  await send(await takeStep(second, '监督员确认'), '确认属实')

  const manager = await story.page('何秉', 'phone')
  await manager.goto(`${story.county.url}/field/inspection/${id}`)
  const dialog = await takeStep(manager, '现场签字')
  await dialog.getByRole('button', { name: '签字', exact: true }).click()
  await dialog.getByText('请先在框内签名').first().waitFor()
  await drawName(dialog.getByRole('img', { name: '现场负责人签名处' }))
  await look(manager, 'phone-signature')
  await send(dialog, '签字')
  await card(manager, '现场签字').getByText('与现在的内容一致').waitFor()
  await look(manager, 'phone-signed')
  expect(
    await countOf(story, `select count(*) from inspection.inspection where id = $1 and state = 'signed'`, [id]),
  ).toBe(1)
}

/** Three strokes of a hand on the canvas. */
async function drawName(pad: Locator): Promise<void> {
  const { x, y, width, height } = (await pad.boundingBox())!
  const { mouse } = pad.page()
  for (const [from, to] of [
    [0.2, 0.35],
    [0.45, 0.6],
    [0.7, 0.85],
  ] as const) {
    await mouse.move(x + width * from, y + height * 0.3)
    await mouse.down()
    await mouse.move(x + width * to, y + height * 0.7, { steps: 5 })
    await mouse.move(x + width * from, y + height * 0.75, { steps: 5 })
    await mouse.up()
  }
  await pad.page().getByText('现场负责人已签').waitFor()
}
