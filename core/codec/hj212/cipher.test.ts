import { expect, test } from 'vitest'
import { bytesOf } from './bytes.ts'
import { throughCipher, type BlockCipher } from './cipher.ts'
import { crcOf, sayCrc } from './crc.ts'
import { decode } from './decode.ts'
import { takeFrames, type TakeOptions } from './frame.ts'
import { frameOf } from './reply.ts'

/**
 * Made by `openssl enc -sm4-ecb -nopad -K 30…30` (the test key of HJ 212-2025 annex A.2, sixteen 0x30). The first area
 * ends in three characters beyond its last block, the second in none; the second holds a CR.
 */
const header = 'QN=20260601093000123;ST=39;CN=2011;PW=123456;MN=330482A89000160000000001;Flag=9;CP=&&'
const vectors = [
  {
    area: 'DataTime=20260601093000;a34004-Rtd=49.0,a34004-Flag=N;LA-Rtd=55.7,LA-Flag=N;Place=x',
    crc: '0E40',
    blocks:
      'de9bc6cd0799349c2f29c32ff25ae990392680a23c5c30829d011ba07a0e68970e5a354131c1b6a641739cdb0d14ec96' +
      '707bae1a43bc8958389495dbd1410020427b18988515f3f8cea4f06c1e9d1cba',
  },
  {
    area: 'DataTime=20260601093000;a34004-Rtd=93.6,a34004-Flag=N;LA-Rtd=67.5,LA-Flag=N;Place=xxxxxxxxxxxxxx',
    crc: '7F80',
    blocks:
      'de9bc6cd0799349c2f29c32ff25ae990392680a23c5c30829d011ba07a0e68970ef2f8d7ea4ddbeed54bdf0d8f707386' +
      'ca9cf3444850c2af13d694570b1095cf2324b01a8d75aa13fce13059c3773efafc866823d18b7f0ad77182b966fd5212',
  },
]

const bytesOfHex = (hex: string) => Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16))
const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Knows the vectors and no other ciphertext, which it turns into other bytes. */
const decrypt: BlockCipher = (blocks) => {
  const vector = vectors.find((one) => one.blocks === hexOf(blocks))
  return vector ? bytesOf(vector.area.slice(0, blocks.length)) : blocks.map((byte) => byte ^ 0x5a)
}

const ciphered = ({ area, crc, blocks }: (typeof vectors)[number]) => {
  const plain = bytesOf(`##${String(header.length + area.length + 2).padStart(4, '0')}${header}${area}&&${crc}\r\n`)
  plain.set(bytesOfHex(blocks), 6 + header.length)
  return plain
}
const frames = vectors.map(ciphered)
const keyed: TakeOptions = {
  toleranceOf: (mn) =>
    mn === '330482A89000160000000001' ? { crc: 'strict', ending: 'crlf', decrypt } : { crc: 'strict', ending: 'crlf' },
}
const take = (bytes: Uint8Array, options?: TakeOptions) => takeFrames(bytes, bytes.length, options).frames
const read = (bytes: Uint8Array, options?: TakeOptions) =>
  take(bytes, options).flatMap((frame) =>
    frame.kind === 'good' ? [decode(bytes, frame.dataStart, frame.dataEnd, frame)] : [],
  )
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

test('without the key a ciphered frame is proved by nothing and refused', () => {
  for (const frame of frames) {
    expect(take(frame).map(({ kind }) => kind)).not.toContain('good')
    expect(take(frame)[0]).toMatchObject({ kind: 'bad', claimedMn: '330482A89000160000000001' })
  }
})

test('with the key, a changed byte anywhere between head and ending is refused or leaves what was said', () => {
  const frame = frames[1]!
  const said = JSON.stringify(decode(bytesOf(`${header}${vectors[1]!.area}&&`)))
  for (let at = 6; at < frame.length - 2; at += 1) {
    const changed = Uint8Array.from(frame)
    changed[at]! ^= 1
    for (const message of read(changed, keyed)) expect(JSON.stringify(message), `byte ${at}`).toBe(said)
  }
})

test('ciphertext that nobody opens is told as such; it never becomes values', () => {
  const frame = frames[0]!
  expect(decode(frame, 6, frame.length - 6)).toMatchObject({
    mn: '330482A89000160000000001',
    dataTime: undefined,
    readings: [],
    fields: [],
    problems: [{ rule: 'data_ciphered', field: 'CP', text: '' }],
  })
})

test('the vectors open to what was said, their check value is that of the plain segment', () => {
  vectors.forEach(({ area, crc }, index) => {
    const plain = bytesOf(`${header}${area}&&`)
    expect(sayCrc(crcOf(plain))).toBe(crc)
    expect(read(frames[index]!, keyed)).toEqual([decode(plain)])
    expect(decode(plain).readings).toHaveLength(2)
  })
})

test('a device with a key may speak plainly, and a stream may hold both', () => {
  const plain = frameOf(`${header}${vectors[0]!.area}&&`)
  const stream = join(frames[0]!, plain, frames[1]!, plain)
  const messages = read(stream, keyed)
  expect(messages.map(({ readings }) => readings.length)).toEqual([2, 2, 2, 2])
  expect(take(stream, keyed).map((frame) => frame.kind === 'good' && frame.decrypt !== undefined)).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test('ciphertext that begins as data do is opened when only the key makes it fit', () => {
  const flip: BlockCipher = (blocks) => blocks.map((byte, index) => (index < 3 ? byte ^ 1 : byte))
  const frame = frameOf('ST=39;CN=2011;MN=A1;Flag=9;CP=&&`<0123456789abcd&&')
  frame.set(bytesOf('a=1'), 38)
  const taken = take(frame, { toleranceOf: () => ({ crc: 'strict', ending: 'crlf', decrypt: flip }) })
  expect(taken).toMatchObject([{ kind: 'good', decrypt: flip }])
})

test('byte by byte: the CR inside ciphertext ends nothing', () => {
  const stream = join(...frames, ...frames)
  for (let cut = 1; cut < stream.length; cut += 1) {
    const first = takeFrames(stream, cut, keyed)
    const rest = stream.subarray(first.used)
    const kinds = [...first.frames, ...takeFrames(rest, rest.length, keyed).frames].map(({ kind }) => kind)
    expect(kinds, `cut at ${cut}`).toEqual(['good', 'good', 'good', 'good'])
  }
})

test('a lying length of a device with a key costs no frame after it', () => {
  const lying = Uint8Array.from(frames[1]!)
  lying.set(bytesOf('0999'), 2)
  const last = frameOf('ST=91;CN=9013;MN=A1;Flag=8;CP=&&&&')
  const messages = read(join(lying, ...Array.from({ length: 60 }, () => last)), keyed)
  expect(messages).toHaveLength(60)
})

test('short areas, no area and an area without end go through no cipher', () => {
  for (const segment of ['MN=A1;CP=&&a=1&&', 'MN=A1;', 'MN=A1;CP=&&DataTime=20260601093000', 'CP=&&']) {
    const bytes = bytesOf(segment)
    expect(throughCipher(bytes, 0, bytes.length, decrypt)).toBeUndefined()
    expect(decode(bytes, 0, bytes.length, { decrypt })).toEqual(decode(bytes))
  }
})

test('only a 2025 frame is taken for ciphered, and only when its area does not begin as data do', () => {
  const area = (flag: number, text: string) => decode(bytesOf(`ST=39;CN=2011;MN=A1;Flag=${flag};CP=&&${text}&&`))
  const isCiphered = (flag: number, text: string) =>
    area(flag, text).problems.some(({ rule }) => rule === 'data_ciphered')
  expect(isCiphered(9, '0123456789abcdef')).toBe(true)
  expect(isCiphered(9, '0123456789abcde')).toBe(false)
  expect(isCiphered(5, '0123456789abcdef')).toBe(false)
  expect(isCiphered(9, 'Place=北门北门北门北门北门北门')).toBe(false)
  expect(isCiphered(9, ' SystemTime=20260601093000')).toBe(false)
})
