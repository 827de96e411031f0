import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { percentile } from '../bench/statistics.ts'
import { audit, sayNumbers, waitForAnswers } from './audit.ts'
import { openCrane } from './devices/crane.ts'
import { openDust } from './devices/dust.ts'
import { type Device, drive, openTally, type Tally } from './devices/load.ts'
import { type Asked, atMost, type Figure, none, told } from './figures.ts'
import { type House, numbersOf, withHouse } from './house.ts'
import { type Hardship, lookAtHealth } from './server.ts'

// T9: too little of everything. What is at work goes on, what is new is turned away, nothing is lost, nobody crashes.
const megabyte = 1_048_576

interface Trial {
  id: string
  title: string
  hardship: Hardship
  /** How many devices speak, and how fast all of them together. */
  devices: number
  perSecond: number
  /** Frames a device may have unanswered. */
  window: number
  suffer(at: Suffering): Promise<Figure[]>
}

interface Suffering {
  house: House
  tally: Tally
  devices: readonly Device[]
  quick: boolean
}

export function starvation({ quick, say, interrupted }: Asked): Promise<Figure[]> {
  const [dust, cranes] = [numbersOf('A', 600), numbersOf('C', 20)]
  return withHouse({ dust, cranes }, 5, async (house) => {
    const figures: Figure[] = []
    let from = Math.floor(Date.now() / 1000) * 1000 - 60 * 3_600_000
    for (const trial of trials) {
      if (interrupted()) break
      say(`T9: ${trial.title}`)
      await house.server.stop()
      await house.server.start(trial.hardship)
      const { found, devices } = await live(house, trial, { dust, cranes, from, quick })
      figures.push(...found)
      // Each trial tells of hours of its own.
      from = Math.max(...devices.map((one) => one.last())) + 3_600_000
    }
    return figures
  })
}

interface Cast {
  dust: readonly string[]
  cranes: readonly string[]
  from: number
  quick: boolean
}

async function live(house: House, trial: Trial, { dust, cranes, from, quick }: Cast) {
  const { id, title, window } = trial
  const tally = openTally()
  const { hj212Port, mqttPort } = house.server
  const devices = [
    ...dust
      .slice(0, trial.devices)
      .map((one) => openDust({ number: one, port: hj212Port, pace: 'past', from, window }, tally)),
    ...cranes.map((one) => openCrane({ number: one, port: mqttPort, pace: 'past', from, window }, tally)),
  ]
  const driven = drive(devices, trial.perSecond)
  while (tally.acked < devices.length && house.server.alive()) await wait(50)
  const own = await trial.suffer({ house, tally, devices, quick })
  driven.stop()
  await waitForAnswers(devices, 60_000)
  const crashed = !house.server.alive()
  const sum = await audit(house, devices)
  for (const one of devices) one.close()
  const found = [
    ...own,
    told(id, `${title}: frames acknowledged`, sum.acked, '', `${tally.resent} sent again`),
    none(id, `${title}: acknowledged and lost, or kept twice`, sum.lost + sum.twice),
    none(id, `${title}: never answered`, sum.unanswered, sayNumbers(sum.silent)),
    none(id, `${title}: the server ended`, Number(crashed)),
  ]
  return { found, devices }
}

const trials: Trial[] = [
  {
    id: 'T9 files',
    title: '256 open files, 400 strangers',
    hardship: { before: 'ulimit -n 256' },
    devices: 80,
    perSecond: 200,
    window: 8,
    suffer: fewFiles,
  },
  {
    id: 'T9 heap',
    title: 'a heap of 128 MB, the database stands still',
    hardship: { flags: ['--max-old-space-size=128'] },
    devices: 600,
    perSecond: 5_000,
    window: 32,
    suffer: stillDatabase,
  },
  {
    id: 'T9 CPU',
    title: 'a tenth of the CPU',
    hardship: {},
    devices: 100,
    perSecond: 100,
    window: 8,
    suffer: tenthOfCpu,
  },
  {
    id: 'T9 block',
    title: 'stopped for 2 s',
    hardship: {},
    devices: 200,
    perSecond: 500,
    window: 8,
    suffer: blocked,
  },
]

/** Strangers take every file there is: those who are connected go on, and when the strangers leave others come in. */
async function fewFiles({ house, devices, quick }: Suffering): Promise<Figure[]> {
  const { server } = house
  const own = filesOf(server.pid())
  const strangers = await Promise.all(Array.from({ length: 400 }, () => openStranger(server.hj212Port)))
  const before = new Map(devices.map(({ number, acked }) => [number, acked.length]))
  const silent = () => devices.filter(({ number, acked }) => acked.length === before.get(number))
  let most = own
  const until = Date.now() + (quick ? 5_000 : 20_000)
  while (Date.now() < until && server.alive()) {
    await wait(200)
    most = Math.max(most, filesOf(server.pid()))
  }
  const fell = silent().length
  for (const one of strangers) one.destroy()
  // Everybody's line breaks: all of them must find their way in again.
  for (const one of devices) {
    one.breakLine()
    before.set(one.number, one.acked.length)
  }
  await waitUntil(() => silent().length === 0, 30_000)
  const health = await lookAtHealth(server)
  return [
    told('T9 files', 'files open before, and at most, of 256', most, '', `${own} before; 400 strangers knocked`),
    none('T9 files', 'connected devices that fell silent', fell),
    none('T9 files', 'devices that did not come in again when the strangers had gone', silent().length),
    none('T9 files', 'the page of health was not answered then', Number(health === undefined)),
  ]
}

async function openStranger(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  // Read, or it would not be seen that the other side has closed.
  socket.resume()
  await Promise.race([once(socket, 'connect').catch(() => {}), wait(5_000)])
  return socket
}

async function waitUntil(holds: () => boolean, millis: number): Promise<void> {
  const until = Date.now() + millis
  while (!holds() && Date.now() < until) await wait(50)
}

const filesOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length

/** A lock that nobody gives back for a while: what the gateway cannot write it must not take in. */
async function stillDatabase({ house, tally, quick }: Suffering): Promise<Figure[]> {
  const { server, owner } = house
  const own = await owner.connect()
  await own.query('begin')
  await own.query('lock table device.conversation in access exclusive mode')
  const [sent, acked] = [tally.sent, tally.acked]
  let most = 0
  let unread = 0
  const until = Date.now() + (quick ? 15_000 : 40_000)
  while (Date.now() < until && server.alive()) {
    await wait(500)
    most = Math.max(most, residentOf(server.pid()))
    unread = Math.max(unread, unreadAt(server.hj212Port))
  }
  const [sentMeanwhile, ackedMeanwhile] = [tally.sent - sent, tally.acked - acked]
  await own.query('rollback')
  own.release()
  return [
    told('T9 heap', 'frames sent while nothing could be written', sentMeanwhile, ''),
    none('T9 heap', 'acknowledged meanwhile beyond what was under way', Math.max(0, ackedMeanwhile - 2_000)),
    told('T9 heap', 'resident memory, most', most / megabyte, 'MB'),
    // Back-pressure is what the gateway leaves unread in the kernel's hands.
    atMost(
      'T9 heap',
      'sockets were not paused',
      0,
      unread > 0 ? 0 : 1,
      '',
      `${Math.round(unread / 1024)} KB left unread in the kernel`,
    ),
  ]
}

function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

/** Bytes that have reached the kernel for a port's sockets and that nobody has read: rx_queue of /proc/net/tcp. */
function unreadAt(port: number): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1)
  const mine = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, here, , state]) => here!.endsWith(local) && state === '01')
  return mine.reduce((sum, fields) => sum + Number.parseInt(fields[4]!.split(':')[1]!, 16), 0)
}

/** The process runs 10 ms of every 100 ms. */
async function tenthOfCpu({ house, tally, quick }: Suffering): Promise<Figure[]> {
  const pid = house.server.pid()
  const before = tally.acked
  const began = performance.now()
  const until = began + (quick ? 10_000 : 30_000)
  while (performance.now() < until) {
    process.kill(pid, 'SIGSTOP')
    await wait(90)
    process.kill(pid, 'SIGCONT')
    await wait(10)
  }
  const seconds = (performance.now() - began) / 1000
  const acked = tally.acked - before
  return [
    told(
      'T9 CPU',
      'acknowledged meanwhile',
      acked / seconds,
      '/s',
      `within ${Math.round(percentile(tally.took, 0.99))} ms, p99`,
    ),
    none('T9 CPU', 'nothing was acknowledged', Number(acked === 0)),
  ]
}

/** The event loop stands still, as a long computation or a pause of the machine makes it. */
async function blocked({ house, tally, quick }: Suffering): Promise<Figure[]> {
  const pid = house.server.pid()
  const back: number[] = []
  const resent = tally.resent
  for (let index = 0; index < (quick ? 3 : 10); index += 1) {
    await wait(1_000)
    process.kill(pid, 'SIGSTOP')
    await wait(2_000)
    const before = tally.acked
    process.kill(pid, 'SIGCONT')
    const began = performance.now()
    while (tally.acked === before && performance.now() - began < 30_000) await wait(5)
    back.push(performance.now() - began)
  }
  return [
    told('T9 block', 'stopped and let go, times', back.length, ''),
    atMost('T9 block', 'let go to the next acknowledgement, most', 10_000, Math.max(...back), 'ms'),
    none('T9 block', 'frames that had to be sent again', tally.resent - resent),
  ]
}
