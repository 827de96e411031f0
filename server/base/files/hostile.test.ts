import { describe, expect, test } from 'vitest'
import { readShot } from './exif.ts'
import { pdf, png, veiledPdf, workbook, zip } from './hostile.ts'
import { inspectFile, MOST_BYTES } from './inspect.ts'
import { blank, jpeg, text, zeros } from './samples.ts'

const sheet = (inner: string) => `<worksheet><sheetData>${inner}</sheetData></worksheet>`
const segment = (marker: number, body: string) =>
  Buffer.concat([Buffer.from([0xff, marker, 0, body.length + 2]), Buffer.from(body, 'latin1')])
/** A JPEG with one more segment right behind SOI. */
const withSegment = (marker: number, body: string) =>
  Buffer.concat([jpeg.subarray(0, 2), segment(marker, body), jpeg.subarray(2)])

const hostile: [string, () => Buffer | Promise<Buffer>, rule: string][] = [
  ['nothing', () => Buffer.alloc(0), 'file_empty'],
  ['one byte too many', () => Buffer.alloc(MOST_BYTES + 1), 'file_too_big'],
  ['plain text', () => text('hello'), 'file_type_unknown'],
  ['HTML', () => text('<!doctype html><script>alert(1)</script>'), 'file_type_unknown'],
  [
    'SVG with a script',
    () => text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    'file_type_unknown',
  ],
  [
    'SVG with an entity',
    () => text('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg/>'),
    'file_type_not_allowed',
  ],
  ['a program', () => text(`\x7fELF\x02\x01\x01${'\0'.repeat(64)}`), 'file_type_not_allowed'],
  [
    'GIF of 30,000 frames',
    () =>
      Buffer.concat([
        text('GIF89a\x01\0\x01\0\0\0\0'),
        Buffer.alloc(30_000 * 15, text('\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0')),
        text(';'),
      ]),
    'file_type_not_allowed',
  ],
  ['GIF that is a script', () => text('GIF89a/*\0\0\0\0\0*/=1;alert(1)//;'), 'file_type_not_allowed'],
  ['PNG of 65,535 x 65,535', () => png(65_535, 65_535), 'image_too_large'],
  ['PNG that lacks its rows', () => png(4000, 4000), 'image_broken'],
  [
    'PNG with a wrong sum',
    () => {
      const bad = png(16, 16)
      bad[20]! ^= 1
      return bad
    },
    'image_broken',
  ],
  ['animated PNG', () => png(16, 16, { extra: [['acTL', Buffer.alloc(8)]] }), 'image_animated'],
  [
    'PNG with a page in a text chunk',
    () => png(16, 16, { extra: [['tEXt', text('Comment\0<script>1</script>')]] }),
    'file_polyglot',
  ],
  ['PNG with a ZIP behind it', () => png(16, 16, { behind: zip([{ name: 'a', data: zeros }]) }), 'file_polyglot'],
  ['JPEG cut off', () => jpeg.subarray(0, jpeg.length - 40), 'image_broken'],
  ['JPEG with HTML behind it', () => Buffer.concat([jpeg, text('<html><script>1</script>')]), 'file_polyglot'],
  ['JPEG with HTML in a comment', () => withSegment(0xfe, '<HTML><body onload=1>'), 'file_polyglot'],
  ['JPEG with a ZIP in a comment', () => withSegment(0xfe, 'PK\x03\x04'), 'file_polyglot'],
  ['JPEG with a PDF in a segment', () => withSegment(0xe7, '%PDF-1.7'), 'file_polyglot'],
  ['JPEG with a film behind it', () => Buffer.concat([jpeg, text('\0\0\0\x18ftypmp42')]), 'file_polyglot'],
  [
    'JPEG with a ZIP in a maker block',
    () => Buffer.concat([jpeg, text('PK\x03\x04SEFH\0\0\0\0\x08\0\0\0SEFT')]),
    'file_polyglot',
  ],
  [
    'progressive JPEG of 20 million pixels',
    () => blank(5000, 4000).jpeg({ progressive: true }).toBuffer(),
    'image_too_large',
  ],
  ['WebP of 20 million pixels', () => blank(5000, 4000).webp({ effort: 0 }).toBuffer(), 'image_too_large'],
  [
    'WebP with something behind it',
    async () => Buffer.concat([await blank(8, 8).webp().toBuffer(), text('<svg>')]),
    'file_polyglot',
  ],
  ['PDF with JavaScript', () => pdf('<< /S /JavaScript /JS (app.alert(1)) >>'), 'pdf_active'],
  ['PDF with JavaScript spelt in hex', () => pdf('<< /S /J#61vaScri#70t /JS (1) >>'), 'pdf_active'],
  ['PDF that launches', () => pdf('<< /S /Launch /F (cmd.exe) >>'), 'pdf_active'],
  ['PDF with a dynamic form', () => pdf('<< /XFA 7 0 R >>'), 'pdf_active'],
  ['PDF with JavaScript in an object stream', () => veiledPdf('<< /S /JavaScript /JS (1) >>'), 'pdf_active'],
  [
    'PDF with an object stream under two filters',
    () => veiledPdf('<< >>', '/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]'),
    'pdf_unreadable',
  ],
  ['PDF that is encrypted', () => pdf('<< /Encrypt 5 0 R >>'), 'pdf_encrypted'],
  ['PDF bomb', () => veiledPdf('0'.repeat(130 * 1024 * 1024)), 'archive_bomb'],
  [
    'PDF of a million streams with one end',
    () => pdf(`${'stream\n\x78\x9c'.repeat(1_000_000)}endstream`),
    'archive_bomb',
  ],
  ['PDF that is a ZIP', () => pdf('<< >>', zip([{ name: 'a', data: zeros }]).toString('latin1')), 'file_polyglot'],
  ['PDF without an end', () => text('%PDF-1.7\n1 0 obj << >> endobj'), 'pdf_broken'],
  ['ZIP that is no workbook', () => zip([{ name: 'a.txt', data: text('a') }]), 'file_type_not_allowed'],
  ['ZIP within the workbook', () => workbook('', [{ name: 'xl/media/a.zip', data: zeros }]), 'xlsx_active'],
  [
    'workbook that climbs out of its folder',
    () => workbook('', [{ name: '../../etc/x.xml', data: text('') }]),
    'xlsx_broken',
  ],
  [
    'workbook of 5,000 entries',
    () =>
      workbook(
        '',
        Array.from({ length: 5000 }, (_, n) => ({ name: `xl/${n}.xml`, data: text('') })),
      ),
    'archive_bomb',
  ],
  ['workbook of 100 MB', () => workbook(Buffer.concat(Array.from({ length: 100 }, () => zeros))), 'archive_bomb'],
  [
    'workbook that lies about 100 MB',
    () =>
      workbook('', [
        {
          name: 'xl/a.xml',
          data: Buffer.concat(Array.from({ length: 100 }, () => Buffer.alloc(zeros.length, ' '))),
          claims: 10,
        },
      ]),
    'archive_bomb',
  ],
  [
    'workbook of 1,048,576 rows',
    () => workbook(sheet(Array.from({ length: 1_048_576 }, (_, n) => `<row r="${n + 1}"/>`).join(''))),
    'sheet_too_large',
  ],
  ['workbook with one far cell', () => workbook(sheet('<row r="1"><c r="XFD1"/></row>')), 'sheet_too_large'],
  [
    'workbook with a far cell in a long tag',
    () => workbook(sheet(`<c${' '.repeat(70_000)}r="A1048576"/>`)),
    'xlsx_broken',
  ],
  ['workbook with an entity', () => workbook('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'), 'xlsx_active'],
  ['workbook with macros', () => workbook('', [{ name: 'xl/vbaProject.bin', data: zeros }]), 'xlsx_active'],
  ['workbook behind a program', () => Buffer.concat([text('MZ\x90\0'), workbook('')]), 'file_type_not_allowed'],
  ['workbook with bytes behind it', () => Buffer.concat([workbook(''), text('<script>')]), 'file_polyglot'],
]

describe('what is refused', () => {
  test.each(hostile)('%s', async (_, make, rule) => {
    const bytes = await make()
    await expect(inspectFile(bytes, '现场照片.jpg')).rejects.toMatchObject({ name: 'Refused', rule })
  })

  test('an EXIF block of entries that cross each other costs nothing', () => {
    const entries = 5000
    const block = Buffer.alloc(64_000)
    block.write('II*\0', 'latin1')
    block.writeUInt32LE(8, 4)
    block.writeUInt16LE(entries, 8)
    for (let i = 0; i < entries; i++) {
      const at = 10 + i * 12
      block.writeUInt16LE(0x0110, at)
      block.writeUInt16LE(3, at + 2)
      block.writeUInt32LE(30_000, at + 4)
    }
    expect(readShot(block)).toEqual({ takenAt: undefined, position: undefined, device: undefined })
  })
})
