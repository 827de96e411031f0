import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { card, look } from '../setup/browser.ts'
import { root } from '../setup/county.ts'
import { openLine, printFrame, sayByHand } from '../setup/frame.ts'
import { countOf, madeBefore, type Story } from './story.ts'

const { mn } = JSON.parse(readFileSync(join(root, 'demo', 'frame-device.json'), 'utf8')) as { mn: string }

/** How often a value of PM2.5 is stored for the device. */
const stored = (story: Story, value: number) =>
  countOf(story, 'select count(*) from telemetry.reading where device_id = $1 and quantity = $2 and value = $3', [
    madeBefore(story, 'device'),
    'a34004',
    value,
  ])

const pm25 = (page: Page) => card(page, '最新数值').getByRole('row', { name: /PM2\.5/ })

/** A frame with a wrong check value gets no answer and is shown with its wrong part; the right one is stored, then answered. */
export async function hearsTheDevice(story: Story): Promise<void> {
  const page = await story.page('林远舟', 'desk')
  await page.goto(`${story.county.url}/devices?q=${mn}`)
  await page.getByRole('link', { name: '扬尘监测仪（演示报文）' }).click()
  await page.getByRole('heading', { name: '扬尘监测仪（演示报文）', level: 1 }).waitFor()
  story.made.device = page.url().split('/').at(-1)!
  await page.getByText('还没有收到这个编号的报文。').waitFor()

  const line = await openLine(story.county.devicePort)
  line.send(await printFrame('pm25=74.9', '--bad-crc'))
  const talk = card(page, '会话').getByRole('listitem')
  await talk.filter({ hasText: '校验码不符，未应答' }).waitFor()
  await page.getByText(/校验码应为 [0-9A-F]{4}，实为 [0-9A-F]{4}/).waitFor()
  await page.getByText('编号未经验证').waitFor()
  await look(page, 'frame-wrong-crc')
  expect(line.heard()).toBe('')
  expect(await stored(story, 74.9)).toBe(0)

  line.send(await printFrame('pm25=74.9'))
  // 9014 answers data; when it arrives the value is stored already.
  expect(await line.answer()).toMatch(/^##\d{4}.*CN=9014;.*\r\n$/)
  expect(await stored(story, 74.9)).toBe(1)
  line.close()
  await pm25(page).getByText('74.9').waitFor()
  await pm25(page).getByText('实时').waitFor()
  await look(page, 'device-live')
  expect(await alarms(story)).toBe(0)
}

const alarms = (story: Story) =>
  countOf(story, 'select count(*) from telemetry.alarm where device_id = $1', [madeBefore(story, 'device')])

const toldOf = (story: Story) =>
  countOf(
    story,
    'select count(*) from base.message m join telemetry.alarm a on a.id = m.case_id where a.device_id = $1',
    [madeBefore(story, 'device')],
  )

const assignedOf = (story: Story) =>
  countOf(
    story,
    `select count(*) from base.assignment s join device.device d on d.project_id = s.subject_id
     where d.id = $1 and s.until is null`,
    [madeBefore(story, 'device')],
  )

/** 75.1 is above the value that starts the sprayer: alarm, order, its three marks; each officer and the manager told once. */
export async function opensTheSprayer(story: Story): Promise<void> {
  const page = await story.page('林远舟', 'desk')
  expect(await sayByHand(story.county.devicePort, 'pm25=75.1')).toMatch(/CN=9014;/)
  await page.goto(`${story.county.url}/device/${madeBefore(story, 'device')}`)
  await pm25(page).getByText('75.1').waitFor()
  await card(page, '报警')
    .getByRole('link', { name: /PM2\.5 75\.1/ })
    .click()
  const sprayer = card(page, '喷淋联动').getByRole('listitem').filter({ hasText: '开启 1 号' })
  for (const mark of ['✓ 发出', '✓ 接受', '✓ 执行', '✓ 生效']) await sprayer.getByText(mark).first().waitFor()
  await card(page, '告知').getByText('监督员 林远舟').waitFor()
  await card(page, '告知').getByText('项目经理 何秉').waitFor()
  await look(page, 'alarm-sprayer')
  expect(await alarms(story)).toBe(1)
  expect(await toldOf(story)).toBe((await assignedOf(story)) + 1)
  for (const name of ['林远舟', '何秉']) await wasToldOnce(story, name)
}

async function wasToldOnce(story: Story, name: string): Promise<void> {
  const page = await story.page(name, 'desk')
  await page.goto(`${story.county.url}/messages`)
  const told = page.getByRole('listitem').filter({ hasText: '扬尘监测仪（演示报文） PM2.5 75.1' })
  await told.first().waitFor()
  expect(await told.count(), `messages to ${name}`).toBe(1)
  if (name === '何秉') await look(page, 'manager-told')
}
