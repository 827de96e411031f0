import pg from 'pg'
import { read, systemContext } from '../base/context.ts'
import type { House } from '../base/house.ts'
import { findByMns } from '../rooms/device/index.ts'
import type { KnownDevice } from './judge.ts'

/** The devices as the gateways know them: by heart while nothing of them changes. */
export interface Register {
  /** The devices that carry these numbers now, each in its number's place. */
  find(numbers: readonly (string | undefined)[]): Promise<(KnownDevice | undefined)[]>
  /** Asks anew for a device at its next frame. */
  forget(deviceId: string): void
  close(): Promise<void>
}

const channel = 'plumbline_device'
/** While the database tells of changes a device is trusted this long; while it cannot, a second. */
const trustedMillis = 600_000
const untoldMillis = 1_000
const reconnectMillis = 500
/** A flood of numbers must not fill the memory. */
const mostKnown = 200_000

interface Entry {
  device: KnownDevice
  readAt: number
}

export function openRegister(house: House): Register {
  const byNumber = new Map<string, Entry>()
  const numberOf = new Map<string, string>()
  let told = false
  let changes = 0
  let closed = false
  let client: pg.Client | undefined

  const forget = (deviceId: string) => {
    changes += 1
    const number = numberOf.get(deviceId)
    if (number === undefined) return
    numberOf.delete(deviceId)
    byNumber.delete(number)
  }
  const forgetAll = () => {
    changes += 1
    byNumber.clear()
    numberOf.clear()
  }
  const listen = async () => {
    if (closed) return
    const own = new pg.Client({ connectionString: house.settings.databaseUrl })
    client = own
    own.on('notification', ({ payload }) => forget(payload ?? ''))
    own.on('error', () => {})
    own.on('end', () => {
      told = false
      if (!closed) setTimeout(() => void listen(), reconnectMillis).unref()
    })
    try {
      await own.connect()
      await own.query(`listen ${channel}`)
      // What changed before is not told.
      forgetAll()
      told = true
    } catch (error) {
      house.log.warn({ err: error }, 'changes of devices are not told; they are asked for every second')
      await own.end().catch(() => {})
    }
  }
  const listening = listen()

  const load = async (numbers: readonly string[]): Promise<Map<string, KnownDevice>> => {
    const before = changes
    const found = await read(await systemContext(house), (tx) => findByMns(tx, numbers))
    // Something changed while it was read: what was read is good for this once.
    if (changes !== before) return found
    if (byNumber.size + found.size > mostKnown) forgetAll()
    const readAt = Date.now()
    for (const [number, device] of found) {
      byNumber.set(number, { device, readAt })
      numberOf.set(device.id, number)
    }
    return found
  }

  return {
    forget,
    find: async (numbers) => {
      const readFrom = Date.now() - (told ? trustedMillis : untoldMillis)
      const missing = new Set<string>()
      const devices = numbers.map((number) => {
        if (number === undefined) return undefined
        const entry = byNumber.get(number)
        if (entry && entry.readAt >= readFrom) return entry.device
        missing.add(number)
        return undefined
      })
      if (missing.size === 0) return devices
      const found = await load([...missing])
      return devices.map((device, index) => device ?? found.get(numbers[index] ?? ''))
    },
    close: async () => {
      closed = true
      await listening
      await client?.end().catch(() => {})
    },
  }
}
