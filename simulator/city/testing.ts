import { makeCounty } from '../county/index.ts'
import type { City, CityDevice, Label, Passed } from './index.ts'

// What the tests of this folder share.

export const from = '2026-11-20'
/** One county for all cities of a test: drawing it takes longer than drawing a small city. */
export const county = makeCounty(7, from)

export const deviceOf = ({ devices }: City, label: Label): CityDevice =>
  devices.find(({ number }) => number === label.deviceId)!

export type PassedLabel = Extract<Label, { detail: Passed }>
export const isPassed = (label: Label): label is PassedLabel => label.kind === 'exceedance' || label.kind === 'danger'

/** Moments of a stretch, the first and the last second among them. */
export function momentsOf({ from: first, until }: Pick<Label, 'from' | 'until'>, count: number): number[] {
  const last = until - 1000
  return Array.from({ length: count }, (_, i) => first + Math.floor(((last - first) * i) / (count - 1) / 1000) * 1000)
}
