import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exifReader from 'exif-reader'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { pdf, veiledPdf, workbook } from './hostile.ts'
import { inspectFile, publicCopy, thumbnail } from './inspect.ts'
import { blank, jpeg, photograph, text, zeros } from './samples.ts'

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
