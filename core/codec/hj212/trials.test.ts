import { expect, test } from 'vitest'
import { abuses, sealed } from './captures/abuse.ts'
import { captured } from './captures/captured.ts'
import { chanceOf } from './captures/made.ts'
import { abuse, agree, openTally } from './captures/trials.ts'
import { bytesOf } from './bytes.ts'
import { isFrameSlowly } from './slow.ts'

// A slice of `node torture/hj212.ts`, which runs the million.

/** Seconds of work on a busy machine; the limit only ends a hang. */
const long = { timeout: 120_000 }

test('the reference refuses what is no frame, and knows every capture', () => {
  const good = sealed(bytesOf('ST=39;CN=2011;MN=A1;Flag=4;CP=&&&&'))
  expect(isFrameSlowly(good)).toBe(true)
  for (let at = 0; at < good.length; at += 1) {
    const changed = Uint8Array.from(good)
    changed[at]! ^= 1
    expect(isFrameSlowly(changed), `byte ${at}`).toBe(false)
    expect(isFrameSlowly(good.subarray(0, at))).toBe(false)
  }
  for (const frame of captured.values()) expect(isFrameSlowly(frame)).toBe(true)
})

test('spoiled frames: nothing throws, nothing good is lost, nothing wrong is taken', long, () => {
  const tally = openTally()
  const chance = chanceOf(3)
  for (let round = 0; round < 2_500; round += 1) abuse(chance, tally, false)
  expect(tally.interleaved).toBeGreaterThan(7_000)
  // Some abuse leaves a whole frame around wrong content.
  expect(tally.taken).toBeGreaterThan(1_000)
})

test('raw bytes: nothing throws, nothing good is lost, nothing wrong is taken', long, () => {
  const tally = openTally()
  const chance = chanceOf(4)
  for (let round = 0; round < 2_500; round += 1) abuse(chance, tally, true)
  expect(tally.interleaved).toBeGreaterThan(7_000)
})

test('frames of the grammar: framed, and both decoders say the same', long, () => {
  const tally = openTally()
  const chance = chanceOf(2017)
  for (let round = 0; round < 20_000; round += 1) agree(chance, tally)
  expect(tally.readings).toBeGreaterThan(100_000)
  expect(tally.problems).toBeGreaterThan(10_000)
})

test('every kind of abuse comes to pass', () => {
  expect(Object.keys(abuses)).toHaveLength(11)
  for (const [name, spoil] of Object.entries(abuses)) {
    const chance = chanceOf(7)
    const whole = Array.from({ length: 200 }, () => isFrameSlowly(spoil(chance))).filter(Boolean).length
    const resealed = ['data without an end', 'no numbers', 'bytes of GBK', 'ten thousand parts'].includes(name)
    if (resealed) expect(whole, name).toBe(200)
    else expect(whole, name).toBeLessThan(150)
  }
})
