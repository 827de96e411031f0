// Both decoders of the JSON message against each other, on more messages than the tests take:
//   node torture/sitejson.ts [--messages 1000000] [--damaged 100000] [--seed 1]
// Ends with 1 at the first difference, and prints the message that made it.
import { parseArgs } from 'node:util'
import { decode } from '@plumbline/core/codec/sitejson'
import { chanceOf, damaged, messageOf } from '../core/codec/sitejson/made.ts'
import { decodeSlowly } from '../core/codec/sitejson/slow.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    damaged: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
})
const encoder = new TextEncoder()
const tally = new Map<string, number>()

function compare(bytes: Uint8Array, round: number): void {
  let said: string
  try {
    const fast = decode(bytes)
    said = fast.ok ? (fast.message.problems.length > 0 ? 'taken, with problems' : 'taken') : fast.reason
    const slow = decodeSlowly(bytes)
    if (JSON.stringify(fast) === JSON.stringify(slow)) {
      tally.set(said, (tally.get(said) ?? 0) + 1)
      return
    }
    process.stderr.write(`they differ\nfast ${JSON.stringify(fast)}\nslow ${JSON.stringify(slow)}\n`)
  } catch (error) {
    process.stderr.write(`a decoder threw: ${String(error)}\n`)
  }
  process.stderr.write(`seed ${values.seed}, round ${round}: ${Buffer.from(bytes).toString('base64')}\n`)
  process.exit(1)
}

function run(title: string, rounds: number, make: () => Uint8Array): void {
  tally.clear()
  const started = performance.now()
  for (let round = 0; round < rounds; round += 1) compare(make(), round)
  console.log(`${title}: ${rounds} in ${Math.round((performance.now() - started) / 1000)} s, 0 differences, 0 crashes`)
  for (const [said, count] of [...tally].toSorted((one, other) => other[1] - one[1])) console.log(`  ${said}: ${count}`)
}

const chance = chanceOf(Number(values.seed))
const made = () => encoder.encode(messageOf(chance))
run('made messages', Number(values.messages), made)
run('damaged messages', Number(values.damaged), () => damaged(made(), chance))
const polluted = Object.keys(Object.prototype).length
if (polluted > 0) process.exit(1)
