// Both readers of Modbus TCP against each other, on more than the tests take:
//   node torture/modbus.ts [--frames 1000000] [--damaged 100000] [--seed 1]
// Ends with 1 at the first difference, and prints the bytes that made it.
import { parseArgs } from 'node:util'
import { judgeAnswer, readsOf, takeFrames, valuesIn, type ReadRequest } from '@plumbline/core/codec/modbus'
import { answerTo, chanceOf, damaged, mapOf, requestOf, wordsOf } from '../core/codec/modbus/made.ts'
import { judgeAnswerSlowly, takeFramesSlowly, valuesInSlowly } from '../core/codec/modbus/slow.ts'

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '1000000' },
    damaged: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
})
const chance = chanceOf(Number(values.seed))
const tally = new Map<string, number>()

function agree(one: unknown, other: unknown, bytes: ArrayLike<number>, round: number): void {
  if (JSON.stringify(one) === JSON.stringify(other)) return
  process.stderr.write(`they differ\nfast ${JSON.stringify(one)}\nslow ${JSON.stringify(other)}\n`)
  process.stderr.write(`seed ${values.seed}, round ${round}: ${Buffer.from(Array.from(bytes)).toString('hex')}\n`)
  process.exit(1)
}

function count(said: string): void {
  tally.set(said, (tally.get(said) ?? 0) + 1)
}

function converse(request: ReadRequest, stream: Uint8Array, round: number): void {
  const taken = takeFrames(stream, stream.length)
  agree(taken, takeFramesSlowly(stream, stream.length), stream, round)
  if (taken.broken) count(`stream given up: ${taken.broken}`)
  for (const frame of taken.frames) {
    const told = judgeAnswer(request, frame)
    agree(told, judgeAnswerSlowly(request, frame), stream, round)
    count(told.kind)
  }
}

function run(title: string, rounds: number, turn: (round: number) => void): void {
  tally.clear()
  const started = performance.now()
  for (let round = 0; round < rounds; round += 1) turn(round)
  console.log(`${title}: ${rounds} in ${Math.round((performance.now() - started) / 1000)} s, 0 differences, 0 crashes`)
  for (const [said, times] of [...tally].toSorted((one, other) => other[1] - one[1])) console.log(`  ${said}: ${times}`)
}

run('made answers', Number(values.frames), (round) => {
  const request = requestOf(chance)
  converse(request, answerTo(request, chance), round)
})
run('damaged streams', Number(values.damaged), (round) => {
  const request = requestOf(chance)
  converse(
    request,
    damaged(Uint8Array.from([...answerTo(request, chance), ...answerTo(request, chance)]), chance),
    round,
  )
})
run('made maps', Number(values.damaged), (round) => {
  for (const read of readsOf(mapOf(chance))) {
    const words = wordsOf(read.count, chance)
    const found = valuesIn(read, words)
    agree(found, valuesInSlowly(read, words), words, round)
    for (const { value } of found.values) count(Number.isFinite(value) ? 'value' : 'not a number')
    for (const _ of found.missing) count('missing')
  }
})
if (tally.has('not a number')) process.exit(1)
