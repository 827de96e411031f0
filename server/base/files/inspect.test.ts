import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exifReader from 'exif-reader'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { readShot } from './exif.ts'
import { pdf, png, veiledPdf, workbook, zip } from './hostile.ts'
import { inspectFile, MOST_BYTES, publicCopy, thumbnail } from './inspect.ts'

const blank = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#7a8' } })
const jpeg = await blank(64, 48).jpeg().toBuffer()
const photograph = await blank(640, 480)
  .withExif({
    IFD0: { Make: 'HUAWEI', Model: 'MATE 60' },
    IFD2: { DateTimeOriginal: '2026:11:20 09:32:05', OffsetTimeOriginal: '+08:00' },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '28/1 8/1 1723/100',
      GPSLongitudeRef: 'E',
      GPSLongitude: '120/1 17/1 1957/100',
    },
  })
  .jpeg()
  .toBuffer()
const zeros = Buffer.alloc(1024 * 1024)
const sheet = (inner: string) => `<worksheet><sheetData>${inner}</sheetData></worksheet>`
const segment = (marker: number, body: string) =>
  Buffer.concat([Buffer.from([0xff, marker, 0, body.length + 2]), Buffer.from(body, 'latin1')])
/** A JPEG with one more segment right behind SOI. */
const withSegment = (marker: number, body: string) =>
  Buffer.concat([jpeg.subarray(0, 2), segment(marker, body), jpeg.subarray(2)])
const text = (value: string) => Buffer.from(value, 'latin1')

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

describe('what is taken', () => {
  test('a photograph tells when, where and with what, as another reader reads it', async () => {
    const seen = await inspectFile(photograph, 'C:\\photos\\临边.JPG')
    expect(seen).toMatchObject({
      type: 'image/jpeg',
      ext: 'jpg',
      name: '临边.jpg',
      size: photograph.length,
      width: 640,
      height: 480,
      takenAt: '2026-11-20T09:32:05+08:00',
      position: { lat: 28.1381194, lon: 120.2887694 },
      device: 'HUAWEI MATE 60',
    })
    const theirs = exifReader((await sharp(photograph).metadata()).exif!)
    const [degrees, minutes, seconds] = theirs.GPSInfo!.GPSLatitude!
    expect(seen.position!.lat).toBeCloseTo(degrees! + minutes! / 60 + seconds! / 3600, 6)
    expect(theirs.Image!.Model).toBe('MATE 60')
  })

  test('a camera that was never set tells no time, one without a fix no place', async () => {
    const unset = await blank(8, 8)
      .withExif({
        IFD2: { DateTimeOriginal: '2026:02:30 10:00:00' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '0/1 0/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '0/1 0/1 0/1' },
      })
      .jpeg()
      .toBuffer()
    expect(await inspectFile(unset, 'a.jpg')).toMatchObject({ takenAt: undefined, position: undefined })
  })

  test('a turned photograph has the size that people see', async () => {
    const turned = await blank(64, 48).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await inspectFile(turned, 'a.jpg')).toMatchObject({ width: 48, height: 64 })
  })

  test('a type by content, whatever the name says', async () => {
    const png = await blank(8, 8).png().toBuffer()
    expect(await inspectFile(png, 'a.exe')).toMatchObject({ type: 'image/png', name: 'a.png' })
    expect(await inspectFile(await blank(8, 8).webp().toBuffer(), '../..')).toMatchObject({
      type: 'image/webp',
      name: '未命名.webp',
    })
    expect((await inspectFile(png, '合同\u202egnp.exe')).name).toBe('合同gnp.png')
  })

  test('what cameras write behind a JPEG: a second JPEG, zeros, a maker block', async () => {
    const maker = text('\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1795138325000SEFH\x6b\0\0\0\0\0\0\0\x0c\0\0\0SEFT')
    for (const behind of [jpeg, Buffer.alloc(64), Buffer.concat([jpeg, maker])]) {
      expect(await inspectFile(Buffer.concat([jpeg, behind]), 'a.jpg')).toMatchObject({ type: 'image/jpeg' })
    }
  })

  test('a camera picture of 48 million pixels, and a progressive one of 12', async () => {
    expect(await inspectFile(await blank(8000, 6000).jpeg().toBuffer(), 'a.jpg')).toMatchObject({ width: 8000 })
    const progressive = await blank(4000, 3000).jpeg({ progressive: true }).toBuffer()
    expect(await inspectFile(progressive, 'a.jpg')).toMatchObject({ width: 4000 })
  })

  test('a plain PDF, and one with object streams', async () => {
    expect(await inspectFile(pdf('<< /OpenAction [3 0 R /Fit] >>'), 'a.pdf')).toMatchObject({ ext: 'pdf' })
    expect(await inspectFile(veiledPdf('<< /Type /Page >>'), 'a.pdf')).toMatchObject({ ext: 'pdf' })
  })

  test('a workbook written by a library', async () => {
    const file: Buffer = await writeXlsxFile([[{ value: '项目名称' }, { value: 12 }]]).toBuffer()
    expect(await inspectFile(file, '项目.xlsx')).toMatchObject({ ext: 'xlsx', name: '项目.xlsx' })
  })
})

describe('the memory of a process of its own', () => {
  /** Looks at two files and prints by how many bytes the second raised the process's peak. */
  const child = `
    import { readFileSync } from 'node:fs'
    import { inspectFile } from '${new URL('inspect.ts', import.meta.url).href}'
    const look = (path) => inspectFile(readFileSync(path), 'a').catch(() => {})
    await look(process.argv[1])
    const before = process.resourceUsage().maxRSS
    await look(process.argv[2])
    console.log((process.resourceUsage().maxRSS - before) * 1024)`

  test.each([
    ['PDF bomb', async () => veiledPdf('0'.repeat(130 * 1024 * 1024))],
    [
      'workbook that lies',
      async () => workbook('', [{ name: 'xl/a.xml', data: Buffer.alloc(100 * zeros.length, ' '), claims: 10 }]),
    ],
    ['interlaced PNG at the bound', () => blank(4000, 4000).png({ progressive: true }).toBuffer()],
  ])('%s: at most 64 MB (promise P16)', async (_, make) => {
    const dir = mkdtempSync(join(tmpdir(), 'inspect-'))
    try {
      writeFileSync(join(dir, 'first'), jpeg)
      writeFileSync(join(dir, 'second'), await make())
      const args = ['--input-type=module', '-e', child, join(dir, 'first'), join(dir, 'second')]
      const grown = Number(execFileSync(process.execPath, args, { encoding: 'utf8' }))
      expect(grown).toBeLessThanOrEqual(64 * 1024 * 1024)
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

describe('as other programs see it', () => {
  const has = (tool: string) => spawnSync(tool, ['--version']).status === 0

  test.skipIf(!has('python3'))('an archive of Python that nests archives is no workbook', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'inspect-'))
    try {
      const script = [
        'import io, sys, zipfile',
        'data = bytes(1 << 20)',
        'for level in range(6):',
        '  out = io.BytesIO()',
        '  with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:',
        '    for n in range(10): z.writestr("xl/%d.zip" % n, data)',
        '    z.writestr("[Content_Types].xml", "<Types/>"); z.writestr("xl/workbook.xml", "<workbook/>")',
        '  data = out.getvalue()',
        'open(sys.argv[1], "wb").write(data)',
      ].join('\n')
      execFileSync('python3', ['-c', script, join(dir, 'bomb.xlsx')])
      await expect(inspectFile(readFileSync(join(dir, 'bomb.xlsx')), 'a.xlsx')).rejects.toMatchObject({
        rule: 'xlsx_active',
      })
    } finally {
      rmSync(dir, { recursive: true })
    }
  })

  test.skipIf(!has('file'))('copies are what they claim, and no place is left in them', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'inspect-'))
    try {
      writeFileSync(join(dir, 'thumb'), await thumbnail(photograph))
      writeFileSync(join(dir, 'public'), await publicCopy(photograph))
      const told = (name: string) => execFileSync('file', ['-b', join(dir, name)], { encoding: 'utf8' })
      expect(told('thumb')).toMatch(/Web\/P image.*480x360/)
      expect(told('public')).toMatch(/JPEG image data.*640x480/)
      expect(told('public')).not.toMatch(/Exif|HUAWEI|GPS/)
      expect((await inspectFile(readFileSync(join(dir, 'public')), 'a.jpg')).position).toBeUndefined()
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})
