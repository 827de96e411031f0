import { demand } from '../load.ts'
import type { Processes } from '../meter.ts'
import { startSpoken } from './child.ts'
import type { DialectName } from './dialects.ts'
import type { Pace, PumpOrder, PumpRun } from './pump.ts'

/** The machines of a benchmark, in a process of their own on core 1. */
export interface Pump {
  processes: Processes
  /** Opens lines of the machines `from` up to `from + connections`. */
  open(port: number, connections: number, how?: { from?: number; dialect?: DialectName }): Promise<void>
  /** Answers when every frame is answered. */
  run(pace: Pace): Promise<PumpRun>
  close(port: number): Promise<void>
  stop(): Promise<void>
}

export async function startPump(): Promise<Pump> {
  const pump = await startSpoken<object>('wire/pump.ts', 1)
  const ask = <T>(order: PumpOrder) => pump.ask<T>(order)
  return {
    processes: pump.processes,
    open: async (port, connections, { from = 0, dialect = 'hj212' } = {}) => {
      const { opened } = await ask<{ opened: number }>({ open: { port, connections, from, dialect } })
      demand(opened === connections, `${opened} of ${connections} lines were opened`)
    },
    run: async (pace) => {
      const run = await ask<PumpRun>({ run: pace })
      demand(pace.unanswered || run.acked === run.sent, `${run.acked} of ${run.sent} frames were answered`)
      return run
    },
    close: async (port) => {
      await ask({ close: { port } })
    },
    stop: pump.stop,
  }
}
