import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { median, percentile } from '../bench/statistics.ts'
import { audit, sayNumbers, waitForAnswers } from './audit.ts'
import { killOutright } from './database.ts'
import { openCrane } from './devices/crane.ts'
import { openDust } from './devices/dust.ts'
import { type Device, drive, openTally, type Tally } from './devices/load.ts'
import { openSprayer, type Sprayer } from './devices/sprayer.ts'
import { type Effects, findEffects, settleEffects } from './effects.ts'
import { type Asked, atMost, type Figure, none, told } from './figures.ts'
import { type House, numbersOf, withHouse } from './house.ts'

// T1 (P1, P2, P4): whoever is killed, whenever, what was acknowledged is there, once, and so is what follows from it.
const victims = [
  'server',
  'postgres',
  'server',
  'backend',
  'line',
  'server',
  'both',
  'postgres',
  'server',
  'backend',
] as const
type Victim = (typeof victims)[number]
const victimNames: Record<Victim, string> = {
  server: 'the server (doors, worker, pages)',
  postgres: 'the postmaster',
  backend: 'a process of PostgreSQL',
  line: 'every MQTT line',
  both: 'server and postmaster together',
}

/** The past that devices tell of begins here: far enough back for all of them, within the 72 h that are taken. */
const backMillis = 60 * 3_600_000

interface Fall {
  victim: Victim
  /** Frames acknowledged in the second before. */
  rate: number
  /** From the beginning of the restart (or the kill, when nothing needs one) to the first acknowledgement. */
  backMillis: number
  /** What the server itself used of a CPU until then, when it was started anew. */
  cpuMillis: number | null
}

export function kill(asked: Asked): Promise<Figure[]> {
  const kills = asked.number('kills', asked.quick ? 6 : 20)
  const [dust, cranes] = [numbersOf('A', 300), numbersOf('C', 40)]
  const [hot, sprayers] = [numbersOf('D', kills), numbersOf('E', kills)]
  const sprayed = hot.map((one, index) => [one, sprayers[index]!] as const)
  asked.say(`T1: entering ${dust.length + cranes.length + 2 * kills} devices`)
  return withHouse({ dust, cranes, sprayed }, 10, async (house) => {
    const tally = openTally()
    const from = Math.floor((Date.now() - backMillis) / 1000) * 1000
    const { hj212Port, mqttPort } = house.server
    const lines = cranes.map((one) => openCrane({ number: one, port: mqttPort, pace: 'past', from }, tally))
    const devices: Device[] = [
      ...dust.map((one) => openDust({ number: one, port: hj212Port, pace: 'past', from, window: 16 }, tally)),
      ...lines,
    ]
    await becomeLive(house, tally, devices)
    const driven = drive(devices, asked.number('rate', 2200))
    const { falls, exceeding } = await killOften(house, tally, lines, sprayed, asked)
    driven.stop()
    const all = [...devices, ...exceeding.map(({ device }) => device)]
    await waitForAnswers(all, 60_000)
    const unsettled = await settleEffects(house, 120_000)
    await house.server.stop()
    const found = await audit(house, all)
    const effects = await findEffects(house, exceeding.map(asExceedance))
    for (const one of all) one.close()
    return [
      ...timesOf(falls),
      told('T1', 'frames acknowledged', found.acked, '', `${tally.resent} sent again`),
      none('T1', 'acknowledged and lost', found.lost),
      none('T1', 'kept twice', found.twice),
      none('T1', 'kept and never sent', found.strange),
      none('T1', 'never answered', found.unanswered, sayNumbers(found.silent)),
      none('T1', 'effects still waiting two minutes after the end', unsettled),
      ...effectFigures(effects),
    ]
  })
}

/** A device that speaks for the first time becomes live, by an act of its own: that is not what is tried here. */
async function becomeLive(house: House, tally: Tally, devices: readonly Device[]): Promise<void> {
  const driven = drive(devices, 100)
  while (tally.acked < devices.length * 2) await wait(100)
  driven.stop()
  await settleEffects(house, 600_000)
}

async function killOften(
  house: House,
  tally: Tally,
  lines: readonly Device[],
  sprayed: readonly (readonly [string, string])[],
  { say, interrupted }: Asked,
) {
  const falls: Fall[] = []
  const exceeding: Exceeding[] = []
  for (const [index, pair] of sprayed.entries()) {
    if (interrupted()) break
    const victim = victims[index % victims.length]!
    const one = exceed(house, tally, pair)
    exceeding.push(one)
    const fall = await fell(house, tally, lines, victim)
    await one.over()
    falls.push(fall)
    say(`T1: ${index + 1} ${victimNames[victim]}: ${fall.rate}/s before, back after ${Math.round(fall.backMillis)} ms`)
  }
  return { falls, exceeding }
}

const asExceedance = ({ device, sprayer, high }: Exceeding) => ({ number: device.number, sprayer, high: high() })

function effectFigures(effects: Effects): Figure[] {
  const { expected, missing, alarmsTwice, messagesTwice, ordersTwice, heard, heardTwice, heardStrange } = effects
  return [
    told('T1', 'exceedances acknowledged', expected, ''),
    none('T1', 'exceedances without their alarm', missing),
    none('T1', 'alarms raised twice', alarmsTwice),
    none('T1', 'messages told twice', messagesTwice),
    none('T1', 'orders given twice for one alarm', ordersTwice),
    none('T1', 'orders heard twice, or never given', heardTwice + heardStrange, `${heard} heard`),
  ]
}

function timesOf(falls: readonly Fall[]): Figure[] {
  if (falls.length === 0) return []
  const rates = falls.map(({ rate }) => rate)
  const said = Object.entries(victimNames).flatMap(([victim, name]) => {
    const back = falls.filter((one) => one.victim === victim).map((one) => one.backMillis)
    if (back.length === 0) return []
    return [
      told(
        'T1',
        `${name}: back to the first acknowledgement, median`,
        median(back),
        'ms',
        `${back.length} kills, most ${Math.round(Math.max(...back))} ms`,
      ),
    ]
  })
  const cpu = falls.flatMap(({ cpuMillis }) => cpuMillis ?? [])
  return [
    told(
      'T1',
      'kills',
      falls.length,
      '',
      `load average ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores`,
    ),
    told(
      'T1',
      'acknowledged in the second before a kill, median',
      median(rates),
      '/s',
      `p10 ${percentile(rates, 0.1)}`,
    ),
    ...said,
    // P4 in what a busy machine cannot stretch: the wall times above are told, this is judged.
    ...(cpu.length > 0
      ? [atMost('T1', "the server's own CPU to the first acknowledgement, median", 3000, median(cpu), 'ms')]
      : []),
  ]
}

/** Waits for an acknowledgement, of one device when it is named. Answers how long it took. */
function firstAnswer(tally: Tally, among?: ReadonlySet<string>): Promise<number> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no acknowledgement within two minutes')), 120_000)
    tally.heard = (device) => {
      if (among && !among.has(device)) return
      tally.heard = () => {}
      clearTimeout(late)
      resolve(performance.now() - began)
    }
  })
}

/** Lets the load run for a moment that chance chooses, kills, and starts again what does not come back by itself. */
async function fell(house: House, tally: Tally, lines: readonly Device[], victim: Victim): Promise<Fall> {
  await wait(500 + Math.random() * 1000)
  const before = tally.acked
  await wait(1000)
  const rate = tally.acked - before
  const back = await strike(house, tally, lines, victim)
  const startedAnew = victim === 'server' || victim === 'both'
  return { victim, rate, backMillis: back, cpuMillis: startedAnew ? house.server.cpuMillis() : null }
}

async function strike(house: House, tally: Tally, lines: readonly Device[], victim: Victim): Promise<number> {
  const { server, database } = house
  switch (victim) {
    case 'server': {
      await server.kill()
      return answered(tally, () => server.start())
    }
    case 'postgres': {
      await killPostgres(house)
      return answered(tally, () => database.restart())
    }
    case 'both': {
      await Promise.all([server.kill(), killPostgres(house)])
      return answered(tally, async () => {
        await database.restart()
        await server.start()
      })
    }
    case 'backend': {
      // The postmaster then ends all others and recovers: nobody has to help.
      const pids = await database.backends()
      const unlucky = pids[Math.floor(Math.random() * pids.length)]!
      return answered(tally, () => killOutright(unlucky))
    }
    case 'line': {
      const answer = firstAnswer(tally, new Set(lines.map(({ number }) => number)))
      for (const line of lines) line.breakLine()
      return answer
    }
  }
}

/** What was on its way when the victim died still comes: only what comes after the first turn of the event loop counts. */
async function answered(tally: Tally, restart: () => Promise<void>): Promise<number> {
  await wait(20)
  const answer = firstAnswer(tally)
  await restart()
  return answer
}

async function killPostgres({ database }: House): Promise<void> {
  const lost = database.lost()
  await killOutright(database.postmaster())
  await lost
}

interface Exceeding {
  device: Device
  sprayer: Sprayer
  /** Whether a frame beyond the limit was acknowledged. */
  high(): boolean
  over(): Promise<void>
}

/** A dust monitor whose values pass the limit a little before or after the kill, and the sprayer that it opens. */
function exceed({ server }: House, tally: Tally, [number, sprayerNumber]: readonly [string, string]): Exceeding {
  const from = Math.floor(Date.now() / 1000) * 1000
  const passes = from + 1000 * Math.floor(Math.random() * 4)
  const pm25 = (at: number) => (at < passes ? 30 : 90)
  const device = openDust({ number, port: server.hj212Port, pace: 'present', from, pm25 }, tally)
  const sprayer = openSprayer(sprayerNumber, server.hj212Port)
  const driven = drive([device], 10)
  const high = () => device.acked.some((at) => at >= passes)
  return {
    device,
    sprayer,
    high,
    over: async () => {
      const until = Date.now() + 20_000
      while (!high() && Date.now() < until) await wait(50)
      // Long enough for the order to be given and heard.
      await wait(1500)
      driven.stop()
      await waitForAnswers([device], 10_000)
      device.close()
      sprayer.close()
    },
  }
}
