import { type DeviceKind, getModel, isActuator, kindNames, models } from '@plumbline/core/device'
import { createHash } from 'node:crypto'
import { region } from '../county/map.ts'
import { settingsOf } from './limits.ts'
import { keyOf, unit } from './noise.ts'
import type { CityDevice, Site } from './schema.ts'

const dust = ['a34004', 'a34002', 'a34001', 'LA', 'a01001', 'a01002', 'a01006', 'a01007', 'a01008']
const crane = [
  ...['momentPercent', 'loadPercent', 'liftingCapacity', 'safeLiftingCapacity', 'amplitude', 'round', 'height'],
  ...['dipAngleX', 'dipAngleY', 'windSpeed', 'overRide', 'warningWord'],
]
const hoist = [
  ...['loadPercent', 'currentLoad', 'personCount', 'floor', 'speed', 'height'],
  ...['doorFront', 'doorBack', 'windSpeed'],
]

/** What a device of a kind says, in the order in which its instrument writes it. */
export const quantitiesOf: Record<DeviceKind, readonly string[]> = {
  dust,
  sprayer: ['SB1'],
  fog_cannon: ['SB1'],
  water_truck: ['truckSpeed', 'SB1'],
  crane,
  hoist,
  pit: ['subside@S1', 'subside@S2', 'displace@D1', 'deepDisplace@X1', 'waterLevel@W1', 'axialForce@F1'],
  formwork: ['axialForce@F1', 'axialForce@F2', 'subside@S1', 'displace@D1', 'tilt@T1'],
  meter: ['electricity', 'power', 'water'],
  weighbridge: ['grossWeight'],
  wheel_wash: ['SB1'],
  curing_room: ['roomTemperature', 'roomHumidity'],
  perimeter: ['intrusion@Z1', 'intrusion@Z2'],
  turnstile: ['peopleInside'],
}

/** How often which model is met, where a kind has several and not all are alike. */
const shares: Partial<Record<DeviceKind, readonly (readonly [code: string, share: number])[]>> = {
  dust: [
    ['dust-ug', 0.8],
    ['dust-ng', 0.15],
    ['dust-modbus', 0.05],
  ],
}

function modelOf(kind: DeviceKind, chance: number): string {
  const among = models.filter((model) => model.kind === kind)
  let left = chance
  for (const [code, share] of shares[kind] ?? among.map(({ code }) => [code, 1 / among.length] as const))
    if ((left -= share) < 0) return code
  return among[0]!.code
}

const onLine: DeviceKind[] = ['meter', 'turnstile', 'water_truck', 'wheel_wash', 'perimeter']
const kits: Record<Site['stage'], DeviceKind[]> = {
  foundation: ['pit', 'wheel_wash', 'turnstile', 'meter', 'crane', 'weighbridge', 'fog_cannon', 'perimeter', 'pit'],
  structure: [
    ...(['crane', 'turnstile', 'meter', 'hoist', 'formwork', 'curing_room', 'crane', 'wheel_wash'] as const),
    ...(['fog_cannon', 'perimeter', 'weighbridge', 'dust'] as const),
  ],
  fitout: ['hoist', 'turnstile', 'meter', 'perimeter', 'fog_cannon', 'crane', 'curing_room'],
  completion: ['turnstile', 'meter', 'perimeter'],
}
/** Whatever is left over is put where one more is never wrong. */
const spare: DeviceKind[] = ['dust', 'meter', 'perimeter', 'turnstile']

/** What is installed on a site first, second …: dust and its sprayer everywhere, the rest begun at another place each time. */
function kindAt({ building, stage, index }: Site, round: number): DeviceKind {
  if (round < 2) return round === 0 ? 'dust' : 'sprayer'
  const kit = building ? kits[stage] : onLine
  const place = round - 2
  return place < kit.length ? kit[(place + index) % kit.length]! : spare[(place - kit.length) % spare.length]!
}

/** Six characters, as HJ 212-2017 table 3 wants it. */
const passwordOf = (seed: number, number: string): string =>
  String(createHash('sha256').update(`${seed}/city/${number}`).digest().readUInt32BE() % 1_000_000).padStart(6, '0')

const kindDigits = Object.keys(quantitiesOf)

/** Four digits of a number that tell the kind. */
export const kindSerial = (kind: DeviceKind): string => String(kindDigits.indexOf(kind) + 1).padStart(4, '0')

/** 24 characters: the county, the city, then kind and serial. */
const numberOf = (kind: DeviceKind, serial: number): string =>
  `${region}C01${kindSerial(kind)}${String(serial).padStart(11, '0')}`

interface Place {
  index: number
  number: string
  password: string
  /** The how manieth of its kind on its site. */
  nth: number
}

/** Deals `count` devices out to the sites, round by round, and links each dust monitor to its site's sprayer. */
export function makeDevices(seed: number, sites: readonly Site[], count: number): CityDevice[] {
  const devices: CityDevice[] = []
  const serials = new Map<DeviceKind, number>()
  const onSite = new Map<string, number>()
  for (let round = 0; devices.length < count; round++) {
    for (const site of sites.slice(0, count - devices.length)) {
      const kind = kindAt(site, round)
      const serial = (serials.get(kind) ?? 0) + 1
      serials.set(kind, serial)
      const place = `${site.key}/${kind}`
      const nth = (onSite.get(place) ?? 0) + 1
      onSite.set(place, nth)
      const number = numberOf(kind, serial)
      const modelCode = modelOf(kind, unit(keyOf(seed, number), 1))
      const index = devices.length
      devices.push(makeDevice(seed, site, modelCode, { index, number, password: passwordOf(seed, number), nth }))
    }
  }
  for (const { kind, site, index } of devices) if (isActuator(kind)) sites[site]!.actuators.push(index)
  const sprayers = new Map(devices.filter(({ kind }) => kind === 'sprayer').map((one) => [one.site, one.number]))
  for (const one of devices) if (one.kind === 'dust') one.opens = sprayers.get(one.site) ?? null
  return devices
}

/** A device of a model on a site: its nature follows from the seed and its number. */
export function makeDevice(
  seed: number,
  site: Site,
  modelCode: string,
  { index, number, password, nth }: Place,
): CityDevice {
  const salt = keyOf(seed, number)
  const model = getModel(modelCode)
  const { kind } = model
  const says = new Set(model.quantities.map(({ code }) => code))
  // Meters of one thing only leave out the rest; more than a model promises is left to the device.
  const quantities = kind === 'meter' ? quantitiesOf.meter.filter((code) => says.has(code)) : quantitiesOf[kind]
  return {
    index,
    number,
    password,
    kind,
    modelCode,
    name: `${nth}号${kindNames[kind]}`,
    site: site.index,
    project: site.project,
    town: site.town,
    point: {
      lon: site.point.lon + 0.0012 * (unit(salt, 2) - 0.5),
      lat: site.point.lat + 0.0012 * (unit(salt, 3) - 0.5),
    },
    opens: null,
    settings: settingsOf(kind, Math.floor(unit(salt, 4) * 3)),
    quantities,
    salt,
    trend: null,
    journeys: [],
    cheater: null,
    pushes: quantities.map(() => []),
    cheats: [],
    cuts: [],
    faults: [],
  }
}
