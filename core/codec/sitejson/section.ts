import { formOf, type SiteField, type SiteKind } from './kinds.ts'
import { sampleOf } from './sample.ts'

/** What `docs/devices-json.md` says of one kind. A test holds the page to it. */
export function sectionOf(kind: SiteKind): string {
  const { title, fields, points, events, driver } = formOf(kind)
  const parts = [`### ${kind}: ${title}`]
  if (fields.length > 0) parts.push(tableOf('field', fields))
  if (points.length > 0) parts.push(tableOf('field of a point', points))
  const others = [driver ? '`driverId`' : '', ...events.map((event) => `event \`${event}\``)].filter(
    (each) => each !== '',
  )
  if (others.length > 0) parts.push(`Also: ${others.join(', ')}.`)
  parts.push(['```json', sayJson(sampleOf(kind)), '```'].join('\n'))
  return parts.join('\n\n')
}

function tableOf(head: string, fields: readonly SiteField[]): string {
  const rows = fields.map(({ name, unit, title }) => `| \`${name}\` | ${unit} | ${title} |`)
  return [`| ${head} | unit | meaning |`, '|---|---|---|', ...rows].join('\n')
}

/** JSON with an entry of a list, and the flags, on one line each. */
function sayJson(sample: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(sample).map(([name, value]) => {
    if (!Array.isArray(value)) return `  "${name}": ${oneLine(value)}`
    return `  "${name}": [\n${value.map((entry) => `    ${oneLine(entry)}`).join(',\n')}\n  ]`
  })
  return `{\n${lines.join(',\n')}\n}`
}

const oneLine = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\n */g, ' ')
