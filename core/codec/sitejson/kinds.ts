import type { EventKind } from './message.ts'

/** One number of a message: the name it is sent under, the quantity it is kept as, and its unit. */
export interface SiteField {
  name: string
  quantity: string
  unit: string
  title: string
}

/** What a message of one kind of device may hold beside the envelope. */
export interface KindForm {
  title: string
  fields: readonly SiteField[]
  /** Numbers of measuring points; kept as `quantity@point`. */
  points: readonly SiteField[]
  events: readonly EventKind[]
  /** Whether `driverId` may stand in it. */
  driver: boolean
  /** Fields of the published field sets that are accepted and not kept: names of persons, and what a design document knows better. */
  unkept: readonly string[]
}

const field = (name: string, unit: string, title: string, quantity = name): SiteField => ({
  name,
  quantity,
  unit,
  title,
})

function form(title: string, part: Partial<KindForm>): KindForm {
  return { title, fields: [], points: [], events: [], driver: false, unkept: [], ...part }
}

const tilt = [field('dipAngleX', '°', 'tilt along x'), field('dipAngleY', '°', 'tilt along y')]
const wind = field('windSpeed', 'm/s', 'wind speed')

/** The kinds of device that speak this message. Dust meters speak HJ 212. */
export const forms = {
  // The field set of GB/T 37366-2019 as a national contractor's platform names it (standards 6.1, V:S11b).
  crane: form('tower crane', {
    fields: [
      field('momentPercent', '%', 'lifting moment, of the rated'),
      field('liftingCapacity', 't', 'load on the hook'),
      field('safeLiftingCapacity', 't', 'load allowed at this amplitude'),
      field('loadPercent', '%', 'load, of the allowed; worked out when left out'),
      field('amplitude', 'm', 'radius of the hook'),
      field('round', '°', 'slewing angle'),
      field('height', 'm', 'height from jib to hook'),
      ...tilt,
      wind,
      field('overRide', '1', 'falls of rope: 2 or 4'),
      field('warning', '1', '32 characters 0 or 1, item 0 at the left', 'warningWord'),
    ],
    events: ['cycle'],
    driver: true,
    unkept: ['driverName', 'ratedMoment'],
  }),
  // GB/T 37537-2019 items under the same platform's names (standards 6.3, V:S11b; doors M).
  hoist: form('construction hoist', {
    fields: [
      field('currentLoad', 't', 'load in the cage'),
      field('loadPercent', '%', 'load, of the rated'),
      field('personCount', '人', 'persons in the cage'),
      field('floor', '层', 'floor'),
      field('speed', 'm/s', 'speed, upwards positive'),
      field('height', 'm', 'height of the cage'),
      wind,
      ...tilt,
      field('doorFront', '1', 'front door: 0 shut, 1 open'),
      field('doorBack', '1', 'back door: 0 shut, 1 open'),
    ],
    events: ['cycle'],
    driver: true,
    unkept: ['driverName', 'currentRatedLoad', 'windScale', 'warning'],
  }),
  // Items of GB 50497 (standards 6.4).
  pit: form('deep foundation pit', {
    points: [
      field('subside', 'mm', 'settlement since the first reading'),
      field('displace', 'mm', 'horizontal displacement since the first reading'),
      field('deepDisplace', 'mm', 'deep horizontal displacement (inclinometer)'),
      field('waterLevel', 'm', 'ground water level'),
      field('axialForce', 'kN', 'axial force of a strut or an anchor'),
    ],
  }),
  // Standards 6.5.
  formwork: form('high formwork', {
    points: [
      field('axialForce', 'kN', 'axial force of an upright'),
      field('subside', 'mm', 'settlement of the formwork'),
      field('displace', 'mm', 'horizontal displacement'),
      field('tilt', '°', 'tilt of an upright'),
    ],
  }),
  meter: form('electricity or water meter', {
    fields: [
      field('electricity', 'kWh', 'electricity, the counter'),
      field('power', 'kW', 'power'),
      field('water', 'm³', 'water, the counter'),
    ],
  }),
  weighbridge: form('weighbridge', { fields: [field('grossWeight', 't', 'weight on the bridge')], events: ['exit'] }),
  wheel_wash: form('wheel wash', { events: ['exit'] }),
  curing_room: form('standard curing room', {
    fields: [field('roomTemperature', '℃', 'temperature'), field('roomHumidity', '%', 'relative humidity')],
  }),
  perimeter: form('perimeter alarm', {
    points: [field('intrusion', '1', '1 while someone is in the zone, else 0')],
    events: ['intrusion'],
  }),
  turnstile: form('turnstile', { fields: [field('peopleInside', '人', 'people inside')], events: ['passage'] }),
  water_truck: form('water truck', {
    fields: [field('speed', 'km/h', 'speed', 'truckSpeed')],
    events: ['track'],
    driver: true,
    unkept: ['driverName'],
  }),
  fog_cannon: form('fog cannon', {}),
  sprayer: form('sprayer', {}),
} satisfies Record<string, KindForm>

export type SiteKind = keyof typeof forms
export const siteKinds = Object.keys(forms) as readonly SiteKind[]

/** What messages of a kind hold. */
export const formOf = (kind: SiteKind): KindForm => forms[kind]

export const isSiteKind = (text: unknown): text is SiteKind => typeof text === 'string' && Object.hasOwn(forms, text)
