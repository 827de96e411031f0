// T3 for HJ 212: node torture/hj212.ts [--frames 1000000] [--fuzz 100000] [--seed 212]
//   frames: valid frames of which both decoders must say the same
//   fuzz:   trials with spoiled frames, as many with raw bytes, with good frames between them, and as many frames
//           whose data is ciphertext
// Nothing may throw, no good frame may be lost, nothing be taken that is wrong by the reference, and the memory of the
// process may grow by 10 MB. Ends with 1 when any of it fails, and shows the bytes and the seed.
import { spawnSync } from 'node:child_process'
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { parseArgs } from 'node:util'
import { chanceOf, type Chance } from '../core/codec/hj212/captures/made.ts'
import { abuse, agree, agreeCiphered, openTally, type Tally } from '../core/codec/hj212/captures/trials.ts'
import { byChance } from './hj212-chance.ts'

const { values } = parseArgs({
  options: { frames: { type: 'string' }, fuzz: { type: 'string' }, seed: { type: 'string' } },
})
const countOf = (name: string, text: string | undefined, usual: number): number => {
  const count = Number(text ?? usual)
  if (!Number.isSafeInteger(count) || count < 0) {
    console.error(`--${name} takes a whole number`)
    process.exit(2)
  }
  return count
}
const frames = countOf('frames', values.frames, 1_000_000)
const fuzz = countOf('fuzz', values.fuzz, Math.ceil(frames / 10))
const seed = countOf('seed', values.seed, 212)
const mostGrowth = 10

// Run again with a nursery of fixed size: V8 widens it as it pleases, which says nothing about what is kept.
if (!globalThis.gc) {
  const flags = ['--expose-gc', '--max-semi-space-size=1']
  const again = spawnSync(process.execPath, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' })
  process.exit(again.status ?? 1)
}

/** Megabytes of the process after everything that can be freed is freed. */
function residentMegabytes(): number {
  globalThis.gc!()
  globalThis.gc!()
  return process.memoryUsage.rss() / 1_048_576
}

function run(title: string, count: number, trial: (chance: Chance, tally: Tally) => void): void {
  const tally = openTally()
  const chance = chanceOf(seed)
  // The code is compiled and the tables are full after the first trials; what grows from then on would grow for ever.
  const warm = Math.min(count, Math.max(4_000, Math.ceil(count / 5)))
  let before = 0
  const began = performance.now()
  let shown = began
  for (let done = 0; done < count; done += 1) {
    if (done === warm) before = residentMegabytes()
    trial(chance, tally)
    if (performance.now() - shown > 2_000) {
      shown = performance.now()
      console.error(`${title}: ${done + 1} of ${count}`)
    }
  }
  const growth = warm < count ? residentMegabytes() - before : 0
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const { frames: all, readings, problems, interleaved, taken, swallowed, longestRest } = tally
  console.log(`${title}: ${count} in ${seconds} s, ${all} frames, ${readings} readings, ${problems} problems told`)
  if (swallowed > 0) console.log(`  taken for another frame that is whole by the reference: ${swallowed}`)
  if (interleaved > 0) {
    console.log(`  good frames between: ${interleaved}, none lost; spoiled and yet whole by the reference: ${taken}`)
    console.log(`  most bytes kept between reads: ${longestRest}`)
  }
  console.log(`  memory: ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} MB`)
  if (growth > mostGrowth) throw new Error(`${title}: the process grew by ${growth.toFixed(1)} MB`)
}

/** The test key of HJ 212-2025 annex A.2. */
const key = Buffer.alloc(16, 0x30)
const sm4 = {
  encrypt: (blocks: Uint8Array) => createCipheriv('sm4-ecb', key, null).setAutoPadding(false).update(blocks),
  decrypt: (blocks: Uint8Array) => createDecipheriv('sm4-ecb', key, null).setAutoPadding(false).update(blocks),
}

try {
  run('both decoders agree', frames, agree)
  run('ciphered frames', fuzz, (chance, tally) => agreeCiphered(chance, tally, sm4))
  run('spoiled frames', fuzz, (chance, tally) => abuse(chance, tally, false))
  run('raw bytes', fuzz, (chance, tally) => abuse(chance, tally, true))
  console.log(byChance(fuzz, chanceOf(seed)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.error(`seed ${seed}`)
  process.exitCode = 1
}
