import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { characters } from './fonts.ts'
import { openPrinter } from './index.ts'
import type { Printer } from './index.ts'
import type { Papers } from './papers.ts'
import { notice, record, resume, samples, stop } from './samples.ts'

const has = (tool: string) => spawnSync(tool, ['-v']).error === undefined
const poppler = has('pdftotext') && has('pdftoppm')

let printer: Printer
let dir: string
beforeAll(async () => {
  printer = await openPrinter()
  dir = mkdtempSync(join(tmpdir(), 'print-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

/** What another program reads in the PDF, without the line breaks of the layout. */
function textOf(pdf: Buffer): string {
  writeFileSync(join(dir, 'a.pdf'), pdf)
  return execFileSync('pdftotext', ['-raw', join(dir, 'a.pdf'), '-'], { encoding: 'utf8' }).replace(/\s+/g, '')
}

/** One page as another program paints it, in grey at 100 dots an inch. */
async function pixelsOf(pdf: Buffer, page = 1) {
  writeFileSync(join(dir, 'a.pdf'), pdf)
  const args = [
    '-r',
    '100',
    '-png',
    '-f',
    String(page),
    '-l',
    String(page),
    '-singlefile',
    join(dir, 'a.pdf'),
    join(dir, 'a'),
  ]
  execFileSync('pdftoppm', args, { stdio: 'ignore' })
  const { data, info } = await sharp(readFileSync(join(dir, 'a.png')))
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, ...info }
}

/** Share of pixels that are not paper. */
const ink = ({ data, channels }: { data: Buffer; channels: number }) => {
  let dark = 0
  for (let at = 0; at < data.length; at += channels) if (data[at + 1]! < 160) dark++
  return dark / (data.length / channels)
}

const withFact = (fact: string) => ({ ...notice, items: [{ ...notice.items[0]!, fact }] })

describe('what is refused', () => {
  test('a character without a glyph, by name, wherever it stands', async () => {
    const paper = { ...notice, addressee: '㐂喜\u{2a6d6}建设', cc: ['\u{2a6d6}'] }
    await expect(printer.print('correction-notice', paper)).rejects.toMatchObject({
      kind: 'unmet',
      rule: 'glyph_missing',
      detail: { characters: expect.arrayContaining(['\u{2a6d6}']) },
    })
  })

  test('characters that nobody sees, by number: a paper reads as its record reads', async () => {
    await expect(printer.print('correction-notice', withFact('停\u202e用\u200b\0'))).rejects.toMatchObject({
      rule: 'glyph_missing',
      detail: { characters: ['U+202E', 'U+200B', 'U+0000'] },
    })
  })

  test('a paper that lacks what its template needs is a bug, not a paper', async () => {
    await expect(printer.print('stop-order', notice as unknown as Papers['stop-order'])).rejects.toThrow(
      'did not compile',
    )
  })
})

describe('what is printed', () => {
  test.each(Object.keys(samples) as (keyof Papers)[])('%s: the same paper gives the same bytes', async (name) => {
    const first = await printer.print(name, samples[name])
    const again = await (await openPrinter()).print(name, samples[name])
    expect(again.sha256).toBe(first.sha256)
    expect(first.pdf.toString('latin1', 0, 5)).toBe('%PDF-')
  })

  test('one item, one page; sixty items, a page number on each of several pages', async () => {
    expect((await printer.print('correction-notice', withFact('临边无防护'))).pages).toBe(1)
    const items = Array.from({ length: 60 }, () => notice.items[1]!)
    expect((await printer.print('correction-notice', { ...notice, items })).pages).toBeGreaterThan(5)
  })

  test('another signature is another paper, and the first is not remembered', async () => {
    const signed = async (colour: string) => {
      const signature = await sharp({ create: { width: 60, height: 20, channels: 3, background: colour } })
        .png()
        .toBuffer()
      return printer.print('correction-notice', {
        ...notice,
        inspectors: [{ ...notice.inspectors[0]!, signature }, notice.inspectors[1]!],
      })
    }
    const [blue, red, blueAgain] = [await signed('#00f'), await signed('#f00'), await signed('#00f')]
    expect(blue.sha256).not.toBe(red.sha256)
    expect(blueAgain.sha256).toBe(blue.sha256)
  })

  test('prints that run at once do not mix', async () => {
    const names = Object.keys(samples) as (keyof Papers)[]
    const alone = []
    for (const name of names) alone.push((await printer.print(name, samples[name])).sha256)
    const together = await Promise.all(names.map((name) => printer.print(name, samples[name])))
    expect(together.map((paper) => paper.sha256)).toEqual(alone)
  })
})

describe.skipIf(!poppler)('as poppler sees it', () => {
  test('what a paper is given stands on it', async () => {
    const text = textOf((await printer.print('correction-notice', notice)).pdf)
    for (const said of [
      '责令改正通知书',
      notice.number,
      notice.addressee,
      '331121202603150101',
      '田启明（执法证号33112100012）',
      '第7日零时',
      '第15日零时',
      '2026-11-2318:00',
      '2026年11月20日',
      '抄送：',
    ]) {
      expect(text).toContain(said)
    }
    expect(text).not.toContain('权利告知')
    expect(textOf((await printer.print('correction-notice', { ...notice, remedy: '可以申请行政复议' })).pdf)).toContain(
      '权利告知：可以申请行政复议。',
    )
  })

  test('the extent of a stop is in its title', async () => {
    expect(textOf((await printer.print('stop-order', stop)).pdf)).toContain('局部停工通知书')
    const whole = textOf((await printer.print('stop-order', { ...stop, extent: 'whole' })).pdf)
    expect(whole).toContain('全面停工通知书')
    expect(whole).not.toContain('局部')
  })

  test('a resume order names the stop it ends; a record its refusal and its digest', async () => {
    expect(textOf((await printer.print('resume-order', resume)).pdf)).toContain('以青建监停〔2026〕0003号对你单位')
    const text = textOf((await printer.print('inspection-record', record)).pdf)
    expect(text).toContain('拒签：对第2项有异议')
    expect(text).toContain(record.digest)
    expect(text).toContain('4/5')
  })

  test('text that looks like a template prints as itself', async () => {
    for (const fact of [
      '#panic("x")',
      '*_$ a^2 $_*',
      '#read("/base.typ")',
      '= 标题 // 注',
      '@ref <label> \\u{41}',
      '[#paper]',
    ]) {
      expect(textOf((await printer.print('correction-notice', { ...withFact(fact), addressee: fact })).pdf)).toContain(
        fact.replace(/\s+/g, ''),
      )
    }
  })

  test('rare characters leave ink, each its own', async () => {
    const pages = []
    for (const name of ['口', '龑', '堃']) {
      pages.push(await pixelsOf((await printer.print('correction-notice', withFact(name.repeat(120)))).pdf))
    }
    const [box, dragon, earth] = pages.map(ink)
    // A missing glyph would be drawn as a box; both names are far blacker than 口.
    expect(dragon).toBeGreaterThan(box! * 1.05)
    expect(earth).toBeGreaterThan(box! * 1.02)
    expect(dragon).not.toBe(earth)
  })

  test('long words and long names stay inside the page', async () => {
    const long = '青禾县高新技术产业园区标准厂房及配套基础设施建设项目设计采购施工总承包'.repeat(4)
    const page = await pixelsOf(
      (
        await printer.print('correction-notice', {
          ...withFact(`${'A'.repeat(300)}${long}`),
          authority: long.slice(0, 30),
          addressee: long,
        })
      ).pdf,
    )
    const margin = Math.round((page.width * 15) / 210)
    for (let y = 0; y < page.height; y++) {
      for (const x of [margin, page.width - margin])
        expect(page.data[(y * page.width + x) * page.channels + 1]).toBe(255)
    }
  })

  test.skipIf(!has('zbarimg'))('the code at the foot of every page leads where it says', async () => {
    const items = Array.from({ length: 12 }, () => notice.items[1]!)
    const { pdf, pages } = await printer.print('correction-notice', { ...notice, items })
    expect(pages).toBeGreaterThan(1)
    writeFileSync(join(dir, 'a.pdf'), pdf)
    for (let page = 1; page <= pages; page++) {
      execFileSync(
        'pdftoppm',
        [
          '-r',
          '200',
          '-png',
          '-f',
          String(page),
          '-l',
          String(page),
          '-singlefile',
          join(dir, 'a.pdf'),
          join(dir, 'q'),
        ],
        { stdio: 'ignore' },
      )
      const read = execFileSync('zbarimg', ['-q', '--raw', join(dir, 'q.png')], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      expect(read.trim()).toBe(notice.qr.url)
    }
  })
})

test('a character map is read as the standard says: format 4 by segments, format 12 by groups', () => {
  const u16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [value >>> 8, value & 255]))
  // Segments A–C by delta, D–E by list (E has no glyph), and the closing 0xFFFF.
  const four = u16(4, 0, 0, 6, 0, 0, 0, 67, 69, 0xffff, 0, 65, 68, 0xffff, -64 & 0xffff, 0, 1, 0, 4, 0, 9, 0)
  const twelve = u16(12, 0, 0, 28, 0, 0, 0, 1, 2, 0, 2, 1, 0, 5)
  const cmap = Buffer.concat([u16(0, 2, 0, 3, 0, 20, 3, 10, 0, 20 + four.length), four, twelve])
  const font = Buffer.concat([u16(0, 1, 1, 0, 0, 0), Buffer.from('cmap'), u16(0, 0, 0, 28, 0, cmap.length), cmap])
  expect([...characters(font)]).toEqual([65, 66, 67, 68, 0x20000, 0x20001])
})
