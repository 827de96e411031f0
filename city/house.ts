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
import { tellSilences, watchSilence } from '../server/rooms/telemetry/index.ts'

/** A house of its own, on a durable database, whose clock stands still until it is told to go on. */
export interface CityHouse {
  app: App
  cluster: Cluster
  gateways: Gateways
  url: string
  founded: Founded
  /** Sets the clock to an instant (milliseconds) and does nothing else. */
  setClock(at: number): void
  /** What falls due at the present moment is done: timers, listeners, ticks, silence. */
  passTime(): Promise<void>
  close(): Promise<void>
}

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
  const passTime = async () => {
    for (let worked = 1; worked > 0;) worked = (await sweepOnce(house)) + (await hearOnce(house))
    const ctx = await systemContext(house)
    for (const room of house.rooms) for (const tick of room.ticks ?? []) await tick(ctx)
    await watchSilence(ctx)
    await tellSilences(ctx)
    while ((await hearOnce(house)) > 0);
  }
  const url = await app.http.listen({ host: '127.0.0.1', port: 0 })
  const gateways = await startGateways(app)
  const founded = await foundCity(city, url, { meters, settle: passTime, say })
  return {
    app,
    cluster,
    gateways,
    url,
    founded,
    setClock: (at) => {
      now = at
      house.clock.forget()
    },
    passTime,
    close: async () => {
      await gateways.stop()
      await app.close()
      await cluster.stop()
    },
  }
}
