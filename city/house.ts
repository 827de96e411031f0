import { setTimeout as wait } from 'node:timers/promises'
import { foundCity, type Founded } from './found.ts'
import type { City } from '../simulator/city/index.ts'
import { type Cluster, startCluster } from '../bench/cluster.ts'
import { type App, openApp } from '../server/app.ts'
import { startDemo } from '../server/base/clock.ts'
import { readSettings } from '../server/base/config.ts'
import { systemContext } from '../server/base/context.ts'
import { hearOnce } from '../server/base/hearing.ts'
import { silentLog } from '../server/base/log.ts'
import { sweepOnce } from '../server/base/sweep.ts'
import { type Gateways, startGateways } from '../server/gateways/index.ts'
import { judgeEnded } from '../server/rooms/telemetry/index.ts'

/** A house of its own, on a durable database, whose clock stands still until it is told to go on. */
export interface CityHouse {
  app: App
  cluster: Cluster
  gateways: Gateways
  url: string
  founded: Founded
  /** Sets the clock to an instant (milliseconds) and does nothing else. */
  setClock(at: number): void
  /** What falls due at the present moment is done: meters are asked, timers ring, listeners hear, rooms tick. */
  passTime(): Promise<void>
  /** Judges what is left of the days that were over at an instant (milliseconds). The clock stands there afterwards. */
  judgeUpTo(at: number): Promise<void>
  close(): Promise<void>
}

const gatewaysLook = 1_100

/** Opens the house, registers the county's people and projects and the city's devices, all through the public API. */
export async function openCityHouse(
  city: City,
  meters: Record<string, number>,
  say: (line: string) => void,
): Promise<CityHouse> {
  const cluster = await startCluster()
  // The first morning of the city's life: everything is entered before its first frame.
  let now = city.start
  const settings = {
    ...readSettings({ DATA_DIR: cluster.dataDir, HJ212_PORT: '0', MQTT_PORT: '0' }),
    databaseUrl: cluster.appUrl,
    ownerUrl: cluster.ownerUrl,
  }
  const app = await openApp(settings, { worker: false, log: silentLog, machineNow: () => now })
  await startDemo(app.house.db, 0)
  const { house } = app
  const settle = async () => {
    for (let worked = 1; worked > 0;) worked = (await sweepOnce(house)) + (await hearOnce(house))
  }
  const url = await app.http.listen({ host: '127.0.0.1', port: 0 })
  const gateways = await startGateways(app)
  const founded = await foundCity(city, url, { meters, settle, say })
  // The gateways look every second for devices that are read more kindly than the standard says.
  await wait(gatewaysLook)
  const setClock = (at: number) => {
    now = at
    house.clock.forget()
  }
  return {
    app,
    cluster,
    gateways,
    url,
    founded,
    setClock,
    passTime: async () => {
      await gateways.pass()
      await settle()
      const ctx = await systemContext(house)
      for (const room of house.rooms) for (const tick of room.ticks ?? []) await tick(ctx)
      await settle()
    },
    judgeUpTo: async (at) => {
      setClock(at)
      const ctx = await systemContext(house)
      while ((await judgeEnded(ctx)) > 0);
    },
    close: async () => {
      await gateways.stop()
      await app.close()
      await cluster.stop()
    },
  }
}
