import type { SiteKind } from './kinds.ts'

const time = '2026-11-20T14:05:00+08:00'
const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** One message of each kind, as the published page shows it. */
const samples: Readonly<Record<SiteKind, Readonly<Record<string, unknown>>>> = {
  crane: {
    id: 'c-20261120-140500',
    deviceTime: time,
    kind: 'crane',
    driverId: 'D1002',
    momentPercent: 61.2,
    liftingCapacity: 2.46,
    safeLiftingCapacity: 4.02,
    amplitude: 22.1,
    round: 123.4,
    height: 33.5,
    dipAngleX: 0.12,
    dipAngleY: -0.08,
    windSpeed: 4.3,
    overRide: 2,
    warning: '00000000000000000000000000000000',
    flags: {
      momentPercent: 'N',
      liftingCapacity: 'N',
      safeLiftingCapacity: 'N',
      amplitude: 'N',
      height: 'N',
      windSpeed: 'N',
    },
    events: [
      {
        id: 'c-20261120-0031',
        at: '2026-11-20T14:01:10+08:00',
        kind: 'cycle',
        body: { endedAt: '2026-11-20T14:04:40+08:00', maxLoad: 2.46, maxMomentPercent: 61.2, driverId: 'D1002' },
      },
    ],
  },
  hoist: {
    id: 'h-88120',
    deviceTime: '20261120140500',
    kind: 'hoist',
    driverId: 'D2107',
    currentLoad: 0.86,
    loadPercent: 43,
    personCount: 6,
    floor: 12,
    speed: 0.55,
    height: 36.2,
    windSpeed: 3.9,
    dipAngleX: 0.05,
    dipAngleY: 0.02,
    doorFront: 0,
    doorBack: 0,
    flags: { currentLoad: 'N', loadPercent: 'N', personCount: 'N', height: 'N' },
  },
  pit: {
    id: 'p-410',
    deviceTime: time,
    kind: 'pit',
    points: [
      { point: 'S1', subside: -3.2, displace: 4.1 },
      { point: 'CX1-05', deepDisplace: 6.4 },
      { point: 'W1', waterLevel: -4.82 },
      { point: 'Z3', axialForce: 1240.5 },
    ],
    flags: {
      'subside@S1': 'N',
      'displace@S1': 'N',
      'deepDisplace@CX1-05': 'N',
      'waterLevel@W1': 'N',
      'axialForce@Z3': 'D',
    },
  },
  formwork: {
    id: 'f-7',
    deviceTime: time,
    kind: 'formwork',
    points: [{ point: 'L2', axialForce: 11.6, subside: -1.4, displace: 0.9, tilt: 0.21 }],
    flags: { 'axialForce@L2': 'N', 'subside@L2': 'N', 'displace@L2': 'N', 'tilt@L2': 'N' },
  },
  meter: {
    id: 'm-2026112014',
    deviceTime: time,
    kind: 'meter',
    electricity: 18342.6,
    power: 41.7,
    water: 1204.35,
    flags: { electricity: 'N', power: 'N', water: 'N' },
  },
  weighbridge: {
    id: 'w-5521',
    deviceTime: time,
    kind: 'weighbridge',
    grossWeight: 30.84,
    flags: { grossWeight: 'N' },
    events: [
      {
        id: 'w-5521',
        at: time,
        kind: 'exit',
        body: { plate: '浙F12345', washed: true, covered: true, legible: true, grossWeight: 30.84 },
      },
    ],
  },
  wheel_wash: {
    id: 'x-903',
    deviceTime: time,
    kind: 'wheel_wash',
    events: [
      {
        id: 'x-903',
        at: '2026-11-20T14:04:21+08:00',
        kind: 'exit',
        body: { plate: null, washed: false, covered: true, legible: false },
      },
    ],
  },
  curing_room: {
    id: 'r-77',
    deviceTime: time,
    kind: 'curing_room',
    roomTemperature: 20.3,
    roomHumidity: 96.1,
    flags: { roomTemperature: 'N', roomHumidity: 'N' },
  },
  perimeter: {
    id: 'z-15',
    deviceTime: time,
    kind: 'perimeter',
    points: [{ point: 'Z4', intrusion: 1 }],
    flags: { 'intrusion@Z4': 'N' },
    events: [{ id: 'z-15', at: time, kind: 'intrusion', body: { zone: 'Z4' } }],
  },
  turnstile: {
    id: 't-20113',
    deviceTime: time,
    kind: 'turnstile',
    peopleInside: 87,
    flags: { peopleInside: 'N' },
    events: [{ id: 't-20113', at: time, kind: 'passage', body: { cardDigest: digest, direction: 'in' } }],
  },
  water_truck: {
    id: 'k-3001',
    deviceTime: time,
    kind: 'water_truck',
    driverId: 'D0319',
    events: [{ id: 'k-3001', at: time, kind: 'track', body: { lon: 120.912, lat: 30.614 } }],
    replies: [{ commandId: 'cmd-118', mark: 'accepted' }],
    states: [{ unit: 1, running: true }],
  },
  fog_cannon: {
    id: 'g-12',
    deviceTime: time,
    kind: 'fog_cannon',
    replies: [{ commandId: 'cmd-119', mark: 'executed', code: 1 }],
    states: [{ unit: 1, running: true }],
  },
  sprayer: {
    id: 's-12',
    deviceTime: time,
    kind: 'sprayer',
    replies: [{ commandId: 'cmd-120', mark: 'refused', code: 5 }],
    states: [
      { unit: 1, running: false },
      { unit: 2, running: false },
    ],
  },
}

/** A message of a kind that the decoders take without a problem. */
export const sampleOf = (kind: SiteKind): Readonly<Record<string, unknown>> => samples[kind]
