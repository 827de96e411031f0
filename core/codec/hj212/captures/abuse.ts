import { asciiOf, bytesOf, textOf } from '../bytes.ts'
import { crcOf, sayCrc } from '../crc.ts'
import { longestData } from '../frame.ts'
import { damaged, pick, segmentOf, type Chance } from './made.ts'

/** A valid segment that fits into a frame. */
export function fittingSegment(chance: Chance): Uint8Array {
  for (;;) {
    const segment = bytesOf(segmentOf(chance))
    if (segment.length <= longestData) return segment
  }
}

export const joined = (...parts: (Uint8Array | string)[]): Uint8Array => {
  const all = parts.map((part) => (typeof part === 'string' ? bytesOf(part) : part))
  const bytes = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of all) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** A frame around bytes of any kind, with its right length and check value. */
export const sealed = (data: Uint8Array): Uint8Array =>
  joined(`##${String(data.length).padStart(4, '0')}`, data, `${sayCrc(crcOf(data))}\r\n`)

export const validFrame = (chance: Chance): Uint8Array => sealed(fittingSegment(chance))

const inserted = (bytes: Uint8Array, at: number, more: readonly number[]) =>
  joined(bytes.subarray(0, at), Uint8Array.from(more), bytes.subarray(at))

const wrongNumbers = [
  'NaN',
  'Inf',
  '-Infinity',
  '1e309',
  '-',
  '--1',
  '-0',
  '-5.2',
  '1e5',
  '0x1F',
  '1,5',
  '9'.repeat(40),
]
/** 扬尘 and 北门 in GBK, and the first half of a character. */
const gbk = [[0xd1, 0xef, 0xb3, 0xbe], [0xb1, 0xb1, 0xc3, 0xc5], [0xd1]]

/**
 * Ways in which a device, a line or a stranger spoils a frame. Some leave a frame that is whole again around wrong
 * content, the others leave none, or one only by chance.
 */
export const abuses: Readonly<Record<string, (chance: Chance) => Uint8Array>> = {
  'a length that lies': (chance) => {
    const frame = validFrame(chance)
    const length = frame.length - 12
    const lies = [length - 1, length + 1, chance(10_000), 0, 1024, 1025, 9999].map((lie) => Math.max(0, lie))
    const text = chance(6) === 0 ? pick(chance, ['12 4', '-001', '0x1F', '##00']) : String(pick(chance, lies))
    frame.set(bytesOf(text.padStart(4, '0').slice(-4)), 2)
    return frame
  },
  'a check value off by one': (chance) => {
    const frame = validFrame(chance)
    const crc = Number.parseInt(asciiOf(frame, frame.length - 6, frame.length - 2), 16)
    frame.set(bytesOf(sayCrc((crc + (chance(2) === 0 ? 1 : 0xffff)) & 0xffff)), frame.length - 6)
    return frame
  },
  'heads inside the data': (chance) => {
    const segment = fittingSegment(chance).subarray(0, longestData - 6)
    const spoiled = inserted(segment, chance(segment.length), [35, 35, ...bytesOf(pick(chance, ['', '0087', '9999']))])
    return chance(2) === 0 ? sealed(spoiled) : sealed(segment).fill(35, 20, 22)
  },
  'data without an end': (chance) => sealed(bytesOf(textOf(fittingSegment(chance)).replace(/&&[& ]*$/, ''))),
  'no numbers': (chance) => {
    const number = pick(chance, wrongNumbers)
    return sealed(
      bytesOf(textOf(fittingSegment(chance)).replace(/-(\w+)=[^,;&]*/g, `-$1=${number}`)).subarray(0, longestData),
    )
  },
  'bytes of GBK': (chance) => {
    const segment = fittingSegment(chance).subarray(0, longestData - 4)
    return sealed(inserted(segment, chance(segment.length), pick(chance, gbk)))
  },
  'ten thousand parts': (chance) => {
    const pnum = pick(chance, [0, 1, 2, 9_999, 10_000, 99_999, 100_000])
    const head = `ST=39;CN=2061;MN=A${chance(50)};Flag=7;PNUM=${pnum};PNO=${chance(10_002)};`
    return sealed(bytesOf(`${head}CP=&&DataTime=2025112009000${chance(10)};LA-Avg=6${chance(10)}.2,LA-Flag=N&&`))
  },
  'a field that does not end': (chance) => {
    const size = chance(200) === 0 ? 1_000_000 : chance(5_000)
    return joined(
      `##${pick(chance, ['1024', '0375', '9999'])}QN=`,
      new Uint8Array(size).fill(pick(chance, [48, 65, 59])),
    )
  },
  'a frame cut short': (chance) => {
    const frame = validFrame(chance)
    return frame.subarray(0, chance(frame.length))
  },
  'a frame without its line ending': (chance) => validFrame(chance).subarray(0, -1 - chance(2)),
  'damage of any kind': (chance) => damaged(validFrame(chance), chance),
}

/** Bytes that come from nowhere: half of them such as frames are made of. */
export function rawBytes(chance: Chance): Uint8Array {
  const common = bytesOf('##0123456789;=&,-\r\nQNMPWSTCabc')
  return Uint8Array.from({ length: chance(600) }, () => (chance(2) === 0 ? pick(chance, [...common]) : chance(256)))
}
