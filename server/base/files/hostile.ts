import { crc32, deflateRawSync, deflateSync } from 'node:zlib'

/** Makers of hostile files for the tests: bytes with whatever lies a test wants to tell. */

/** A PNG whose header claims any size, with right sums. */
export function png(
  width: number,
  height: number,
  { extra = [] as [string, Buffer][], behind = Buffer.alloc(0) as Buffer } = {},
): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type, 'latin1'), body])
    return Buffer.concat([u32be(body.length), typed, u32be(crc32(typed))])
  }
  const header = Buffer.concat([u32be(width), u32be(height), Buffer.from([8, 0, 0, 0, 0])])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...extra.map(([type, body]) => chunk(type, body)),
    chunk('IDAT', deflateSync(Buffer.alloc(1024))),
    chunk('IEND', Buffer.alloc(0)),
    behind,
  ])
}

export interface ZipEntry {
  name: string
  data: Buffer
  /** What the directory says it inflates to, when it lies. */
  claims?: number
}

/** A ZIP in which the lengths may lie. */
export function zip(entries: ZipEntry[], before = Buffer.alloc(0)): Buffer {
  const locals: Buffer[] = [before]
  const directory: Buffer[] = []
  let offset = before.length
  for (const { name, data, claims } of entries) {
    const packed = deflateRawSync(data)
    const about = Buffer.concat([
      u16(20),
      u16(0x800),
      u16(8),
      u32(0),
      u32(crc32(data)),
      u32(packed.length),
      u32(claims ?? data.length),
    ])
    const title = Buffer.from(name)
    const local = Buffer.concat([u32(0x04034b50), about, u16(title.length), u16(0), title, packed])
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(20),
        about,
        u16(title.length),
        u16(0),
        u16(0),
        u16(0),
        u16(0),
        u32(0),
        u32(offset),
        title,
      ]),
    )
    locals.push(local)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const count = Math.min(entries.length, 0xffff)
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(count),
    u16(count),
    u32(list.length),
    u32(offset),
    u16(0),
  ])
  return Buffer.concat([...locals, list, end])
}

/** The least that counts as a workbook, with the given sheet and further entries. */
export function workbook(sheet: string | Buffer, further: ZipEntry[] = []): Buffer {
  return zip([
    { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
    { name: 'xl/workbook.xml', data: Buffer.from('<workbook/>') },
    { name: 'xl/worksheets/sheet1.xml', data: Buffer.from(sheet) },
    ...further,
  ])
}

/** A PDF of one object, and whatever stands behind its end. */
export const pdf = (object: string | Buffer, behind = '') =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n'),
    Buffer.from(object),
    Buffer.from(`\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n${behind}`, 'latin1'),
  ])

/** A PDF whose object stands in a deflated object stream, where a search of the bytes does not see it. */
export const veiledPdf = (object: string, dictionary = '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode') =>
  pdf(
    Buffer.concat([
      Buffer.from(`<< ${dictionary} >>\nstream\n`),
      deflateSync(Buffer.from(`2 0 ${object}`)),
      Buffer.from('\nendstream'),
    ]),
  )

const u16 = (value: number) => Buffer.from([value & 255, value >>> 8])
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
const u32be = (value: number) => u32(value).reverse()
