// @vitest-environment node
import { type Proof, sayKey } from '@plumbline/core/evidence'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readKeys, readProof, tools } from './reading.ts'
import { judge, type Verdict } from './verdict.ts'

const captured = (name: string) => readFileSync(join(import.meta.dirname, 'captures', name))
const proofIn = (name: string): Proof => {
  const read = readProof(captured(name).toString())
  if ('fault' in read) throw new Error(read.fault)
  return read.value
}
const file = proofIn('file.proof')
const act = proofIn('act.proof')
const original = captured('original.png')
/** Node's hash, not the page's. */
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const noKeys = { witnesses: [] }
const known = { log: file.log, witnesses: file.witnesses }
const badOf = ({ lines }: Verdict) => lines.filter(({ mark }) => mark === 'bad').map(({ step }) => step)
const changed = (change: Partial<Proof>): Proof => ({ ...file, ...change })
const judged = (proof: Proof) => judge(proof, digestOf(original), known)

describe('what is not a proof is refused', () => {
  test.each(['', 'hello', '{}', 'null', JSON.stringify({ ...file, format: 'plumbline/proof/v2' })])('%j', (text) => {
    expect(readProof(text)).toHaveProperty('fault')
  })
})

describe('keys that cannot be read are named by their line', () => {
  test('a slip of the hand in a key', () => {
    const slipped = file.log.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect(readKeys(`${file.witnesses[0]}\n\n${slipped}`)).toEqual({ fault: '第 3 行不是公钥，或者抄写有误。' })
  })
  test('keys of two logs', () => {
    const other = sayKey(tools.sha256, { name: 'other', signs: 'log', publicKey: new Uint8Array(32) })
    expect(readKeys(`${file.log}\n${other}`)).toEqual({ fault: '只能填写一个日志公钥。' })
  })
  test('addresses, notes and repetitions are passed over', () => {
    const [first, second] = file.witnesses
    expect(readKeys(`# 2026\n${file.log}\n${first} http://10.0.0.2:8090\n ${second}\n${first}\n`)).toEqual({
      value: { log: file.log, witnesses: [first, second] },
    })
  })
})

describe('what was changed does not fit, and the step says where', () => {
  test.each([0, 3000, original.length - 1])('byte %i of the file', (at) => {
    const flipped = Buffer.from(original)
    flipped[at]! ^= 1
    const verdict = judge(file, digestOf(flipped), known)
    expect(verdict.result).toBe('differs')
    expect(badOf(verdict)).toEqual(['file'])
  })

  test.each([
    ['the content', changed({ content: file.content.replace('image/png', 'image/jpg') }), 'content'],
    ['the salt', changed({ salt: `00${file.salt.slice(2)}` }), 'content'],
    ['the place in the log', changed({ seq: file.seq + 1 }), 'inclusion'],
    ['the path', changed({ path: file.path.toReversed() }), 'inclusion'],
  ] as const)('%s', (_, proof, step) => {
    const verdict = judged(proof)
    expect(verdict.result).toBe('differs')
    expect(badOf(verdict)).toEqual([step])
  })

  test('the checkpoint: no signature under it holds any more', () => {
    const verdict = judged(
      changed({ checkpoint: file.checkpoint.replace(/\n(\d+)\n/, (_, size) => `\n${+size + 1}\n`) }),
    )
    expect(badOf(verdict)).toEqual(expect.arrayContaining(['log', 'witnesses']))
    expect(verdict.witnesses.map(({ at }) => at)).toEqual([null, null, null])
  })

  test('a single witness is not enough', () => {
    const lines = file.checkpoint.split('\n').filter((line) => !/^— (人社局|生态环境局) /.test(line))
    const verdict = judged(changed({ checkpoint: lines.join('\n') }))
    expect(badOf(verdict)).toEqual(['witnesses'])
    expect(verdict.witnesses.filter(({ at }) => at === null).map(({ name }) => name)).toEqual(['人社局', '生态环境局'])
  })

  test('a proof that agrees with itself does not stand against other keys that are known', () => {
    const stranger = (signs: 'log' | 'witness') =>
      sayKey(tools.sha256, { name: file.log.split('+')[0]!, signs, publicKey: new Uint8Array(32).fill(9) })
    const others = { log: stranger('log'), witnesses: [stranger('witness')] }
    expect(judge(file, undefined, noKeys).result).toBe('open')
    expect(badOf(judge(file, undefined, others))).toEqual(['log', 'witnesses'])
  })

  test('a file for an entry that is of an act', () => {
    expect(badOf(judge(act, digestOf(original), noKeys))).toEqual(['file'])
  })
})

test('the file itself fits, step by step, with the witnesses and their times', () => {
  const verdict = judged(file)
  expect(verdict.result).toBe('fits')
  expect(verdict.lines.map(({ step, mark }) => `${step} ${mark}`)).toEqual([
    'file ok',
    'content ok',
    'inclusion ok',
    'log ok',
    'witnesses ok',
  ])
  expect(verdict.witnesses.map(({ name }) => name)).toEqual(['人社局', '生态环境局', '应急管理局'])
  for (const { at } of verdict.witnesses) expect(at).toMatch(/^2026-11-2\d \d\d:\d\d$/)
})

test('without the original a proof of a file is left open; one of an act needs none', () => {
  expect(judge(file, undefined, known).result).toBe('open')
  const verdict = judge(act, undefined, noKeys)
  expect(verdict.result).toBe('fits')
  expect(verdict.lines[0]?.mark).toBe('none')
})

test('which keys came from the proof itself is told', () => {
  const { log, witnesses } = known
  expect(judge(act, undefined, noKeys).ownKeys).toBe('all')
  expect(judge(act, undefined, { log, witnesses: [] }).ownKeys).toBe('witnesses')
  expect(judge(act, undefined, { witnesses }).ownKeys).toBe('log')
  expect(judge(act, undefined, known).ownKeys).toBe('none')
})
