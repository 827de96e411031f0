import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserServer, chromium, type Locator, type Page } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'
import { root } from './county.ts'

const chromiumOptions = {
  executablePath: process.env['CHROMIUM'] || '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

export const openBrowser = (): Promise<Browser> => chromium.launch(chromiumOptions)
/** A browser whose process we hold, so that it can be killed. */
export const openMortalBrowser = (): Promise<BrowserServer> => chromium.launchServer(chromiumOptions)

const screens = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 760 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} as const
export type Screen = keyof typeof screens

/** Mistakes that no page should make: thrown and not caught. */
export const mistakes: string[] = []

export interface Place {
  lon: number
  lat: number
}

/** A demo person at a desk or with a phone in hand, signed in by one click; a browser profile of his own. */
export async function seat(browser: Browser, url: string, name: string, screen: Screen, at?: Place): Promise<Page> {
  const context = await browser.newContext({
    ...screens[screen],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ...(at ? { geolocation: { longitude: at.lon, latitude: at.lat, accuracy: 8 }, permissions: ['geolocation'] } : {}),
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => mistakes.push(`${name} ${page.url()}: ${error.message}`))
  await page.goto(screen === 'desk' ? `${url}/` : `${url}/field/`)
  await page.getByRole('listitem').getByRole('button', { name }).click()
  await page.getByRole('navigation', { name: '主导航' }).waitFor({ state: 'attached' })
  return page
}

const shots = join(root, 'e2e', 'shots')
let shot = 0

/** Takes away the pictures of an earlier run, which would stand beside ours. */
export function clearShots(): void {
  mkdirSync(shots, { recursive: true })
  for (const name of readdirSync(shots)) if (name.endsWith('.png')) rmSync(join(shots, name))
}

export const shotPath = (name: string): string => join(shots, `${name}.png`)

/** Waits until nothing on the page is being read or sent, and nothing moves: half-faded words have no contrast to judge. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const moves = ({ playState, effect }: Animation) =>
      playState === 'running' && effect?.getComputedTiming().iterations !== Infinity
    const busy = document.querySelector('.loading, .ant-btn-loading')
    return busy === null && document.fonts.status === 'loaded' && !document.getAnimations().some(moves)
  })
}

/** Keeps a picture of the page, and holds the page to two rules: axe finds nothing serious, nothing is wider than the screen. */
export async function look(page: Page, name: string): Promise<void> {
  await settled(page)
  // A picture of the whole page draws what sticks where the reader had scrolled to.
  await page.evaluate(() => window.scrollTo(0, 0))
  shot += 1
  await page.screenshot({ path: shotPath(`${String(shot).padStart(2, '0')}-${name}`), fullPage: true })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any.map(({ message }) => message).join('; ')}`),
  )
  expect(told, `axe on ${name} (${page.url()})`).toEqual([])
  // A phone's own innerWidth grows with what is too wide for it.
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width, `${name} is wider than its screen`).toBeLessThanOrEqual(page.viewportSize()!.width)
}

/** How many pixels of a picture have a colour such as `rgb(61, 122, 87)`. */
async function pixelsOf(picture: Buffer, colour: string): Promise<number> {
  const [red, green, blue] = (colour.match(/\d+/g) ?? []).map(Number)
  const { data } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  let found = 0
  for (let at = 0; at < data.length; at += 3)
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) found += 1
  return found
}

/** Waits until the map shows a point of this tier, in the colour of its legend: the drawing itself tells nobody when it is done. */
export async function drawsPoints(page: Page, tier: '正常' | '黄色提醒' | '红色锁定'): Promise<void> {
  const mark = page.locator('.map-legend > span').filter({ hasText: tier }).locator('i')
  const colour = await mark.evaluate((element) => getComputedStyle(element).backgroundColor)
  const frame = page.locator('.map-frame')
  await expect.poll(async () => pixelsOf(await frame.screenshot(), colour), patience).toBeGreaterThan(20)
}

/** How long a condition outside the page is waited for. */
export const patience = { timeout: 20_000 }

/** A card of a page by its heading. */
export const card = (page: Page, title: string): Locator =>
  page.locator('section.card').filter({ has: page.getByRole('heading', { name: title, level: 2 }) })

/** Chooses from a list that opens; `words` narrows it first, where it is long or searched on the server. */
export async function choose(field: Locator, option: string | RegExp, words?: string): Promise<void> {
  const page = field.page()
  await field.click()
  if (words !== undefined) await field.fill(words)
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first().click()
}

/** Takes a step of 现在该做 and answers its dialog. */
export async function takeStep(page: Page, label: string): Promise<Locator> {
  await card(page, '现在该做').getByRole('button', { name: label, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: label })
  await dialog.waitFor()
  return dialog
}

/** Presses the button that sends the dialog, and waits until it has gone. */
export async function send(dialog: Locator, label: string): Promise<void> {
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}
