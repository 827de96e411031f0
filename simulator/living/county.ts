import { getModel, isActuator } from '@plumbline/core/device'
import { addDays, startOf } from '@plumbline/core/kit'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { kindSerial, makeDevice } from '../city/devices.ts'
import type { City, CityDevice } from '../city/index.ts'
import { lawLimits } from '../city/limits.ts'
import { makeSites } from '../city/sites.ts'
import { makeWeather } from '../city/weather.ts'
import { type County, type DemoProjects, type Project, random } from '../county/index.ts'
import { planLife } from './life.ts'

/** Sites with a dust monitor. */
const sites = 20
/** How many days before the county is seen its instruments begin, and for how many they live. */
const daysBefore = 4
const days = 400

/** What stands on the sites that the story of features.md part D calls by name, beside dust monitor and sprayer. */
const kits: Record<keyof DemoProjects, readonly string[]> = {
  sewageWorks: [
    ...['crane-gbt37366', 'turnstile', 'fog-cannon-mqtt', 'electricity-modbus', 'water-modbus', 'wheel-wash'],
    ...['perimeter', 'water-truck'],
  ],
  apartments: [
    ...['crane-gbt37366', 'hoist-gbt37537', 'formwork-logger', 'turnstile', 'curing-room-modbus', 'meter-mqtt'],
  ],
  garden: ['pit-logger', 'wheel-wash', 'weighbridge', 'turnstile', 'water-truck'],
  gymnasium: ['crane-gbt37366', 'hoist-gbt37537', 'formwork-logger', 'curing-room-modbus'],
  school: ['hoist-gbt37537', 'meter-mqtt', 'turnstile'],
}

/** The one site whose dust only a water truck settles. */
const sprayerless: keyof DemoProjects = 'garden'

const frameDevice = JSON.parse(readFileSync(new URL('../../demo/frame-device.json', import.meta.url), 'utf8')) as {
  mn: string
  pw: string
}

/** Left to the newcomer, who speaks for it by hand: the simulator does not. */
export const isSilent = ({ number }: CityDevice): boolean => number === frameDevice.mn

/** Six characters, as HJ 212-2017 table 3 wants it. The house keeps it secret; the simulator knows it from the same seed. */
const passwordOf = (seed: number, mn: string): string =>
  String(createHash('sha256').update(`${seed}/${mn}`).digest().readUInt32BE() % 1_000_000).padStart(6, '0')

/** The five sites of the story, then large ones that were under way when the history began. */
function choose({ seed, today, projects, demo }: County, historyDays: number): Project[] {
  const dice = random(seed, 'devices')
  const told = projects.filter(({ key }) => Object.values(demo.projects).includes(key))
  const begun = addDays(today, -2 * historyDays)
  const large = projects.filter((one) => !told.includes(one) && (one.area ?? 0) >= 20_000 && one.startDay < begun)
  const chosen = [...told]
  while (chosen.length < sites && large.length > 0) chosen.push(...large.splice(dice.int(0, large.length - 1), 1))
  return chosen
}

interface Seen {
  /** The instant at which a newcomer first sees the county, milliseconds: what he should not miss happens soon after. */
  seenAt: number
  historyDays: number
}

/**
 * The instruments of the demo county, with the weather and the work they measure: a small city of the same making, calm but
 * for what its plan of life says. The same county and moment give the same values, at any moment of its days.
 */
export function livingCounty(county: County, { seenAt, historyDays }: Seen): City {
  const { seed, today, region } = county
  const from = addDays(today, -daysBefore)
  const weather = makeWeather(seed, from, days)
  const chosen = choose(county, historyDays)
  const city: City = {
    ...{ seed, from, days, county, weather },
    start: startOf(from).getTime(),
    until: startOf(addDays(from, days)).getTime(),
    law: lawLimits(from, region),
    sites: makeSites({ seed, from, days, sites: chosen.length, devices: 0 }, { ...county, projects: chosen }, weather),
    devices: [],
    truth: [],
  }
  const devices: CityDevice[] = []
  for (const [index, project] of chosen.entries()) install(city, devices, project, index)
  for (const { kind, site, index } of devices) if (isActuator(kind)) city.sites[site]!.actuators.push(index)
  const living = { ...city, devices }
  planLife(living, (seenAt - city.start) / 1000)
  return living
}

function install(
  { seed, county, sites: all }: City,
  devices: CityDevice[],
  { key, point }: Project,
  index: number,
): void {
  const site = all[index]!
  const story = (Object.keys(kits) as (keyof DemoProjects)[]).find((one) => county.demo.projects[one] === key)
  const nth = new Map<string, number>()
  const add = (modelCode: string, serial: number, change: Partial<CityDevice> = {}): CityDevice => {
    const { kind } = getModel(modelCode)
    nth.set(kind, (nth.get(kind) ?? 0) + 1)
    const number = `${county.region}A89${kindSerial(kind)}${String(serial).padStart(11, '0')}`
    const named = { index: devices.length, number, password: passwordOf(seed, number), nth: nth.get(kind)! }
    const device = { ...makeDevice(seed, site, modelCode, named), point, ...change }
    devices.push(device)
    return device
  }
  const sprayer = story === sprayerless ? null : add('sprayer-1', index + 1, { name: '围挡喷淋' })
  const opens = sprayer?.number ?? null
  add('dust-ug', index + 1, { name: '扬尘监测仪', opens })
  if (story === 'sewageWorks') {
    const { mn, pw } = frameDevice
    add('dust-ug', 0, { name: '扬尘监测仪（演示报文）', opens, number: mn, password: pw })
  }
  for (const modelCode of story ? kits[story] : []) {
    const { kind } = getModel(modelCode)
    const serial = devices.filter((one) => one.kind === kind).length + 1
    // Its yard lies some kilometres off: it comes when it is called.
    const yard = { lon: point.lon + 0.024, lat: point.lat + 0.011 }
    if (kind === 'water_truck') add(modelCode, serial, { name: `洒水车 浙Z${serial}J518`, point: yard })
    else if (kind === 'fog_cannon') add(modelCode, serial, { name: '1号雾炮' })
    else add(modelCode, serial)
  }
}
