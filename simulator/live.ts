import { type Device, deviceContract, type DeviceLine, getModel } from '@plumbline/core/device'
import { dayOf } from '@plumbline/core/kit'
import { lawOn } from '@plumbline/core/law'
import { setTimeout as wait } from 'node:timers/promises'
import { type Actuators, type City, makeActuators } from './city/index.ts'
import type { Client, Session } from './client.ts'
import type { Hosts } from './lines/line.ts'
import { type Meters, openMeters } from './lines/modbus.ts'
import { isSilent, livingCounty } from './living/county.ts'
import { keptBetween, type Played, playDevices, type Playing } from './living/player.ts'
import { findCounty, historyDays } from './seed/administrator.ts'

const retryMillis = 3000
/** How soon the devices notice that the demo clock was moved. */
const clockMillis = 1000
/** Devices keep means of five minutes while nobody listens. */
const keptSeconds = 300
const hour = 3_600_000

type Registered = Device & { line: DeviceLine }

/** The devices of the house that are not retired, by number. */
async function listRegistered(admin: Session): Promise<Map<string, Registered>> {
  const found = new Map<string, Registered>()
  for (let after: string | undefined; ;) {
    const { rows, next } = await admin.call(deviceContract.list, { query: { limit: 200, ...(after ? { after } : {}) } })
    for (const row of rows) found.set(row.mn, row)
    if (next === null) return found
    after = next
  }
}

/**
 * Plays the devices of the demo county over real sockets until stopped. The register says which there are; their passwords
 * follow from the seed, as at onboarding. While the house cannot be reached it tries again: an end would end `npm start`.
 */
export function playLive(client: Client, { seed }: { seed: number }): { stop(): void } {
  let running: Playing[] | undefined
  let stopped = false
  /** Legal time less machine time. */
  let ahead = 0
  const clock = () => Date.now() + ahead

  const begin = async () => {
    const { county, admin, seenAt } = await findCounty(client, seed)
    ahead = Date.parse((await client.look()).now) - Date.now()
    const city = livingCounty(county, { seenAt, historyDays })
    const registered = await listRegistered(admin)
    const here = city.devices.filter((device) => registered.has(device.number) && !isSilent(device))
    const doors = await admin.call(deviceContract.doors)
    if (stopped) return
    const actuators = makeActuators(city)
    const hosts: Hosts = {
      hj212Port: doors.hj212.port,
      mqttPort: doors.mqtt.port,
      url: client.url,
      pace: paceBy(clock),
    }
    const law = lawOn(dayOf(new Date(clock())), county.region)
    const oldest = Math.max(clock() - (law.number('telemetry.late') - 1) * hour, city.start)
    const devices = here.map((device): Played => {
      const { heardAt } = registered.get(device.number)!.line
      return { device, kept: keptBetween(Math.max(oldest, heardAt ? Date.parse(heardAt) : 0), clock(), keptSeconds) }
    })
    const meters = await answerMeters(city, registered, actuators, clock)
    const playing = await playDevices({ city, actuators, hosts, clock, devices }).catch((error: unknown) => {
      meters?.close()
      throw error
    })
    running = [playing, ...(meters ? [{ stop: () => meters.close() }] : [])]
    console.log(`现场设备已上线：${here.length} 台`)
  }
  const play = async () => {
    let told = ''
    while (!stopped) {
      try {
        if (running) ahead = Date.parse((await client.look()).now) - Date.now()
        else await begin()
      } catch (error) {
        const sentence = error instanceof Error ? error.message : String(error)
        // Once for each reason: a house that stays away is not told of every three seconds.
        if (sentence !== told && !running) console.error(`现场设备未上线：${sentence}`)
        told = sentence
      }
      await wait(running ? clockMillis : retryMillis)
    }
  }
  void play()
  return {
    stop: () => {
      stopped = true
      for (const one of running ?? []) one.stop()
    },
  }
}

/** Lets devices take their time by the clock they live by. */
const paceBy =
  (clock: () => number): NonNullable<Hosts['pace']> =>
  (at, say) =>
    void setTimeout(say, Math.max(0, at - clock())).unref()

/** The meters answer where the register says that they are asked. A port that somebody else has leaves them silent. */
async function answerMeters(
  city: City,
  registered: ReadonlyMap<string, Registered>,
  actuators: Actuators,
  clock: () => number,
): Promise<Meters | undefined> {
  const places = city.devices.flatMap((device) => {
    const modbus = registered.get(device.number)?.settings.modbus
    return modbus && getModel(device.modelCode).protocol === 'modbus' ? [{ device, ...modbus }] : []
  })
  try {
    return await openMeters(city, clock, actuators, places)
  } catch (error) {
    console.error(`水电表未上线：${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}
