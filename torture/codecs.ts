import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Asked, type Figure, none, told } from './figures.ts'

// T3 (P3) and T5 (P2) in processes of their own: what they print is their report, and their end says whether it held.

/** Both decoders of each protocol against each other, and against what is spoiled. */
export async function codecs({ quick, number, say }: Asked): Promise<Figure[]> {
  const frames = number('frames', quick ? 50_000 : 1_000_000)
  const spoiled = number('spoiled', quick ? 10_000 : 100_000)
  const names = { hj212: '--fuzz', sitejson: '--damaged', modbus: '--damaged' }
  return Object.entries(names).flatMap(([name, flag]) => {
    say(`T3: ${name}`)
    const amount = name === 'sitejson' ? '--messages' : '--frames'
    const faults = report([join(import.meta.dirname, `${name}.ts`), amount, String(frames), flag, String(spoiled)])
    return [
      told('T3', `${name}: made, and spoiled`, frames, '', `and ${spoiled}`),
      none('T3', `${name}: a difference, a crash or a false accept`, faults),
    ]
  })
}

/** What is repeated, shuffled, late and mistimed, through the gateway into the tables. */
export async function order({ quick, number, say }: Asked): Promise<Figure[]> {
  const frames = number('frames', quick ? 50_000 : 1_000_000)
  say(`T5: ${frames} frames`)
  const faults = report([join(import.meta.dirname, 'order.ts'), '--frames', String(frames)])
  return [
    told('T5', 'frames, of which one in five repeated and one in five shuffled', frames, ''),
    none('T5', 'the tables differ from the plain map', faults),
  ]
}

function report(args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, [...args], { stdio: ['ignore', 2, 2] })
  return status === 0 ? 0 : 1
}
