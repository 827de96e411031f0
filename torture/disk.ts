import { spawnSync } from 'node:child_process'
import { closeSync, openSync, renameSync, rmSync, statfsSync, statSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { median } from '../bench/statistics.ts'
import { audit, sayNumbers, waitForAnswers } from './audit.ts'
import { bytesUnder, type Database } from './database.ts'
import { openCrane } from './devices/crane.ts'
import { openDust } from './devices/dust.ts'
import { type Device, drive, openTally, type Tally } from './devices/load.ts'
import { type Asked, atMost, type Figure, none, told } from './figures.ts'
import { type House, numbersOf, withHouse } from './house.ts'
import { waitForLight } from './server.ts'

// T8 (P6): PostgreSQL's data and WAL lie on a small disk of their own, which is filled to the last byte under load.
const spareBytes = 512 * 1024 * 1024
const patienceMillis = 30_000
const mostBackMillis = 10_000

interface Cycle {
  /** What the light said while it was red; undefined when it never was. */
  words: string | undefined
  /** From the moment at which there is space again to the next acknowledgement and to the green light. */
  backMillis: number
  greenMillis: number
  /** PostgreSQL could not go on without its WAL and ended; somebody had to start it again. */
  ended: boolean
}

export function disk(asked: Asked): Promise<Figure[]> {
  const [dust, cranes] = [numbersOf('A', 100), numbersOf('C', 20)]
  return withHouse({ dust, cranes }, 5, async (house) => {
    const { server, database } = house
    await server.stop()
    await database.halt()
    const small = makeSmallDisk(database)
    try {
      await database.restart()
      await server.start()
      return await onSmallDisk(house, small, dust, cranes, asked)
    } finally {
      small.free()
      await server.stop()
      await database.halt()
      small.remove()
    }
  })
}

async function onSmallDisk(
  house: House,
  small: SmallDisk,
  dust: readonly string[],
  cranes: readonly string[],
  { quick, number, say, interrupted }: Asked,
): Promise<Figure[]> {
  const tally = openTally()
  const from = Math.floor(Date.now() / 1000) * 1000 - 40 * 3_600_000
  const { hj212Port, mqttPort } = house.server
  const devices: Device[] = [
    ...dust.map((one) => openDust({ number: one, port: hj212Port, pace: 'past', from }, tally)),
    ...cranes.map((one) => openCrane({ number: one, port: mqttPort, pace: 'past', from }, tally)),
  ]
  const driven = drive(devices, number('rate', 500))
  const supervisor = supervise(house.database)
  const all: Cycle[] = []
  await answered(tally)
  for (let index = 0; index < number('cycles', quick ? 3 : 20) && !interrupted(); index += 1) {
    const cycle = await fillAndFree(house, small, tally, supervisor)
    all.push(cycle)
    const { words = 'never red', backMillis, ended } = cycle
    say(`T8: ${index + 1} ${words}; back after ${Math.round(backMillis)} ms${ended ? ', PostgreSQL had ended' : ''}`)
  }
  driven.stop()
  await waitForAnswers(devices, 60_000)
  const found = await audit(house, devices)
  for (const one of devices) one.close()
  supervisor.stop()
  return [
    ...figuresOf(all),
    told('T8', 'frames acknowledged', found.acked, '', `${tally.resent} sent again`),
    none('T8', 'acknowledged and lost', found.lost),
    none('T8', 'kept twice', found.twice),
    none('T8', 'never answered', found.unanswered, sayNumbers(found.silent)),
    none('T8', 'the server ended', Number(!house.server.alive())),
  ]
}

function figuresOf(all: readonly Cycle[]): Figure[] {
  const words = Map.groupBy(all, ({ words: said }) => (said ?? 'never red').replace(/；.*/, ''))
  const back = all.map(({ backMillis }) => backMillis)
  return [
    told('T8', 'cycles', all.length, '', [...words].map(([said, ones]) => `${ones.length} x ${said}`).join(', ')),
    none('T8', 'cycles without a red light', all.filter((one) => one.words === undefined).length),
    atMost(
      'T8',
      'space again to the next acknowledgement, most',
      mostBackMillis,
      Math.max(...back),
      'ms',
      `median ${Math.round(median(back))} ms`,
    ),
    told('T8', 'space again to the green light, most', Math.max(...all.map(({ greenMillis }) => greenMillis)), 'ms'),
    told('T8', 'cycles in which PostgreSQL ended and was started again', all.filter(({ ended }) => ended).length, ''),
  ]
}

interface SmallDisk {
  /** Takes all space, again and again, until it is freed. */
  fill(): void
  free(): void
  remove(): void
}

/** Moves the stopped cluster onto a tmpfs that is mounted in its place. Needs root. */
function makeSmallDisk(database: Database): SmallDisk {
  const cluster = database.cluster()
  const { uid, gid } = statSync(cluster)
  const size = bytesUnder(cluster) + spareBytes
  const aside = `${cluster}.aside`
  renameSync(cluster, aside)
  run('mkdir', cluster)
  run('mount', '-t', 'tmpfs', '-o', `size=${size},mode=700,uid=${uid},gid=${gid}`, 'none', cluster)
  // cp keeps owners and times; what stays is the cluster as it was.
  run('cp', '-a', `${aside}/.`, cluster)
  rmSync(aside, { recursive: true })
  const ballast = join(cluster, 'ballast')
  closeSync(openSync(ballast, 'w'))
  let timer: NodeJS.Timeout | undefined
  return {
    fill: () => {
      takeAll(ballast)
      timer = setInterval(() => takeAll(ballast), 50)
    },
    free: () => {
      clearInterval(timer)
      truncateSync(ballast)
    },
    remove: () => {
      // Left as a folder for whoever removes the database.
      run('umount', cluster)
    },
  }
}

const block = Buffer.alloc(1024 * 1024)

function takeAll(ballast: string): void {
  const file = openSync(ballast, 'a')
  try {
    for (;;) {
      const { bavail, bsize } = statfsSync(ballast)
      if (bavail === 0) return
      writeSync(file, block, 0, Math.min(block.length, bavail * bsize))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(file)
  }
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}

interface Supervisor {
  /** How often it had to start PostgreSQL. */
  starts(): number
  stop(): void
}

/** What systemd's Restart=always does for a PostgreSQL that has ended: starts it again every second until it stays. */
function supervise(database: Database): Supervisor {
  let stopped = false
  let starts = 0
  const watch = async (): Promise<void> => {
    await database.lost()
    while (!stopped) {
      starts += 1
      const up = await database.restart().then(
        () => true,
        () => false,
      )
      if (up) return watch()
      await wait(1000)
    }
  }
  void watch()
  return {
    starts: () => starts,
    stop: () => {
      stopped = true
    },
  }
}

async function fillAndFree(house: House, small: SmallDisk, tally: Tally, supervisor: Supervisor): Promise<Cycle> {
  const startsBefore = supervisor.starts()
  await wait(500 + Math.random() * 1500)
  small.fill()
  const words = await waitForLight(house.server, false, patienceMillis)
  await wait(1000 + Math.random() * 2000)
  small.free()
  const freed = performance.now()
  const answer = answered(tally).then(() => performance.now() - freed)
  await waitForLight(house.server, true, patienceMillis * 2)
  const greenMillis = performance.now() - freed
  return { words, backMillis: await answer, greenMillis, ended: supervisor.starts() > startsBefore }
}

/** Settles with the next acknowledgement. */
const answered = (tally: Tally): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no acknowledgement within two minutes')), 120_000)
    tally.heard = () => {
      clearTimeout(late)
      tally.heard = () => {}
      resolve()
    }
  })
