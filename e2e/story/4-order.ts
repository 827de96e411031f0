import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { card, look, send, takeStep } from '../setup/browser.ts'
import { faults, takePhoto } from './3-inspect.ts'
import { madeBefore, type Story } from './story.ts'

const notFound = /^没有找到.*不在您的管辖范围内。$/
const seconds = 1000

export const noticePage = (story: Story, face: '' | '/field' = '') =>
  `${story.county.url}${face}/rectification/${madeBefore(story, 'notice')}`

/** From the record the officer's own act: drafted, issued, served. Before service the unit does not even see that it exists. */
export async function issuesAndServes(story: Story): Promise<void> {
  const desk = await story.page('林远舟', 'desk')
  await desk.goto(`${story.county.url}/inspection/${madeBefore(story, 'inspection')}`)
  await card(desk, '下达文书').getByRole('link', { name: '去拟制' }).click()
  await desk.getByText(faults.opening.text).first().waitFor()
  await look(desk, 'draft-notice')
  await desk.getByRole('button', { name: '拟制文书' }).click()
  await desk.waitForURL(/\/rectification\/[0-9a-f-]{36}$/)
  story.made.notice = desk.url().split('/').at(-1)!
  await send(await takeStep(desk, '签发'), '确认')

  const manager = await story.page('何秉', 'phone')
  await manager.goto(noticePage(story, '/field'))
  await manager.getByText(notFound).waitFor()
  await manager.goto(`${story.county.url}/field/rectification`)
  await manager.getByRole('heading', { name: '责令整改' }).waitFor()

  const dialog = await takeStep(desk, '送达')
  await dialog.getByLabel('受送达人').fill('何秉')
  await dialog.getByLabel('职务').fill('项目经理')
  await look(desk, 'serve-notice')
  await send(dialog, '送达')
  // The list that he has open learns of it by the stream.
  await manager.locator(`a[href$="/rectification/${story.made.notice}"]`).waitFor({ timeout: 5 * seconds })
  await look(manager, 'manager-list-live')
  await look(desk, 'notice-served')
}

/** Another unit's notice is not there for him: not refused, missing. */
export async function findsNoOthersNotice(story: Story): Promise<void> {
  const [others] = await story.county.sql<{ id: string }>(
    `select n.id from rectification.notice n where n.served_at is not null
       and n.org_id <> (select org_id from rectification.notice where id = $1) and n.project_id <> $2 limit 1`,
    [madeBefore(story, 'notice'), story.site.id],
  )
  const desk = await story.page('何秉', 'desk')
  await desk.goto(`${story.county.url}/rectification/${others!.id}`)
  await desk.getByText(notFound).waitFor()
  await look(desk, 'others-notice-missing')
}

/** One item goes its whole way: reply with a photograph, countersignature, acceptance. */
export async function fixes(story: Story, of: keyof typeof faults): Promise<void> {
  const manager = await story.page('何秉', 'phone')
  await manager.goto(noticePage(story, '/field'))
  const reply = await takeStep(manager, '提交整改回复')
  const item = itemOf(reply, of)
  await item.getByLabel(`${faults[of].text} 整改情况`).fill(`已${faults[of].requirement}`)
  await reply.getByRole('button', { name: '提交整改回复' }).click()
  await item.getByText('请附整改后照片').waitFor()
  await item.locator('input[type=file]').setInputFiles(await takePhoto(story, of, 'after'))
  await item.getByRole('button', { name: '移除照片' }).waitFor()
  if (of === 'edge') await look(manager, 'phone-reply')
  await send(reply, '提交整改回复')

  const engineer = await story.page('宋知行', 'desk')
  await engineer.goto(noticePage(story))
  await decides(engineer, '监理复核', '复核属实', of)
}

const itemOf = (dialog: Locator, of: keyof typeof faults) =>
  dialog.locator('fieldset').filter({ has: dialog.page().getByText(faults[of].text, { exact: true }) })

/** A verdict on one item of the open notice. */
export async function decides(page: Page, step: string, verdict: string, of: keyof typeof faults): Promise<void> {
  const dialog = await takeStep(page, step)
  await itemOf(dialog, of).getByText(verdict, { exact: true }).click()
  if (of === 'edge') await look(page, step === '监理复核' ? 'countersign' : 'review')
  await send(dialog, step)
}

/** The supervising engineer answers for several sites: he acts for this one, if need be by changing his capacity. */
export async function takesCapacity(story: Story): Promise<void> {
  const engineer = await story.page('宋知行', 'desk')
  const menu = engineer.getByRole('button', { name: /^宋知行/ })
  if ((await menu.innerText()).includes(story.site.name)) return
  await menu.click()
  await engineer.getByRole('menuitem', { name: new RegExp(story.site.name) }).click()
  await menu.filter({ hasText: story.site.name }).waitFor()
}

/** The officer accepts the first item; the second stays with the unit. */
export async function acceptsOne(story: Story): Promise<void> {
  const desk = await story.page('林远舟', 'desk')
  await desk.goto(noticePage(story))
  await decides(desk, '审核整改', '整改合格，闭合', 'edge')
  const states = await story.county.sql<{ state: string }>(
    'select state from rectification.item where notice_id = $1 order by position',
    [madeBefore(story, 'notice')],
  )
  expect(states.map(({ state }) => state)).toEqual(['accepted', 'fixing'])
}
