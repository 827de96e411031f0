import { startMeter } from './meter.ts'
import { startSprayer } from './sprayer.ts'

export { measuredAt } from './meter.ts'

export interface SimulatedDevice {
  kind: 'dust' | 'sprayer'
  mn: string
  pw: string
  /** Pumps or valves of a sprayer. */
  units?: number
  /** Entered in the register, and silent: somebody else speaks for it. */
  silent?: boolean
}

export interface DevicesOptions {
  host: string
  port: number
  devices: readonly SimulatedDevice[]
  /** Milliseconds of the legal clock. */
  clock: () => number
  seed?: number
  periodSeconds?: number
}

export interface RunningDevices {
  stop(): void
}

/** Starts monitors and sprayers, each with a socket of its own. */
export function startDevices({ devices, seed = 7, periodSeconds = 60, ...common }: DevicesOptions): RunningDevices {
  const running = devices
    .filter(({ silent }) => !silent)
    .map(({ kind, mn, pw, units = 1 }) => {
      const address = { mn, pw, st: '39', version: '2017' as const }
      return kind === 'dust'
        ? startMeter({ ...common, address, seed, periodSeconds })
        : startSprayer({ ...common, address, units, periodSeconds })
    })
  return {
    stop: () => {
      for (const one of running) one.stop()
    },
  }
}
