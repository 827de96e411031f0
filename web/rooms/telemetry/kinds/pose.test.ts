import { expect, test } from 'vitest'
import { around, cageAt, sidePose } from './pose.ts'

const plate = { jib: 60, height: 40 }
const size = { width: 364, height: 240 }

test('what is not known is not drawn, and a hook hangs from no trolley that is not known', () => {
  expect(sidePose(plate, { amplitude: null, drop: 10 }, size)).toMatchObject({ trolley: null, hook: null })
  expect(sidePose(plate, { amplitude: 10, drop: null }, size).hook).toBeNull()
})

test('a value beyond the plate is drawn at its end, never outside the picture', () => {
  const { trolley, tip, hook, base } = sidePose(plate, { amplitude: 99, drop: 99 }, size)
  expect(trolley).toEqual(tip)
  expect(hook).toEqual({ x: tip.x, y: base.y })
})

test('the drawing is to scale: metres along the jib and metres down are the same length', () => {
  const { top, tip, trolley, hook, base } = sidePose(plate, { amplitude: 30, drop: 20 }, size)
  const scale = (tip.x - top.x) / 60
  expect((base.y - top.y) / 40).toBeCloseTo(scale)
  expect((trolley!.x - top.x) / 30).toBeCloseTo(scale)
  expect((hook!.y - top.y) / 20).toBeCloseTo(scale)
  // Half way out and half way down.
  expect(trolley!.x).toBeCloseTo((top.x + tip.x) / 2)
  expect(hook!.y).toBeCloseTo((top.y + base.y) / 2)
})

test('angles go clockwise from the top', () => {
  const centre = { x: 100, y: 100 }
  const near = (spot: { x: number; y: number }) => [Math.round(spot.x), Math.round(spot.y)]
  expect([0, 90, 180, -90, 450].map((degrees) => near(around(centre, 50, degrees)))).toEqual([
    [100, 50],
    [150, 100],
    [100, 150],
    [50, 100],
    [150, 100],
  ])
})

test('a cage stays in its shaft', () => {
  expect([-3, 0, 45, 90, 120].map((height) => cageAt(height, 90))).toEqual([0, 0, 0.5, 1, 1])
})
