import { codecs, order } from './codecs.ts'
import { disk } from './disk.ts'
import { type Asked, type Figure, isBreach, tableOf } from './figures.ts'
import { kill } from './kill.ts'
import { soak } from './soak.ts'
import { starvation } from './starvation.ts'

// npm run torture [-- T1 T8] [--quick]: what the product promises when everything goes wrong (docs/reliability.md).
const trials: Record<string, (asked: Asked) => Promise<Figure[]>> = {
  T1: kill,
  T3: codecs,
  T5: order,
  T8: disk,
  T9: starvation,
  soak,
}
/** Numbers that a trial takes instead of its usual ones. */
const numbers = ['kills', 'cycles', 'rate', 'minutes', 'frames', 'spoiled']

const args = process.argv.slice(2)
const given = new Map<string, number>()
const named: string[] = []
const unknown: string[] = []
for (let index = 0; index < args.length; index += 1) {
  const arg = args[index]!
  const trial = Object.keys(trials).find((name) => name.toUpperCase() === arg.toUpperCase())
  if (trial) named.push(trial)
  else if (arg === '--quick') given.set('quick', 1)
  else if (numbers.includes(arg.slice(2)) && Number(args[index + 1]) > 0) given.set(arg.slice(2), Number(args[++index]))
  else unknown.push(arg)
}
if (unknown.length > 0) {
  const flags = ['--quick', ...numbers.map((name) => `--${name} n`)]
  console.error(`unknown: ${unknown.join(' ')}. There are ${Object.keys(trials).join(', ')}; ${flags.join(', ')}.`)
  process.exit(2)
}

let interrupted = false
process.once('SIGINT', () => (interrupted = true)).once('SIGTERM', () => (interrupted = true))
const asked: Asked = {
  quick: given.has('quick'),
  number: (name, usual) => given.get(name) ?? usual,
  say: (line) => console.error(line),
  interrupted: () => interrupted,
}
// The soak takes hours: only who names it gets it.
const chosen = named.length > 0 ? named : Object.keys(trials).filter((name) => name !== 'soak')
const figures: Figure[] = []
for (const name of chosen) {
  if (interrupted) break
  const found = await trials[name]!(asked)
  console.log(tableOf(found))
  figures.push(...found)
}
const breaches = figures.filter(isBreach)
for (const { id, what, figure, unit } of breaches) console.log(`breached: ${id} ${what}: ${figure} ${unit}`)
process.exit(breaches.length > 0 ? 1 : 0)
