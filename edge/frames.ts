import {
  asciiOf,
  bytesOf,
  crcOf,
  decode,
  type GoodFrame,
  type Message,
  modbusOf,
  sayCrc,
  type Tolerance,
} from '@plumbline/core/codec/hj212'

/** The platform knows which device is forgiven what; here only what no reader would take is turned away. */
export const tolerance: Tolerance = { crc: 'either', ending: 'none' }

/** A frame of a device, and how it goes up. */
export interface Taken {
  message: Message
  /** Data (20xx): kept, and answered here. Everything else passes up and down as it comes. */
  upload: boolean
  /** Ends in CR LF, and asks for the answer by which we know that the platform has it; otherwise as it came. */
  upward: Uint8Array
}

export function takenOf(bytes: Uint8Array, { at, dataStart, dataEnd }: GoodFrame): Taken {
  const message = decode(bytes, dataStart, dataEnd)
  const upload = message.cn?.startsWith('20') === true && message.mn !== undefined && message.st !== undefined
  const plain = withEnding(bytes.subarray(at, dataEnd + 4))
  if (!upload || message.wantsAnswer) return { message, upload, upward: plain }
  const asking = askingSegment(asciiLatin(bytes, dataStart, dataEnd), message.flag)
  if (asking === undefined) return { message, upload: false, upward: plain }
  const given = asciiOf(bytes, dataEnd, dataEnd + 4).toUpperCase()
  const modbus =
    given === sayCrc(modbusOf(bytes, dataStart, dataEnd)) && given !== sayCrc(crcOf(bytes, dataStart, dataEnd))
  return { message, upload, upward: frameAround(asking, modbus) }
}

/** One character for each byte: what is not ASCII goes up as it came. */
const asciiLatin = (bytes: Uint8Array, start: number, end: number) =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1')

/** The same data with bit A of its Flag set (HJ 212-2017 table 4); undefined when the frame has no data area. */
function askingSegment(segment: string, flag: number): string | undefined {
  const data = segment.indexOf('CP=&&')
  if (data < 0) return undefined
  const header = segment.slice(0, data)
  const asking = /(^|;)Flag=\d+;/.test(header)
    ? header.replace(/(^|;)Flag=\d+;/, `$1Flag=${flag | 1};`)
    : `${header}Flag=${flag | 1};`
  return asking + segment.slice(data)
}

function frameAround(segment: string, modbus: boolean): Uint8Array {
  const data = Buffer.from(segment, 'latin1')
  const check = sayCrc(modbus ? modbusOf(data) : crcOf(data))
  return Buffer.concat([bytesOf(`##${String(data.length).padStart(4, '0')}`), data, bytesOf(`${check}\r\n`)])
}

const withEnding = (frame: Uint8Array): Uint8Array => Buffer.concat([frame, Buffer.from('\r\n')])
