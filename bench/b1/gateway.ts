import { createServer } from 'node:net'
import { noSettings } from '@plumbline/core/device'
import { serveSocket } from '../../server/gateways/hj212/connection.ts'
import { openBatches } from '../../server/gateways/batches.ts'
import type { Arrival, Intake } from '../../server/gateways/intake.ts'
import type { KnownDevice, Moment } from '../../server/gateways/judge.ts'
import { isoOf } from '../../server/base/instants.ts'
import { sameId } from '../../server/base/act.ts'
import { listenOn } from '../wire/child.ts'
import { numberOf, password } from '../wire/frames.ts'

// The product's connection, decoder, batches and judge, with a register and a window of exchanges in memory where the database
// stands: framing, check value, every field typed, number and password looked up, what is sent again known, 9014.
const register = new Map<string, KnownDevice>()
for (let no = 0; no < Number(process.argv[2]); no += 1) register.set(numberOf(no), knownDevice(no))

const window = 8
const heard = new Map<string, string[]>()
let taken = 0
let resent = 0
let readings = 0

const minute = 60_000
// Monitors that say so much a second run ahead of the clock.
const placing = { skewMillis: 24 * 60 * minute, keptMillis: 72 * 60 * minute, freshMillis: 5 * minute }
let moment: Moment = momentNow()
setInterval(() => (moment = momentNow()), 50)

/** The product's batches, written nowhere. */
const batches = openBatches<Arrival>({
  write: async (_lane, arrivals) => arrivals.forEach(take),
  isOutage: () => false,
  drop: (_arrival, error) => {
    throw error
  },
})
const intake: Intake = {
  ...batches,
  take: (arrival) => batches.take(arrival, arrival.number, arrival.raw.length),
  close: async () => {},
}

function take(arrival: Arrival): void {
  const outcome = arrival.judge(register.get(arrival.number ?? ''), moment)
  taken += 1
  const at = outcome.readings[0]?.at
  if (outcome.device && at !== undefined) {
    if (isResent(outcome.device.id, at)) resent += 1
    else readings += outcome.readings.length
  }
  arrival.settled(outcome)
}

function isResent(deviceId: string, at: string): boolean {
  const last = heard.get(deviceId)
  if (!last) {
    heard.set(deviceId, [at])
    return false
  }
  if (last.includes(at)) return true
  if (last.push(at) > window) last.shift()
  return false
}

function momentNow(): Moment {
  const now = Date.now()
  return { now: isoOf(now), legalNow: now, machineNow: now, placing }
}

function knownDevice(no: number): KnownDevice {
  const nothing = {
    linkedTo: null,
    linkedUnit: null,
    mode: null,
    interlock: null,
    point: null,
    keeper: null,
    note: null,
  }
  return {
    ...nothing,
    ...{
      id: sameId('bench', 'device', no),
      state: 'live',
      modelCode: 'dust-ug',
      kind: 'dust',
      mn: numberOf(no),
      password,
    },
    ...{
      name: `测点${no}`,
      projectId: sameId('bench', 'project', no),
      projectName: '测',
      district: '990421',
      parties: [],
    },
    ...{ unitProfile: 'ug', crcMode: 'strict', ending: 'crlf', settings: noSettings, explanation: null },
    ...{ liveAt: '2026-03-02T01:00:00.000Z', enteredAt: '2026-03-02T01:00:00.000Z' },
  } as KnownDevice
}

const ignore = () => {}
const strict = { crc: 'strict', ending: 'crlf' } as const
process.on('message', ({ collect }: { collect?: boolean }) => {
  // The thorough kind, which gives free pages back: what the process had over must not carry the first lines.
  if (collect) globalThis.gc!({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  process.send!({ taken, resent, readings, residentKilobytes: process.memoryUsage.rss() / 1024 })
})
await listenOn(
  createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (socket) => {
    serveSocket(socket, intake, { toleranceOf: () => strict, onProven: ignore, onHeard: ignore, onClose: ignore })
  }),
)
