import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { accepts, canPin, freePort } from '../child.ts'
import type { Processes } from '../meter.ts'
import { startSpoken } from '../wire/child.ts'

/** A broker that acknowledges for itself, with one reader behind it. */
export interface Alone {
  name: string
  port: number
  processes: Processes
  reader: Processes
  /** How many messages the reader has been given. */
  read(): Promise<number>
  stop(): Promise<void>
}

const program = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto'].find((one) =>
  existsSync(one),
)

/** mosquitto where it is installed, and our own broker's library alone. */
export async function startBrokers(): Promise<Alone[]> {
  const aedes = await withReader(await startAedes())
  return program ? [await withReader(await startMosquitto(program)), aedes] : [aedes]
}

type Broker = Omit<Alone, 'read' | 'reader'>

async function withReader(broker: Broker): Promise<Alone> {
  const reader = await startSpoken('b3/subscriber.ts', 1, { args: [String(broker.port)] })
  return {
    ...broker,
    reader: reader.processes,
    read: async () => (await reader.ask<{ messages: number }>({})).messages,
    stop: async () => {
      await reader.stop()
      await broker.stop()
    },
  }
}

async function startAedes(): Promise<Broker> {
  const child = await startSpoken<{ port: number }>('b3/aedes.ts', 0)
  return { name: 'aedes alone', port: child.said.port, processes: child.processes, stop: child.stop }
}

/** With its usual settings, except that it keeps no files. */
async function startMosquitto(path: string): Promise<Broker> {
  const home = mkdtempSync(join(tmpdir(), 'plumbline-bench-broker-'))
  const port = await freePort()
  const config = join(home, 'mosquitto.conf')
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_type error\n`)
  const command = [...(canPin ? ['taskset', '-c', '0'] : []), path, '-c', config]
  const child = spawn(command[0]!, command.slice(1), { stdio: 'ignore' })
  for (let tries = 0; !(await accepts(port)); tries += 1) {
    if (child.exitCode !== null || tries > 100) throw new Error('mosquitto did not start')
    await wait(100)
  }
  const stop = async () => {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
    rmSync(home, { recursive: true, force: true })
  }
  return { name: versionOf(path), port, processes: () => [child.pid!], stop }
}

function versionOf(path: string): string {
  try {
    return /mosquitto version [\d.]+/.exec(execFileSync(path, ['-h'], { encoding: 'utf8' }))![0].replace('version ', '')
  } catch (error) {
    // Asked for help it says its version and ends with a fault.
    return (
      /mosquitto version [\d.]+/.exec(String((error as { stdout?: string }).stdout))?.[0].replace('version ', '') ??
      'mosquitto'
    )
  }
}
