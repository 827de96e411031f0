import { type Project, type ProjectFilter, tags } from '../project/index.ts'
import type { Installed, InstallRates } from './contract.ts'

type Obliged = Pick<Project, 'id' | 'name' | 'district' | 'town' | 'tags'>

/** How many projects without are named; the counts are of all. */
const mostNamed = 200

/** Counts who, of the projects that must have dust monitoring, has it (PRJ-20): by town, and by class tag. */
export function countInstalled(obliged: readonly Obliged[], equipped: ReadonlySet<string>): InstallRates {
  const base = { duty: 'dust', state: 'building' } as const
  const count = (key: string, label: string, rows: readonly Obliged[], filter: ProjectFilter): Installed => ({
    key,
    label,
    obliged: rows.length,
    equipped: rows.filter(({ id }) => equipped.has(id)).length,
    filter: { ...base, ...filter },
  })
  const towns = [...Map.groupBy(obliged, ({ district }) => district)]
  const tagKeys = Object.keys(tags) as (keyof typeof tags)[]
  const lacking = obliged.filter(({ id }) => !equipped.has(id))
  return {
    total: count('', '合计', obliged, {}),
    town: towns.map(([town, rows]) => count(town, rows[0]!.town, rows, { town })),
    // A project with two tags counts in both.
    tag: tagKeys
      .map((tag) =>
        count(
          tag,
          tags[tag],
          obliged.filter((one) => one.tags.includes(tag)),
          { tag },
        ),
      )
      .filter((one) => one.obliged > 0),
    lacking: lacking.slice(0, mostNamed).map(({ id, name, town }) => ({ id, name, town })),
    more: lacking.length > mostNamed,
  }
}
