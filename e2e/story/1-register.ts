import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { card, choose, look, send, settled, takeStep } from '../setup/browser.ts'
import { root } from '../setup/county.ts'
import { countOf, type Story } from './story.ts'

interface DemoProject {
  code: string
  name: string
  address: string
  point: { lon: number; lat: number }
  category: string
  area: number
  cost: number
  parties: Record<'owner' | 'contractor' | 'supervision' | 'design' | 'survey', { name: string }>
  contact: { name: string; phone: string }
}

const workshop = JSON.parse(readFileSync(join(root, 'demo', 'project.json'), 'utf8')) as DemoProject
const roles = {
  owner: '建设单位',
  contractor: '施工单位',
  supervision: '监理单位',
  design: '设计单位',
  survey: '勘察单位',
}

const projects = (story: Story) => countOf(story, 'select count(*) from project.project')

/** The clerk enters the workshop. Each wrong value is refused by name, and nothing is half written. */
export async function registersTheWorkshop(story: Story): Promise<void> {
  const before = await projects(story)
  const [taken] = await story.county.sql<{ code: string }>('select code from project.project order by code limit 1')
  const page = await story.page('叶知宁', 'desk')
  await page.goto(`${story.county.url}/projects`)
  await page.getByRole('link', { name: '登记项目' }).click()
  await fillIn(page)

  await page.getByLabel('项目编码').fill('99042126')
  await save(page)
  await page.getByText('项目编码的位数或格式不对').waitFor()
  await look(page, 'register-code-refused')

  await page.getByLabel('项目编码').fill(taken!.code)
  await save(page)
  await page.getByText('项目库中已有这个项目编码').waitFor()

  await page.getByLabel('项目编码').fill(workshop.code)
  await placeAt(page, { lon: 120.0, lat: 30.0 })
  await save(page)
  await page.getByText('位置不在所属镇街的范围内').waitFor()
  expect(await projects(story)).toBe(before)

  await placeAt(page, workshop.point)
  await save(page)
  await page.getByRole('heading', { name: workshop.name, level: 1 }).waitFor()
  expect(await projects(story)).toBe(before + 1)
  await expectDuties(page)
  await look(page, 'workshop-with-duties')
}

const save = (page: Page) => page.getByRole('button', { name: /^保\s*存$/ }).click()

async function placeAt(page: Page, { lon, lat }: { lon: number; lat: number }): Promise<void> {
  await page.getByLabel('经度').fill(`${lon}`)
  await page.getByLabel('纬度').fill(`${lat}`)
  await page.getByLabel('纬度').blur()
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('项目名称').fill(workshop.name)
  await choose(page.getByLabel('镇街'), '城东街道')
  await page.getByLabel('地址').fill(workshop.address)
  await placeAt(page, workshop.point)
  await choose(page.getByLabel('行业'), '产业园区')
  await page.getByLabel('建筑面积').fill(`${workshop.area}`)
  await page.getByLabel('工程造价').fill(`${workshop.cost}`)
  await page.getByLabel('类别', { exact: true }).fill(workshop.category)
  await page.getByLabel('联系人').fill(workshop.contact.name)
  await page.getByLabel('联系电话').fill(workshop.contact.phone)
  const wanted = Object.entries(workshop.parties) as [keyof typeof roles, { name: string }][]
  for (const [at, [role, { name }]] of wanted.entries()) {
    // Owner and contractor have their rows already.
    if (at >= 2) {
      await page.getByRole('button', { name: '添加单位' }).click()
      await choose(page.getByLabel('参建角色').nth(at), roles[role])
    }
    await choose(page.getByLabel('参建单位名称').nth(at), name, name)
  }
}

/** 5,200 ㎡: the three systems of the law, each line with the criterion and the text it rests on. */
async function expectDuties(page: Page): Promise<void> {
  const duties = card(page, '应设监管系统')
  for (const words of ['视频监控', '实名考勤', '扬尘监测', '建筑面积达到标准', /依据 .*秀洲区/])
    await duties.getByText(words).first().waitFor()
}

/** The station chief gives the new site to two inspectors. */
export async function assignsOfficers(story: Story): Promise<void> {
  const page = await story.page('沈砚秋', 'desk')
  await page.getByRole('searchbox', { name: '搜索' }).fill(workshop.name)
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('link', { name: workshop.name }).first().click()
  await page.getByText('还没有指派监督人员，指派前不能开工。').waitFor()
  const dialog = await takeStep(page, '指派监督人员')
  for (const name of ['林远舟', '周若溪']) await dialog.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check()
  await dialog.getByLabel('事由').fill('新登记项目')
  await look(page, 'assign-officers')
  await send(dialog, '指派')
  const officers = card(page, '监督人员').getByRole('listitem')
  await officers.filter({ hasText: '林远舟' }).getByText('主办').waitFor()
  await officers.filter({ hasText: '周若溪' }).getByText('协办').waitFor()
  await settled(page)
}
