import { expect, test } from 'vitest'
import { decode } from './decode.ts'
import { siteKinds } from './kinds.ts'
import { chanceOf, damaged, messageOf } from './made.ts'
import { messageSchema } from './schema.ts'
import { decodeSlowly } from './slow.ts'
import { bytesOf } from './text.ts'

/** Seconds of work on a busy machine; the limit only ends a hang. */
const long = { timeout: 300_000 }

const forms = new Map(siteKinds.map((kind) => [kind, messageSchema(kind)]))

test('20,000 made messages: both decoders and the published form say the same', long, () => {
  const chance = chanceOf(37_366)
  const count = { clean: 0, odd: 0, refused: 0 }
  for (let round = 0; round < 20_000; round += 1) {
    const text = messageOf(chance)
    const bytes = bytesOf(text)
    const fast = decode(bytes)
    const slow = decodeSlowly(bytes)
    if (JSON.stringify(fast) !== JSON.stringify(slow)) expect(fast, text).toEqual(slow)
    if (!fast.ok) {
      count.refused += 1
      continue
    }
    const rules = new Set(fast.message.problems.map(({ rule }) => rule))
    // What no pattern says of a message: that each flag has its value, and each value stands once.
    rules.delete('flag_without_value')
    rules.delete('value_repeated')
    const published = forms.get(fast.message.kind)!.safeParse(JSON.parse(text)).success
    if (published !== (rules.size === 0) && !text.includes('null'))
      expect.fail(`published form says ${published}: ${text}`)
    if (rules.size === 0) count.clean += 1
    else count.odd += 1
  }
  expect(count.clean).toBeGreaterThan(5000)
  expect(count.odd).toBeGreaterThan(3000)
  expect(count.refused).toBeGreaterThan(2000)
})

test('20,000 damaged messages: nothing throws, and what is taken is taken by both', long, () => {
  const chance = chanceOf(8259)
  let accepted = 0
  for (let round = 0; round < 20_000; round += 1) {
    const bytes = damaged(bytesOf(messageOf(chance)), chance)
    const fast = decode(bytes)
    const slow = decodeSlowly(bytes)
    if (JSON.stringify(fast) !== JSON.stringify(slow)) expect(fast).toEqual(slow)
    if (fast.ok) accepted += 1
  }
  expect(accepted).toBeGreaterThan(500)
})
