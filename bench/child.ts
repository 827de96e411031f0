import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import type { Processes } from './meter.ts'
import { openClient } from './load.ts'

/** A server in a process of its own. */
export interface Child {
  port: number
  processes: Processes
  stop(): Promise<void>
}

/** Whether processes can be bound to a core here; where not, the table says so. */
export const canPin = ((): boolean => {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Whether somebody listens on a port. */
export async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** The product itself on the cluster, with its worker. `doors`: with HJ212_PORT it listens for devices too. */
export async function startServer(
  cluster: Cluster,
  core?: number,
  doors: { HJ212_PORT: string; MQTT_PORT: string } | null = null,
): Promise<Child> {
  const port = await freePort()
  return start('server.ts', port, '/api/health', core, {
    DATABASE_URL: cluster.appUrl,
    DATABASE_OWNER_URL: cluster.ownerUrl,
    DATA_DIR: cluster.dataDir,
    LOG: 'error',
    ...doors,
  })
}

/** The same with its doors for devices open. */
export async function startGatewayServer(
  cluster: Cluster,
  core?: number,
): Promise<Child & { hj212Port: number; mqttPort: number }> {
  const [hj212Port, mqttPort] = [await freePort(), await freePort()]
  const child = await startServer(cluster, core, { HJ212_PORT: String(hj212Port), MQTT_PORT: String(mqttPort) })
  return { ...child, hj212Port, mqttPort }
}

/** The peer: bare Fastify and pg reading one row by its primary key, no session and no wall. */
export async function startBare(cluster: Cluster, table: string, core?: number): Promise<Child> {
  const port = await freePort()
  return start('b10/bare.ts', port, '/alive', core, { DATABASE_URL: cluster.ownerUrl, TABLE: table })
}

async function start(
  file: string,
  port: number,
  alive: string,
  core: number | undefined,
  env: Record<string, string>,
): Promise<Child> {
  const command = [
    ...(core !== undefined && canPin ? ['taskset', '-c', String(core)] : []),
    process.execPath,
    join(import.meta.dirname, file),
  ]
  const child = spawn(command[0]!, command.slice(1), {
    env: { ...process.env, ...env, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await listening(child, port, alive)
  return { port, processes: () => [child.pid!], stop: () => stop(child) }
}

async function listening(child: ChildProcess, port: number, path: string): Promise<void> {
  const client = openClient(port, 1)
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error('a server did not start')
    const answer = await client.get(path).catch(() => undefined)
    if (answer) return client.close()
    await wait(50)
  }
  throw new Error('a server did not answer')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await gone
  clearTimeout(late)
}
