import { noSettings } from '@plumbline/core/device'
import { dayOf } from '@plumbline/core/kit'
import pg from 'pg'
import { foundCity } from '../city/found.ts'
import { type CityDevice, makeCity } from '../simulator/city/index.ts'
import { type Database, makeDatabase } from './database.ts'
import { password } from './devices/dust.ts'
import { prepareServer, type Server } from './server.ts'

/** Devices to be entered, by number. A dust monitor may open a sprayer. */
export interface Wanted {
  dust?: readonly string[]
  cranes?: readonly string[]
  /** Pairs: the dust monitor and the sprayer it opens. */
  sprayed?: readonly (readonly [dust: string, sprayer: string])[]
}

/** A running house with devices entered, on a database of its own. */
export interface House {
  database: Database
  server: Server
  /** Ids that the house gave, by device number. */
  ids: ReadonlyMap<string, string>
  /** Behind the wall, for looking; connects anew when the database was away. */
  owner: pg.Pool
  close(): Promise<void>
}

/** Numbers of `count` devices: HJ 212 wants 24 digits or letters, and each trial may have its own letter. */
export const numbersOf = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `990421${letter}890099${String(index).padStart(11, '0')}`)

/** Makes the database, starts the server and enters county, sites and devices through the public API. */
async function openHouse(wanted: Wanted, sites: number): Promise<House> {
  const database = await makeDatabase()
  const server = await prepareServer(database)
  await server.start()
  // A seed entry of the city gives county, people and sites; its own devices stay at home.
  const city = makeCity({ seed: 212, sites, devices: sites, days: 1, from: dayOf(new Date()) })
  const devices = devicesFrom(city.devices, wanted)
  const { log } = console
  console.log = () => {}
  const founded = await foundCity({ ...city, devices }, server.url, {
    meters: {},
    settle: () => Promise.resolve(),
    say: () => {},
  }).finally(() => (console.log = log))
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  owner.on('error', () => {})
  return {
    database,
    server,
    ids: founded.devices,
    owner,
    close: async () => {
      await owner.end()
      await server.stop()
      await database.remove()
    },
  }
}

/** Does its work in a house of its own, which is gone afterwards however that ends. */
export async function withHouse<T>(wanted: Wanted, sites: number, work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse(wanted, sites)
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}

function devicesFrom(places: readonly CityDevice[], { dust = [], cranes = [], sprayed = [] }: Wanted): CityDevice[] {
  const made = (modelCode: string, opens: string | null) => (number: string, index: number) => ({
    ...places[index % places.length]!,
    ...{ number, password, modelCode, opens, name: `测点 ${number.slice(-5)}`, settings: noSettings },
  })
  return [
    ...dust.map(made('dust-ug', null)),
    ...cranes.map(made('crane-gbt37366', null)),
    ...sprayed.map(([, sprayer], index) => made('sprayer-1', null)(sprayer, index)),
    ...sprayed.map(([one, sprayer], index) => made('dust-ug', sprayer)(one, index)),
  ]
}
