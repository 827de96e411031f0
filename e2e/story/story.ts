import type { Browser, Page } from 'playwright-core'
import type { County } from '../setup/county.ts'
import { type Place, type Screen, seat, shotPath } from '../setup/browser.ts'

/** The site of the story, as the seed built it. */
export interface Site extends Place {
  id: string
  name: string
}

/** What the parts of the story share, and what one part leaves for the next. */
export interface Story {
  county: County
  browser: Browser
  site: Site
  /** The same person at the same kind of screen is the same page, as he left it. */
  page(name: string, screen: Screen): Promise<Page>
  /** Pictures of every page as it stands, for whoever must find out why the story broke off. */
  keepPages(): Promise<void>
  /** Ids that an earlier part brought about. */
  made: { device?: string; inspection?: string; notice?: string }
}

const siteName = '城东污水厂扩建工程'

export async function openStory(county: County, browser: Browser): Promise<Story> {
  const [site] = await county.sql<Site>('select id, name, lon, lat from project.project where name = $1', [siteName])
  if (!site) throw new Error(`the seed has no ${siteName}`)
  const pages = new Map<string, Promise<Page>>()
  return {
    county,
    browser,
    site,
    made: {},
    page: (name, screen) => {
      const key = `${name} ${screen}`
      const page = pages.get(key) ?? seat(browser, county.url, name, screen, site)
      pages.set(key, page)
      return page
    },
    keepPages: async () => {
      for (const [key, opening] of pages) {
        const page = await opening.catch(() => undefined)
        await page?.screenshot({ path: shotPath(`broken-${key.replace(' ', '-')}`) })
      }
    },
  }
}

/** What an earlier part must have left. */
export function madeBefore(story: Story, what: keyof Story['made']): string {
  const id = story.made[what]
  if (!id) throw new Error(`no ${what} was made before`)
  return id
}

/** The number in one row of one column. */
export async function countOf(
  { county }: Pick<Story, 'county'>,
  text: string,
  values: unknown[] = [],
): Promise<number> {
  const [row] = await county.sql<{ n: string }>(`select (${text})::text as n`, values)
  return Number(row?.n)
}
