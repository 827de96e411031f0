import { addDays, type Day, distanceMeters } from '@plumbline/core/kit'
import { calendarOf } from '@plumbline/core/law'
import { type County, type Project, random, type Stage } from '../county/index.ts'
import { keyOf, unit } from './noise.ts'
import type { CityAsk, Site } from './schema.ts'
import { dryShare, marginDays, type Weather } from './weather.ts'

/** Lorries of a full day, by stage: earth first, then material. */
const lorriesBy: Record<Stage, [low: number, high: number]> = {
  foundation: [18, 46],
  structure: [8, 22],
  fitout: [4, 12],
  completion: [2, 6],
}
const crewBy: Record<Stage, number> = { foundation: 30, structure: 70, fitout: 55, completion: 18 }

const sectionNames = ['', '（二标段）', '（三标段）', '（四标段）']

/** The project of a site: all once, then the large ones again as further sections. */
function projectOf(projects: readonly Project[], large: readonly Project[], index: number): [Project, section: number] {
  const beyond = index - projects.length
  if (beyond < 0) return [projects[index]!, 0]
  return [large[beyond % large.length]!, 1 + Math.floor(beyond / large.length)]
}

/** How much of a day is worked: rain, Sundays, holidays, and what a crew does not get done. */
function shareOf(salt: number, day: Day, dayNumber: number, weather: Weather, off: ReadonlySet<Day>): number {
  const sunday = new Date(`${day}T00:00:00Z`).getUTCDay() === 0
  const dice = unit(salt, 7000 + dayNumber)
  if (off.has(day)) return dice < 0.35 ? 0.45 : 0
  if (sunday && dice < 0.5) return 0
  return (0.65 + 0.35 * dice) * dryShare(weather, dayNumber)
}

/** The sites of a city: where, what, and with how many hands. */
export function makeSites(ask: Omit<CityAsk, 'county'>, county: County, weather: Weather): Site[] {
  const { seed, sites: count, from, days } = ask
  const { projects } = county
  const large = projects.toSorted((a, b) => b.cost - a.cost || (a.key < b.key ? -1 : 1))
  const { holidays } = calendarOf()
  const sites = Array.from({ length: count }, (_, index): Site => {
    const [project, section] = projectOf(projects, large, index)
    const key = `site:${String(index + 1).padStart(3, '0')}`
    const salt = keyOf(seed, key)
    const dice = random(seed, `city/${key}`)
    const shares = Float32Array.from({ length: days + 2 * marginDays }, (_, i) =>
      shareOf(salt, addDays(from, i - marginDays), i - marginDays, weather, holidays),
    )
    // Sections of one project lie a few hundred metres apart.
    const apart = section * 0.003
    return {
      index,
      key,
      name: project.name + (sectionNames[section] ?? `（${section + 1}标段）`),
      project: project.key,
      town: project.town,
      point: { lon: project.point.lon + apart, lat: project.point.lat + apart * (dice.next() - 0.5) },
      stage: project.stage,
      building: project.area !== null,
      salt,
      dusty: 0.6 + 0.8 * dice.next(),
      workers: Math.round(crewBy[project.stage] * (0.5 + dice.next())),
      lorries: dice.int(...lorriesBy[project.stage]),
      // never before 06:20: the day of the noise standard begins at six
      begins: dice.int(78, 86) * 5,
      ends: dice.int(210, 222) * 5,
      shares,
      pours: [],
      neighbour: index,
      actuators: [],
    }
  })
  for (const site of sites) site.neighbour = nearest(site, sites)
  return sites
}

function nearest(site: Site, sites: readonly Site[]): number {
  let best = site.index
  let distance = Infinity
  for (const other of sites) {
    const away = other === site ? Infinity : distanceMeters(site.point, other.point)
    if (away < distance) {
      best = other.index
      distance = away
    }
  }
  return best
}
