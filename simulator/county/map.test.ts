import type { Point, Polygon } from '@plumbline/core/kit'
import { describe, expect, it } from 'vitest'
import { drawMap } from './map.ts'
import { makeCounty } from './index.ts'
import { random } from './random.ts'
import { type Spot, tile } from './tiling.ts'

/** How often the ring winds around the point (Sunday's algorithm): the house counts crossings, this test counts turns. */
function winding(point: Spot, ring: readonly Spot[]): number {
  let turns = 0
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] as Spot
    const side = (b.x - a.x) * (point.y - a.y) - (point.x - a.x) * (b.y - a.y)
    if (a.y <= point.y && b.y > point.y && side > 0) turns += 1
    if (a.y > point.y && b.y <= point.y && side < 0) turns -= 1
  })
  return turns
}

const area = (ring: readonly Spot[]) =>
  ring.reduce((sum, a, i) => {
    const b = ring[(i + 1) % ring.length] as Spot
    return sum + (a.x * b.y - b.x * a.y) / 2
  }, 0)

/** Every point of the frame lies in exactly one cell, every other point in none, and the areas add up. */
function expectTiling(cells: Spot[][], outline: Spot[], points: number): void {
  const whole = area(outline)
  expect(whole).toBeGreaterThan(0)
  expect(cells.reduce((sum, cell) => sum + area(cell), 0) / whole).toBeCloseTo(1, 9)
  const dice = random(0, 'points')
  const [xs, ys] = [outline.map(({ x }) => x), outline.map(({ y }) => y)]
  const within = (list: number[]) => Math.min(...list) + dice.next() * (Math.max(...list) - Math.min(...list))
  let outside = 0
  for (let i = 0; i < points; i++) {
    const point = { x: within(xs), y: within(ys) }
    const turns = cells.map((cell) => winding(point, cell)).filter((n) => n !== 0)
    expect(turns).toEqual(winding(point, outline) === 1 ? [1] : [])
    if (!turns.length) outside += 1
  }
  expect(outside).toBeGreaterThan(0)
}

const flat = (ring: Polygon): Spot[] =>
  ring.map(({ lon, lat }: Point) => ({ x: (lon - 120.9) * 1000, y: (lat - 30.7) * 1000 }))

describe('the map', () => {
  const { towns, outline, teams } = drawMap()

  it('is tiled by its towns', () => {
    expectTiling(
      towns.map((town) => flat(town.polygon)),
      flat(outline),
      4000,
    )
  })

  it('gives every town to one team', () => {
    expect(teams.flatMap((team) => team.towns).sort()).toEqual(towns.map((town) => town.code).sort())
    for (const town of towns) expect(town.code).toMatch(/^990421\d{3}$/)
  })

  it('holds every site inside its own town and no other', () => {
    for (const seed of [1, 2, 3])
      for (const project of makeCounty(seed).projects) {
        const [at] = flat([project.point])
        const home = towns.filter((town) => winding(at as Spot, flat(town.polygon)) !== 0).map((town) => town.code)
        expect(home).toEqual([project.town])
      }
  })

  it('writes the name of a town inside it', () => {
    for (const town of towns) expect(winding(flat([town.label])[0] as Spot, flat(town.polygon))).toBe(1)
  })
})

describe('tile', () => {
  const square = [
    { x: 0, y: 0 },
    { x: 20, y: 0 },
    { x: 20, y: 20 },
    { x: 0, y: 20 },
  ]
  it.each([1, 2, 3, 4, 5, 6])('leaves no gap and no overlap, seed %i', (seed) => {
    const dice = random(seed, 'sites')
    const sites = Array.from({ length: 16 }, (_, i) => ({
      x: 2.5 + (i % 4) * 5 + dice.next() * 2 - 1,
      y: 2.5 + Math.floor(i / 4) * 5 + dice.next() * 2 - 1,
    }))
    const { cells, outline } = tile(square, sites, seed)
    expectTiling(cells, outline, 600)
  })
})
