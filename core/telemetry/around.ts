import type { DeviceKind } from '../device/index.ts'

/** What is shown around an alarm of such a device: how far before and after (minutes), and beside the value itself what. */
interface Look {
  before: number
  after: number
  /** Further quantities of the same device. */
  own: readonly string[]
  /** Quantities of the site's other devices. */
  site: readonly { kind: DeviceKind; quantity: string }[]
}

const usual: Look = { before: 20, after: 40, own: [], site: [] }

const looks: Partial<Record<DeviceKind, Look>> = {
  dust: {
    ...usual,
    own: ['a34004', 'a34002', 'LA', 'a01007'],
    site: [
      { kind: 'dust', quantity: 'a34004' },
      { kind: 'sprayer', quantity: 'SB1' },
      { kind: 'fog_cannon', quantity: 'SB1' },
    ],
  },
  crane: {
    before: 5,
    after: 10,
    own: ['momentPercent', 'loadPercent', 'amplitude', 'windSpeed'],
    site: [{ kind: 'crane', quantity: 'windSpeed' }],
  },
  hoist: { before: 5, after: 10, own: ['loadPercent', 'personCount', 'height', 'windSpeed'], site: [] },
  // Ground moves over days: the day before shows whether it is the ground or the instrument.
  pit: { before: 1560, after: 240, own: ['subside', 'displace', 'waterLevel'], site: [] },
  formwork: { before: 60, after: 60, own: ['axialForce', 'subside', 'displace', 'tilt'], site: [] },
  curing_room: { before: 60, after: 120, own: ['roomTemperature', 'roomHumidity'], site: [] },
  meter: { before: 120, after: 120, own: ['power'], site: [] },
  perimeter: { before: 5, after: 10, own: [], site: [{ kind: 'turnstile', quantity: 'peopleInside' }] },
}

export const lookOf = (kind: DeviceKind): Look => looks[kind] ?? usual
/** How many lines a page of one alarm draws at most. */
export const mostLines = 6
