import { expect, test } from 'vitest'
import { exceptionNames, judgeAnswer, readRequest, takeFrames, type ReadRequest } from './frame.ts'
import { answerTo, chanceOf, damaged, mapOf, requestOf, wordsOf } from './made.ts'
import { readsOf, valuesIn, type Register } from './registers.ts'
import { answerOf, type Registers } from './slave.ts'
import { judgeAnswerSlowly, takeFramesSlowly, valuesInSlowly } from './slow.ts'

/** Seconds of work on a busy machine; the limit only ends a hang. */
const long = { timeout: 300_000 }

const bytesOf = (hex: string) => Uint8Array.from(hex.split(' '), (pair) => Number.parseInt(pair, 16))
const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
const frameOf = (hex: string) => takeFrames(bytesOf(hex), hex.split(' ').length).frames[0]!

// Protocol 6.3: registers 108–110, that is addresses 107–109, hold 555, 0 and 100. In a frame of transaction 1 to unit 17.
const request: ReadRequest = { transaction: 1, unit: 17, table: 'holding', address: 107, count: 3 }
const asked = '00 01 00 00 00 06 11 03 00 6b 00 03'
const answered = '00 01 00 00 00 09 11 03 06 02 2b 00 00 00 64'

test('a request out of the protocol’s range is not made', () => {
  for (const part of [
    { transaction: -1 },
    { transaction: 0x10000 },
    { unit: 256 },
    { unit: 1.5 },
    { address: -1 },
    { address: 0x10000, count: 1 },
    { address: 0xffff, count: 2 },
    { count: 0 },
    { count: 126 },
    { count: NaN },
  ]) {
    expect(() => readRequest({ ...request, ...part }), JSON.stringify(part)).toThrow(RangeError)
  }
})

test('an answer that is not what was asked for gives no registers', () => {
  const wrong: [string, object][] = [
    [answered.replace('00 01', '00 02'), { kind: 'other' }],
    [answered.replace('11', '12'), { kind: 'wrong', reason: 'unit' }],
    [answered.replace('11 03', '11 04'), { kind: 'wrong', reason: 'function' }],
    [answered.replace('11 03', '11 84'), { kind: 'wrong', reason: 'function' }],
    [answered.replace('03 06', '03 04'), { kind: 'wrong', reason: 'length' }],
    ['00 01 00 00 00 08 11 03 06 02 2b 00 00 00', { kind: 'wrong', reason: 'length' }],
    ['00 01 00 00 00 07 11 03 04 02 2b 00 00', { kind: 'wrong', reason: 'length' }],
    ['00 01 00 00 00 0a 11 03 06 02 2b 00 00 00 64 00', { kind: 'wrong', reason: 'length' }],
    ['00 01 00 00 00 02 11 03', { kind: 'wrong', reason: 'length' }],
    ['00 01 00 00 00 02 11 83', { kind: 'wrong', reason: 'length' }],
    ['00 01 00 00 00 04 11 83 02 00', { kind: 'wrong', reason: 'length' }],
  ]
  for (const [hex, told] of wrong) {
    expect(judgeAnswer(request, frameOf(hex)), hex).toEqual(told)
    expect(judgeAnswerSlowly(request, frameOf(hex)), hex).toEqual(told)
  }
})

test('a stream that lost its frame is given up, and what came before stands', () => {
  const broken: [string, string][] = [
    ['00 01 00 01', 'protocol'],
    ['00 01 48 54 54 50', 'protocol'],
    ['00 01 00 00 00 00', 'length'],
    ['00 01 00 00 00 01', 'length'],
    ['00 01 00 00 00 ff', 'length'],
    ['00 01 00 00 01 00', 'length'],
  ]
  for (const [hex, reason] of broken) {
    const bytes = bytesOf(`${answered} ${hex}`)
    const taken = takeFrames(bytes, bytes.length)
    expect(taken, hex).toMatchObject({ frames: [{ transaction: 1 }], used: 15, broken: reason })
    expect(takeFramesSlowly(bytes, bytes.length)).toEqual(taken)
  }
})

test('exceptions by their names', () => {
  for (const [code, name] of Object.entries(exceptionNames)) {
    const hex = `00 01 00 00 00 03 11 83 ${Number(code).toString(16).padStart(2, '0')}`
    expect(judgeAnswer(request, frameOf(hex))).toEqual({ kind: 'exception', code: Number(code), name })
  }
  expect(judgeAnswer(request, frameOf('00 01 00 00 00 03 11 83 07'))).toMatchObject({
    code: 7,
    name: 'unknown_exception',
  })
})

test('the examples of the specifications', () => {
  // Protocol 6.3 and 6.4; the input register 9 holds 10.
  expect(hexOf(readRequest(request))).toBe(asked)
  expect(judgeAnswer(request, frameOf(answered))).toEqual({ kind: 'registers', registers: [555, 0, 100] })
  const input: ReadRequest = { transaction: 2, unit: 1, table: 'input', address: 8, count: 1 }
  expect(hexOf(readRequest(input))).toBe('00 02 00 00 00 06 01 04 00 08 00 01')
  expect(judgeAnswer(input, frameOf('00 02 00 00 00 05 01 04 02 00 0a'))).toEqual({
    kind: 'registers',
    registers: [10],
  })
  // The request of the guide: transaction 0x1501, unit 255, one register at 4.
  const guide: ReadRequest = { transaction: 0x1501, unit: 255, table: 'holding', address: 4, count: 1 }
  expect(hexOf(readRequest(guide))).toBe('15 01 00 00 00 06 ff 03 00 04 00 01')
})

test('the cut of a stream does not depend on its pieces', () => {
  const bytes = bytesOf(`${answered} 00 02 00 00 00 05 01 04 02 00 0a ${answered}`)
  const whole = takeFrames(bytes, bytes.length)
  expect(whole).toMatchObject({ used: bytes.length, broken: undefined })
  expect(whole.frames.map(({ transaction }) => transaction)).toEqual([1, 2, 1])
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const first = takeFrames(bytes, cut)
    const rest = bytes.slice(first.used)
    expect([...first.frames, ...takeFrames(rest, rest.length).frames]).toEqual(whole.frames)
  }
})

const entry = (part: Partial<Register>): Register => ({
  register: 0,
  table: 'holding',
  type: 'u16',
  scale: 1,
  quantity: 'power',
  ...part,
})

const readOf = (part: Partial<Register>) => readsOf([entry(part)])[0]!

test('registers outside of the table are no map; bits that are no number are no value', () => {
  expect(() => readsOf([entry({ register: -1 })])).toThrow(RangeError)
  expect(() => readsOf([entry({ register: 0x10000 })])).toThrow(RangeError)
  expect(() => readsOf([entry({ register: 0xffff, type: 'u32' })])).toThrow(RangeError)
  const missing = { values: [], missing: ['power'] }
  // NaN, signalling NaN, infinities.
  for (const words of [
    [0x7fc0, 0],
    [0x7f80, 1],
    [0x7f80, 0],
    [0xff80, 0],
  ]) {
    expect(valuesIn(readOf({ type: 'f32' }), words)).toEqual(missing)
  }
  // Half of a value, none of one, and a scale that is none.
  expect(valuesIn(readOf({ type: 'u32' }), [1])).toEqual(missing)
  expect(valuesIn(readOf({}), [])).toEqual(missing)
  expect(valuesIn(readOf({ scale: NaN }), [1])).toEqual(missing)
})

test('typed registers: the words that struct.pack of Python makes of a number', () => {
  const told: [Partial<Register>, number[], number][] = [
    [{ type: 'u16' }, [65_331], 65_331],
    [{ type: 'i16' }, [65_331], -205],
    [{ type: 'i16', scale: 0.1 }, [65_331], -20.5],
    [{ type: 'u16', scale: 0.1 }, [225], 22.5],
    [{ type: 'u32' }, [61_035, 10_240], 4_000_000_000],
    [{ type: 'u32', wordOrder: 'little' }, [10_240, 61_035], 4_000_000_000],
    [{ type: 'i32' }, [65_517, 10_617], -1_234_567],
    [{ type: 'i32', wordOrder: 'little', scale: 0.01 }, [10_617, 65_517], -12_345.67],
    [{ type: 'f32' }, [16_827, 13_107], 23.4],
    [{ type: 'f32', wordOrder: 'little' }, [13_107, 16_827], 23.4],
    [{ type: 'f32' }, [48_588, 52_429], -0.1],
    [{ type: 'f32' }, [17_254, 29_491], 230.45],
    [{ type: 'f32' }, [19_327, 65_535], 16_777_215],
    [{ type: 'f32' }, [32_639, 65_535], 3.4028235e38],
    [{ type: 'f32' }, [1, 5826], 1e-40],
    [{ type: 'f32' }, [0x8000, 0], 0],
  ]
  for (const [part, words, value] of told) {
    const { values } = valuesIn(readOf(part), words)
    expect(values, JSON.stringify(part)).toEqual([{ quantity: 'power', value }])
    expect(valuesInSlowly(readOf(part), words).values).toEqual(values)
  }
})

test('a map is read in as few requests as hold it, and no value is cut in two', () => {
  const at = (register: number, type: Register['type'] = 'u16') => entry({ register, type })
  const sizes = (map: Register[], gap?: number) =>
    readsOf(map, gap).map(({ table, address, count }) => ({ table, address, count }))
  expect(sizes([])).toEqual([])
  expect(sizes([at(3), at(0, 'f32'), at(2), at(2)])).toEqual([{ table: 'holding', address: 0, count: 4 }])
  expect(sizes([at(0), at(2)])).toHaveLength(2)
  expect(sizes([at(0), at(2)], 1)).toEqual([{ table: 'holding', address: 0, count: 3 }])
  expect(sizes([at(0), entry({ register: 1, table: 'input' })])).toHaveLength(2)
  const many = Array.from({ length: 100 }, (_, index) => at(index * 2, 'u32'))
  expect(sizes(many)).toEqual([
    { table: 'holding', address: 0, count: 124 },
    { table: 'holding', address: 124, count: 76 },
  ])
})

test('the slave refuses as the state diagrams say', () => {
  const registers: Registers = {
    holding: new Map([
      [107, 555],
      [108, 0],
      [109, 100],
    ]),
    input: new Map([[8, 10]]),
  }
  const reply = (hex: string) => hexOf(answerOf(frameOf(hex), registers))
  expect(reply('00 01 00 00 00 06 11 06 00 6b 00 03')).toBe('00 01 00 00 00 03 11 86 01')
  expect(reply('00 01 00 00 00 06 11 03 00 6b 00 00')).toBe('00 01 00 00 00 03 11 83 03')
  expect(reply('00 01 00 00 00 06 11 03 00 6b 00 7e')).toBe('00 01 00 00 00 03 11 83 03')
  expect(reply('00 01 00 00 00 04 11 03 00 6b')).toBe('00 01 00 00 00 03 11 83 03')
  expect(reply('00 01 00 00 00 06 11 03 00 6b 00 04')).toBe('00 01 00 00 00 03 11 83 02')
  expect(reply('00 01 00 00 00 06 11 04 ff ff 00 02')).toBe('00 01 00 00 00 03 11 84 02')
  expect(reply(asked)).toBe(answered)
})

test('20,000 made conversations: both readers say the same, whole and damaged', long, () => {
  const chance = chanceOf(502)
  const kinds = new Map<string, number>()
  for (let round = 0; round < 20_000; round += 1) {
    const wanted = requestOf(chance)
    const stream = Uint8Array.from([...answerTo(wanted, chance), ...answerTo(requestOf(chance), chance)])
    for (const bytes of [stream, damaged(stream, chance)]) {
      const taken = takeFrames(bytes, bytes.length)
      if (JSON.stringify(taken) !== JSON.stringify(takeFramesSlowly(bytes, bytes.length))) {
        expect(taken).toEqual(takeFramesSlowly(bytes, bytes.length))
      }
      for (const frame of taken.frames) {
        const told = judgeAnswer(wanted, frame)
        expect(told).toEqual(judgeAnswerSlowly(wanted, frame))
        kinds.set(told.kind, (kinds.get(told.kind) ?? 0) + 1)
      }
    }
  }
  for (const kind of ['registers', 'exception', 'other', 'wrong']) expect(kinds.get(kind), kind).toBeGreaterThan(500)
})

test('20,000 made maps: every value is read once, and both readers say the same of it', long, () => {
  const chance = chanceOf(485)
  for (let round = 0; round < 20_000; round += 1) {
    const map = mapOf(chance)
    const reads = readsOf(map, chance(3) === 0 ? 10 : 0)
    let found = 0
    for (const read of reads) {
      expect(read.count).toBeLessThanOrEqual(125)
      const words = wordsOf(read.count, chance)
      const values = valuesIn(read, words)
      found += values.values.length + values.missing.length
      if (JSON.stringify(values) !== JSON.stringify(valuesInSlowly(read, words))) {
        expect(values).toEqual(valuesInSlowly(read, words))
      }
    }
    expect(found).toBe(map.length)
  }
})
