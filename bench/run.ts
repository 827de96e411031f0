import { b1 } from './b1/b1.ts'
import { b2 } from './b2/b2.ts'
import { b3 } from './b3/b3.ts'
import { b4 } from './b4/b4.ts'
import { b6 } from './b6/b6.ts'
import { b10 } from './b10/b10.ts'
import { type Figure, isMet, lineOf, tableOf } from './figure.ts'
import { type Options } from './options.ts'
import { canPin } from './child.ts'

// npm run bench [-- B6 B10] [--quick] [--json]: every figure is measured against a peer or a limit inside the same run.
const benches: Record<string, (options: Options) => Promise<Figure[]>> = {
  B1: b1,
  B2: b2,
  B3: b3,
  B4: b4,
  B6: b6,
  B10: b10,
}

const args = process.argv.slice(2)
const json = args.includes('--json')
const quick = args.includes('--quick')
const named = args.filter((arg) => !arg.startsWith('--')).map((arg) => arg.toUpperCase())
const unknown = [
  ...named.filter((name) => !benches[name]),
  ...args.filter((arg) => arg.startsWith('--') && !['--json', '--quick'].includes(arg)),
]
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(' ')}. There are ${Object.keys(benches).join(', ')}, --quick and --json.`)
  process.exit(2)
}

const options: Options = { quick, rounds: quick ? 3 : 5, say: (line) => console.error(line) }
const figures: Figure[] = []
for (const name of Object.keys(benches).filter((name) => named.length === 0 || named.includes(name))) {
  const started = performance.now()
  const found = await benches[name]!(options)
  options.say(`${name}: ${Math.round((performance.now() - started) / 1000)} s`)
  figures.push(...found)
  if (json) for (const figure of found) console.log(lineOf(figure))
}
if (!json) {
  if (!canPin) console.log('taskset is missing: servers were not bound to a core')
  console.log(tableOf(figures))
}
process.exit(figures.some((figure) => isMet(figure) === false) ? 1 : 0)
