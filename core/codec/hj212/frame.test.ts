import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, textOf } from './bytes.ts'
import { captured, getCaptured } from './captures/captured.ts'
import { chanceOf, damaged } from './captures/made.ts'
import { modbusOf, sayCrc } from './crc.ts'
import { takeFrames, type BadFrame, type TakeOptions } from './frame.ts'

/** Seconds of work on a busy machine; the limit only ends a hang. */
const long = { timeout: 120_000 }

const f1 = getCaptured('f01')
const f2 = getCaptured('f02')
const s1 = getCaptured('s1')

const join = (...parts: (Uint8Array | string)[]) =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? bytesOf(part) : part)]))

const take = (bytes: Uint8Array, options?: TakeOptions) => takeFrames(bytes, bytes.length, options)

const bads = (bytes: Uint8Array, options?: TakeOptions) =>
  take(bytes, options).frames.filter((frame) => frame.kind === 'bad')

const goods = (bytes: Uint8Array, options?: TakeOptions) =>
  take(bytes, options).frames.flatMap((frame) =>
    frame.kind === 'good' ? [textOf(bytes, frame.dataStart, frame.dataEnd)] : [],
  )

const segment = (frame: Uint8Array) => textOf(frame, 6, frame.length - 6)

const edited = (frame: Uint8Array, from: string, to: string) => bytesOf(textOf(frame).replace(from, to))

/** Reads a stream in pieces as a socket brings them, keeping only what `used` leaves. */
function inPieces(bytes: Uint8Array, sizes: Iterator<number>) {
  const seen: unknown[] = []
  let kept = new Uint8Array(0)
  let longest = 0
  for (let at = 0; at < bytes.length;) {
    const size = Math.max(1, sizes.next().value as number)
    kept = join(kept, bytes.subarray(at, at + size)) as Uint8Array<ArrayBuffer>
    at += size
    const { frames, used } = takeFrames(kept, kept.length)
    for (const frame of frames) {
      seen.push(frame.kind === 'good' ? textOf(kept, frame.dataStart, frame.dataEnd) : { ...frame, at: 0, end: 0 })
    }
    kept = kept.slice(used)
    longest = Math.max(longest, kept.length)
  }
  return { seen, longest }
}

function* steady(size: number) {
  for (;;) yield size
}

test('a wrong check value is refused and both values are told', () => {
  expect(bads(edited(f1, 'ACC1', 'ACC0'))).toMatchObject([
    { reason: 'crc', claimedMn: '330482A89000160000000001', expectedCrc: 'ACC1', givenCrc: 'ACC0' },
  ])
  expect(bads(edited(f1, '68.0', '68.1'))).toMatchObject([{ reason: 'crc', givenCrc: 'ACC1' }])
  expect(bads(edited(f1, 'ACC1', 'AC\u0001!'))).toMatchObject([{ reason: 'crc', givenCrc: 'AC?!' }])
})

test('a lying length is refused as such, and the frames after it survive', () => {
  for (const [from, to] of [
    ['##0375', '##0374'],
    ['##0375', '##0999'],
    ['##0375', '##0012'],
  ] as const) {
    const lying = edited(f1, from, to)
    expect(bads(lying)).toMatchObject([
      {
        reason: 'length',
        declaredLength: Number(to.slice(2)),
        actualLength: 375,
        expectedCrc: 'ACC1',
        givenCrc: 'ACC1',
      },
    ])
    expect(goods(join(lying, f2, s1))).toEqual([segment(f2), segment(s1)])
  }
  expect(bads(edited(f1, '##0375', '##03X5'))).toMatchObject([{ reason: 'length', actualLength: 375 }])
})

test('a length beyond the standard is refused before a byte of it is waited for', () => {
  const lying = edited(f1, '##0375', '##1025')
  expect(bads(lying)).toMatchObject([
    { reason: 'oversize', declaredLength: 1025, claimedMn: '330482A89000160000000001' },
  ])
  expect(goods(join(lying, f2))).toEqual([segment(f2)])
})

test('a missing ending is refused unless the device is forgiven it', () => {
  const noLf = edited(f1, '\r\n', '\r')
  const noCrLf = edited(f1, '\r\n', '')
  const forgiving = (ending: 'cr' | 'none'): TakeOptions => ({ toleranceOf: () => ({ crc: 'strict', ending }) })
  for (const frame of [noLf, noCrLf]) {
    expect(bads(join(frame, f2))).toMatchObject([{ reason: 'terminator', claimedMn: '330482A89000160000000001' }])
    expect(goods(join(frame, f2))).toEqual([segment(f2)])
  }
  expect(bads(join(noCrLf, f2), forgiving('cr'))).toHaveLength(1)
  expect(goods(join(noLf, noLf, f2), forgiving('cr'))).toEqual([segment(f1), segment(f1), segment(f2)])
  expect(goods(join(noCrLf, noLf, f2), forgiving('none'))).toEqual([segment(f1), segment(f1), segment(f2)])
  expect(goods(noCrLf, forgiving('none'))).toEqual([segment(f1)])
})

test('MODBUS is forgiven to the device that is known for it, and to no other', () => {
  const modbus = edited(f1, 'ACC1', sayCrc(modbusOf(f1, 6, f1.length - 6)))
  const options: TakeOptions = {
    toleranceOf: (mn) => ({ crc: mn === '330482A89000160000000001' ? 'modbus' : 'strict', ending: 'crlf' }),
  }
  expect(bads(modbus)).toMatchObject([{ reason: 'crc' }])
  expect(goods(modbus, options)).toEqual([segment(f1)])
  expect(goods(s1, options)).toEqual([segment(s1)])
  expect(goods(f1, options)).toEqual([])
})

test('no flip of one byte of F1 is ever taken for other data', long, () => {
  const flipped = Uint8Array.from(join(f1, f2))
  const first = segment(f1)
  const second = segment(f2)
  let refused = 0
  for (let at = 0; at < f1.length; at += 1) {
    for (let byte = 0; byte < 256; byte += 1) {
      if (byte === f1[at]) continue
      flipped[at] = byte
      const found = goods(flipped)
      if (found.at(-1) !== second) expect.fail(`byte ${at} as ${byte} cost the next frame`)
      if (found.length === 1) refused += 1
      else if (found.length > 2 || found[0] !== first) expect.fail(`byte ${at} as ${byte} was accepted`)
    }
    flipped[at] = f1[at]!
  }
  // All but the three letters of ACC1 in lower case.
  expect(refused).toBe(f1.length * 255 - 3)
})

test('every capture is a good frame, alone and joined', () => {
  expect(captured.size).toBe(20)
  for (const frame of captured.values()) expect(goods(frame)).toEqual([segment(frame)])
  const all = [...captured.values()]
  expect(goods(join(...all))).toEqual(all.map(segment))
})

test('lower case of the check value is taken', () => {
  expect(goods(edited(f1, 'ACC1', 'acc1'))).toEqual([segment(f1)])
})

test('one byte at a time, with dirt and stray signs before and between', () => {
  const banner = '\n> plumbline@0.1.0 frame\n> node scripts/frame.ts pm25=75.1\n\n'
  for (const dirt of [banner, '#', '###', '#x#', '\r\n', '0375', '\u0000\u00ff', '# #']) {
    const stream = join(dirt, f1, dirt, f2, s1)
    expect(goods(stream)).toEqual([f1, f2, s1].map(segment))
    expect(inPieces(stream, steady(1)).seen).toEqual([f1, f2, s1].map(segment))
  }
})

test(
  'the cut of the stream never matters, whatever the damage, and a good frame between damaged ones survives',
  long,
  () => {
    const chance = chanceOf(212)
    for (let round = 0; round < 1500; round += 1) {
      const stream = join(damaged(f1, chance), '\r\n', f2, damaged(s1, chance), '\r\n', f2)
      const whole = inPieces(stream, steady(stream.length)).seen
      const sizes: Iterator<number> = { next: () => ({ value: 1 + chance(90), done: false }) }
      expect(inPieces(stream, sizes).seen).toEqual(whole)
      expect(whole.filter((frame) => frame === segment(f2))).toHaveLength(2)
      if (round % 50 === 0) expect(inPieces(stream, steady(1)).seen).toEqual(whole)
    }
  },
)

test('what is kept between calls is never longer than one frame', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3000 }),
      fc.constantFrom('##', '##1024', '##0999', '##9999', '#'),
      (noise, head) => {
        const stream = join(
          head,
          noise.map((byte) => (byte % 7 === 0 ? 35 : byte)),
          head,
          new Uint8Array(3000).fill(48),
        )
        expect(inPieces(stream, steady(97)).longest).toBeLessThanOrEqual(1024 + 12 + 97)
      },
    ),
    { numRuns: 60 },
  )
})

test('bad frames carry their bytes', () => {
  const bad = bads(join('dirt', edited(f1, 'ACC1', 'ACC2'), f2))[0] as BadFrame
  expect(bad.at).toBe(4)
  expect(textOf(bad.raw)).toBe(textOf(f1).replace('ACC1', 'ACC2'))
})
