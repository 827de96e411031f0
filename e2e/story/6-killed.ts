import { inspectionContract } from '@plumbline/core/inspection'
import { randomUUID } from 'node:crypto'
import { chromium, type Request, type Route } from 'playwright-core'
import { expect } from 'vitest'
import { connect } from '../../simulator/client.ts'
import { openMortalBrowser, seat } from '../setup/browser.ts'
import type { Story } from './story.ts'

/** A draft of the inspector's, whose saves are the acts that are cut off. */
async function beginDraft({ county, site }: Story): Promise<string> {
  const session = await connect(county.url).signInAs('inspectorA')
  const { rows } = await session.call(inspectionContract.officers, { query: { projectId: site.id } })
  const officerIds = rows.filter(({ name }) => name === '周若溪').map(({ personId }) => personId)
  const input = { projectId: site.id, kind: 'routine' as const, templateCode: 'jgj59', tables: ['B.13'], officerIds }
  const { record } = await session.call(inspectionContract.start, { body: { requestId: randomUUID(), input } })
  return record.id
}

/** The act and what it changes, in one statement and so at one moment. */
async function stored({ county }: Story, id: string, requestId: string) {
  const [row] = await county.sql<{ acts: number; weather: string; revision: number }>(
    `select (select count(*)::int from base.act where request_id = $2) as acts,
       content->>'weather' as weather, (content->>'revision')::int as revision
     from inspection.inspection where id = $1`,
    [id, requestId],
  )
  return row!
}

interface Sent {
  url: string
  body: string
  cookie: string
}

async function copyOf(request: Request): Promise<Sent> {
  const { cookie = '' } = await request.allHeaders()
  return { url: request.url(), body: request.postData() ?? '', cookie }
}

/** The very same request once more, as an outbox sends what got no answer. */
const again = ({ url, body, cookie }: Sent) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-plumbline': '1', cookie } })

/**
 * The browser is killed while an act is being sent: still held at its door, or just let go. What is stored then is the whole
 * act or nothing; sent again under its id, and once more, it is there exactly once.
 */
export async function survivesAKill(story: Story): Promise<void> {
  const id = await beginDraft(story)
  for (const letGo of [false, true, true]) {
    const weather = `晴 ${randomUUID().slice(0, 8)}`
    const before = await stored(story, id, randomUUID())
    const sent = await killWhileSaving(story, id, weather, letGo)
    const { requestId } = JSON.parse(sent.body) as { requestId: string }

    const cut = await stored(story, id, requestId)
    if (!letGo) expect(cut.acts).toBe(0)
    expect(cut).toEqual(cut.acts === 0 ? { ...before, acts: 0 } : { acts: 1, weather, revision: before.revision + 1 })
    for (let times = 0; times < 2; times += 1) {
      expect((await again(sent)).status).toBe(200)
      expect(await stored(story, id, requestId)).toEqual({ acts: 1, weather, revision: before.revision + 1 })
    }
  }
}

async function killWhileSaving(story: Story, id: string, weather: string, letGo: boolean): Promise<Sent> {
  const server = await openMortalBrowser()
  try {
    const browser = await chromium.connect(server.wsEndpoint())
    const page = await seat(browser, story.county.url, '林远舟', 'phone', story.site)
    await page.goto(`${story.county.url}/field/inspection/${id}/fill`)
    await page.getByRole('navigation', { name: '检查表' }).getByRole('button', { name: '概况与提交' }).click()
    const held = Promise.withResolvers<Route>()
    await page.route('**/acts', held.resolve)
    await page.getByLabel('天气').fill(weather)
    const route = await held.promise
    const sent = await copyOf(route.request())
    if (letGo) void route.continue().catch(() => {})
    return sent
  } finally {
    // SIGKILL: no page hears of it.
    await server.kill()
  }
}
