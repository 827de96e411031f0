import { readdirSync, readFileSync } from 'node:fs'

/** What one measured stretch cost. Times of CPU are in microseconds, summed over all threads. */
export interface Cost {
  wallMicros: number
  /** By the names given to the meter. */
  cpu: Record<string, number>
  /** CPU used by neither the meter's processes nor this one, as a share of the machine. */
  foreign: number
  idle: number
  steal: number
}

/** A wall figure holds only when less than this share of the machine was used by others (promises.md 2.0, rule 4). */
export const mostForeign = 0.1

/** A group of processes: asked anew at each reading, because a database starts and ends its own. */
export type Processes = () => readonly number[]

/** Starts measuring; the answer stops and tells. */
export function startMeter(groups: Record<string, Processes>): () => Cost {
  const before = read(groups)
  const startedAt = process.hrtime.bigint()
  return () => {
    const after = read(groups)
    const wallMicros = Number(process.hrtime.bigint() - startedAt) / 1000
    const cpu = Object.fromEntries(
      Object.keys(groups).map((name) => [name, grown(before.groups[name]!, after.groups[name]!)]),
    )
    const whole = after.machine.whole - before.machine.whole || 1
    const ours = grown(before.ours, after.ours)
    const busy = after.machine.busy - before.machine.busy
    return {
      wallMicros,
      cpu,
      foreign: Math.max(0, busy - ours) / whole,
      idle: (after.machine.idle - before.machine.idle) / whole,
      steal: (after.machine.steal - before.machine.steal) / whole,
    }
  }
}

function read(groups: Record<string, Processes>) {
  // Looking for processes takes milliseconds of this one: all are found before the first is read.
  const pids = Object.entries(groups).map(([name, processes]) => [name, processes()] as const)
  const found = Object.fromEntries(pids.map(([name, its]) => [name, readAll(its)]))
  const ours = new Map([...readAll([process.pid]), ...Object.values(found).flatMap((group) => [...group])])
  return { groups: found, ours, machine: readMachine() }
}

const readAll = (pids: readonly number[]) => new Map(pids.map((pid) => [pid, cpuMicros(pid)]))

/** Processes that ended meanwhile are lost to the sum; those that began count whole. */
function grown(before: Map<number, number>, after: Map<number, number>): number {
  let sum = 0
  for (const [pid, micros] of after) sum += Math.max(0, micros - (before.get(pid) ?? 0))
  return sum
}

/** The first number of schedstat is the time on a CPU in nanoseconds; /proc/<pid>/stat counts in hundredths of a second. */
function cpuMicros(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    return threads.reduce((sum, thread) => {
      const [nanos = '0'] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')
      return sum + Number(nanos) / 1000
    }, 0)
  } catch {
    return 0
  }
}

/** The first line of /proc/stat in microseconds: user nice system idle iowait irq softirq steal, in hundredths of a second. */
function readMachine() {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const [user, nice, system, idle, wait, irq, soft, steal] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map((ticks) => Number(ticks) * 10_000)
  const busy = user! + nice! + system! + irq! + soft!
  return { busy, idle: idle! + wait!, steal: steal!, whole: busy + idle! + wait! + steal! }
}

/** The process and everything it started, by parent numbers. */
export function familyOf(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(Number(name)))
  const family = [root]
  for (const pid of family) for (const [child, parent] of parents) if (parent === pid) family.push(child)
  return family
}

export function parentOf(pid: number): number {
  try {
    // The second field is the name in parentheses and may hold blanks.
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    )
  } catch {
    return 0
  }
}
