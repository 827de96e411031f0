import { deviceContract } from '@plumbline/core/device'
import { setTimeout as wait } from 'node:timers/promises'
import type { Client, Session } from './client.ts'
import { type RunningDevices, startDevices } from './devices/index.ts'
import { findCounty } from './seed/administrator.ts'
import { demoDevices } from './seed/devices.ts'

const retryMillis = 3000
/** How soon the devices notice that the demo clock was moved. */
const clockMillis = 1000

/** MNs that stand in the register of the house and are not retired. */
async function listRegistered(admin: Session): Promise<Set<string>> {
  const found = new Set<string>()
  for (let after: string | undefined; ;) {
    const { rows, next } = await admin.call(deviceContract.list, { query: { limit: 200, ...(after ? { after } : {}) } })
    for (const { mn } of rows) found.add(mn)
    if (next === null) return found
    after = next
  }
}

/**
 * Plays the devices of the demo county over real sockets until stopped. The register says which there are; their passwords
 * follow from the seed, as at onboarding. While the house cannot be reached it tries again: an end would end `npm start`.
 */
export function playLive(client: Client, { seed, port }: { seed: number; port: number }): { stop(): void } {
  let running: RunningDevices | undefined
  let stopped = false
  /** Legal time less machine time. */
  let ahead = 0

  const begin = async () => {
    const { county, admin } = await findCounty(client, seed)
    ahead = Date.parse((await client.look()).now) - Date.now()
    const registered = await listRegistered(admin)
    const devices = demoDevices(county).filter(({ mn }) => registered.has(mn))
    if (stopped) return
    const { hostname } = new URL(client.url)
    running = startDevices({ host: hostname, port, devices, clock: () => Date.now() + ahead, seed })
    console.log(`现场设备已上线：${devices.filter(({ silent }) => !silent).length} 台`)
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
      running?.stop()
    },
  }
}
