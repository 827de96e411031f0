import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bounds, centroid, distanceMeters, inside, Point, Polygon } from './geo.ts'

const at = (lon: number, lat: number) => ({ lon, lat })
const square = [at(120, 30), at(121, 30), at(121, 31), at(120, 31)]
/** A square with a notch cut in from the north down to its middle. */
const notched = [at(0, 0), at(4, 0), at(4, 4), at(3, 4), at(2, 2), at(1, 4), at(0, 4)]

test('what is not a place is refused', () => {
  expect(Point.safeParse(at(181, 0)).success).toBe(false)
  expect(Point.safeParse(at(0, 90.1)).success).toBe(false)
  expect(Point.safeParse(at(Number.NaN, 0)).success).toBe(false)
  expect(Polygon.safeParse(square.slice(0, 2)).success).toBe(false)
  expect(() => bounds([])).toThrow(RangeError)
  expect(() => centroid([])).toThrow(RangeError)
  expect(inside(at(0, 0), [])).toBe(false)
})

test('inside, outside, in the notch', () => {
  expect(inside(at(120.5, 30.5), square)).toBe(true)
  expect(inside(at(119.9999, 30.5), square)).toBe(false)
  expect(inside(at(2, 1), notched)).toBe(true)
  expect(inside(at(2, 3), notched)).toBe(false)
  expect(inside(at(5, 2), notched)).toBe(false) // level with a corner
})

test('the boundary and the corners belong to the polygon', () => {
  expect(inside(at(120.5, 30), square)).toBe(true)
  expect(inside(at(120, 30.25), square)).toBe(true)
  expect(inside(at(121, 31), square)).toBe(true)
  expect(inside(at(122, 31), square)).toBe(false) // on the line of an edge, beyond it
})

test('the answer does not hang on direction, first corner or a repeated last corner', () => {
  const coordinate = fc.integer({ min: -2, max: 10 }).map((n) => n / 2)
  fc.assert(
    fc.property(coordinate, coordinate, fc.nat(6), (lon, lat, turn) => {
      const point = at(lon, lat)
      const answer = inside(point, notched)
      expect(inside(point, notched.toReversed())).toBe(answer)
      expect(inside(point, [...notched.slice(turn), ...notched.slice(0, turn)])).toBe(answer)
      expect(inside(point, [...notched, at(0, 0)])).toBe(answer)
    }),
  )
})

test('the distance between Nashville and Los Angeles airports, as published for the haversine formula', () => {
  // Rosetta Code, "Haversine formula": 2887.2599506071 km on a sphere of 6372.8 km
  const published = 2_887_259.9506071 * (6_371_008.8 / 6_372_800)
  expect(distanceMeters(at(-86.67, 36.12), at(-118.4, 33.94))).toBeCloseTo(published, 3)
  expect(distanceMeters(at(120, 30), at(120, 30))).toBe(0)
})

test('bounds and centre', () => {
  expect(bounds(notched)).toEqual({ west: 0, south: 0, east: 4, north: 4 })
  expect(centroid(square).lon).toBeCloseTo(120.5, 12)
  expect(centroid(square).lat).toBeCloseTo(30.5, 12)
  // by hand: the square 16 at (2, 2) less the notch 2 at (2, 10/3) leaves 14 at (2, (32 - 20/3) / 14)
  expect(centroid(notched).lon).toBeCloseTo(2, 12)
  expect(centroid(notched).lat).toBeCloseTo((32 - 20 / 3) / 14, 12)
  expect(centroid([at(1, 1), at(2, 2), at(3, 3)])).toEqual(at(2, 2))
})
