import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CityAsk } from '../simulator/city/index.ts'
import type { PumpAsk, PumpOrder, PumpTold } from './pump.ts'

/** The process in which a city's devices live. One question at a time. */
export interface Pump {
  answer<T extends PumpTold>(): Promise<T>
  ask<T extends PumpTold>(order: PumpOrder): Promise<T>
  /** What was acknowledged, by place of the device in the city: the times that it told. When the devices have ended. */
  ledger(): Map<number, Set<number>>
  stop(): void
}

export function startPump(city: CityAsk, stepSeconds: number): Pump {
  const ledger = join(tmpdir(), `plumbline-city-${process.pid}.ledger`)
  const ask: PumpAsk = { city, stepSeconds, ledger }
  const child: ChildProcess = fork(join(import.meta.dirname, 'pump.ts'), [JSON.stringify(ask)])
  const answer = <T extends PumpTold>() =>
    new Promise<T>((resolve, reject) => {
      child.once('message', (message) => {
        child.off('exit', ended)
        resolve(message as T)
      })
      const ended = () => reject(new Error('the city’s devices ended'))
      child.once('exit', ended)
    })
  return {
    answer,
    ask: (order) => {
      const answered = answer()
      child.send(order)
      return answered as never
    },
    ledger: () => readLedger(ledger),
    stop: () => {
      child.kill()
      rmSync(ledger, { force: true })
    },
  }
}

function readLedger(path: string): Map<number, Set<number>> {
  const bytes = readFileSync(path)
  const pairs = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
  const acknowledged = new Map<number, Set<number>>()
  for (let index = 0; index < pairs.length; index += 2) {
    const known = acknowledged.get(pairs[index]!) ?? new Set()
    acknowledged.set(pairs[index]!, known)
    known.add(pairs[index + 1]!)
  }
  return acknowledged
}
