import { bounds, centroid, inside, type Point, type Polygon } from '@plumbline/core/kit'
import { random, type Random } from './random.ts'
import type { Team, TeamKey, Town } from './schema.ts'
import { type Spot, tile } from './tiling.ts'

/** No province has the digits 99: nothing in this county can be mistaken for a place or a person that exists. */
export const region = '990421'

const centre: Point = { lon: 120.9, lat: 30.7 }
const kmPerDegree = 111.2

/** The county before its borders are bent, in kilometres from the centre. Convex and counter-clockwise, as `tile` needs it. */
const frame: Spot[] = [
  { x: -13.6, y: -2.2 },
  { x: -11.2, y: -8.3 },
  { x: -4.1, y: -11.4 },
  { x: 5.2, y: -11.1 },
  { x: 11.9, y: -6.6 },
  { x: 14.3, y: 1.9 },
  { x: 10.8, y: 8.7 },
  { x: 3.1, y: 11.6 },
  { x: -6.4, y: 10.9 },
  { x: -12.3, y: 5.7 },
]

type Draft = readonly [serial: string, name: string, kind: Town['kind'], team: TeamKey, x: number, y: number]

const drafts: Draft[] = [
  ['001', '禾丰街道', 'street', 'team:east', -2.9, 3.0],
  ['002', '城东街道', 'street', 'team:east', 3.6, 2.6],
  ['003', '城西街道', 'street', 'team:west', -6.2, -0.4],
  ['004', '青湖街道', 'street', 'team:zone', 0.6, -1.9],
  ['100', '云桥镇', 'town', 'team:east', 1.7, 8.1],
  ['101', '南塘镇', 'town', 'team:west', -5.1, -6.4],
  ['102', '石泾镇', 'town', 'team:west', -10.5, 2.1],
  ['103', '柳浦镇', 'town', 'team:zone', 8.6, -3.9],
  ['104', '望溪镇', 'town', 'team:west', -6.6, 7.2],
  ['105', '桑园镇', 'town', 'team:west', -10.3, -5.0],
  ['106', '北渡镇', 'town', 'team:east', 9.4, 4.1],
  ['400', '高新区', 'zone', 'team:zone', 2.6, -7.6],
]

const teamNames: Record<TeamKey, string> = { 'team:east': '城东组', 'team:west': '城西组', 'team:zone': '高新组' }

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6

const toPoint = ({ x, y }: Spot): Point => ({
  lon: round(centre.lon + x / (kmPerDegree * Math.cos((centre.lat * Math.PI) / 180))),
  lat: round(centre.lat + y / kmPerDegree),
})

/** The drawn map. It is the same whatever the county's seed: people and sites come and go, the land stays. */
export function drawMap(): { outline: Polygon; towns: Town[]; teams: Team[] } {
  const dice = random(0, 'map')
  const jitter = () => (dice.next() - 0.5) * 0.8
  const sites = drafts.map(([, , , , x, y]) => ({ x: x + jitter(), y: y + jitter() }))
  const { cells, outline } = tile(frame, sites, 0)
  const towns = drafts.map(([serial, name, kind, team], i): Town => {
    const polygon = (cells[i] ?? []).map(toPoint)
    const middle = centroid(polygon)
    const label = { lon: round(middle.lon), lat: round(middle.lat) }
    return { code: region + serial, name, kind, hightechZone: kind === 'zone', team, polygon, label }
  })
  const teams = (Object.keys(teamNames) as TeamKey[]).map((key) => ({
    key,
    name: teamNames[key],
    towns: towns.filter((town) => town.team === key).map((town) => town.code),
  }))
  return { outline: outline.map(toPoint), towns, teams }
}

/** About 100 m in degrees: a site keeps that far from the border, so that no rounding moves it into the next town. */
const margin = 0.001

/** A random place for a site inside a town. */
export function placeIn(town: Town, dice: Random): Point {
  const box = bounds(town.polygon)
  const corners = [-margin, margin].flatMap((lon) => [-margin, margin].map((lat) => ({ lon, lat })))
  for (;;) {
    const point = {
      lon: round(box.west + dice.next() * (box.east - box.west)),
      lat: round(box.south + dice.next() * (box.north - box.south)),
    }
    const clear = corners.every(({ lon, lat }) => inside({ lon: point.lon + lon, lat: point.lat + lat }, town.polygon))
    if (clear && inside(point, town.polygon)) return point
  }
}
