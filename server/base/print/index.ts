import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler'
import { toString as drawQr } from 'qrcode'
import { Refused } from '../errors.ts'
import { drawable, fontFiles } from './fonts.ts'
import type { Papers } from './papers.ts'

export interface Printed {
  pdf: Buffer
  /** Of the PDF, in hex. */
  sha256: string
  pages: number
}

export interface Printer {
  /**
   * Prints one paper as PDF/A-2a. The same paper gives the same bytes: nothing in it comes from the clock or the machine.
   * Refuses `unmet glyph_missing {characters}` rather than leave a box where a name should stand.
   */
  print<T extends keyof Papers>(template: T, paper: Papers[T]): Promise<Printed>
}

/** Typst memoises what it has laid out; results that this many further prints did not need are dropped. */
const KEPT_PRINTS = 10

const workspace = fileURLToPath(new URL('../../print', import.meta.url))

/** Loads the fonts and the compiler once, a tenth of a second; a page afterwards takes some ten milliseconds. */
export async function openPrinter(): Promise<Printer> {
  const known = await drawable()
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fontFiles }] })

  return {
    async print(template, paper) {
      const missing = undrawable(paper, known)
      if (missing.length > 0) throw new Refused('unmet', 'glyph_missing', { characters: missing })
      const svg = await drawQr(paper.qr.url, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })
      const { data, pictures } = detach({ ...paper, qr: { text: paper.qr.text, svg } })
      // The compiler gives a document's memory back between turns of the event loop: a batch that never let go would grow by
      // a megabyte a paper, and would let nobody else in.
      await nextTurn()
      // No await from here on: the compiler and its shadow files are shared, and one paper must not see another's.
      for (const [path, bytes] of pictures) compiler.mapShadow(`${workspace}${path}`, bytes)
      try {
        return compile(compiler, template, JSON.stringify(data))
      } finally {
        for (const path of pictures.keys()) compiler.unmapShadow(`${workspace}${path}`)
        compiler.evictCache(KEPT_PRINTS)
      }
    },
  }
}

function compile(compiler: NodeCompiler, template: string, paper: string): Printed {
  const compiled = compiler.compile({ mainFilePath: `${workspace}/${template}.typ`, inputs: { paper } })
  if (!compiled.result) {
    throw new Error(`${template} did not compile: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`)
  }
  const pdf = compiler.pdf(compiled.result, { pdfStandard: PdfStandard.A_2a })
  return { pdf, sha256: createHash('sha256').update(pdf).digest('hex'), pages: compiled.result.numOfPages }
}

/**
 * Takes the pictures out of a paper: each becomes a path named by its content, so that a memoised layout can never show
 * another picture.
 */
function detach(paper: object): { data: unknown; pictures: Map<string, Buffer> } {
  const pictures = new Map<string, Buffer>()
  const walk = (value: unknown): unknown => {
    if (Buffer.isBuffer(value)) {
      const path = `/pictures/${createHash('sha256').update(value).digest('hex')}`
      pictures.set(path, value)
      return path
    }
    if (Array.isArray(value)) return value.map(walk)
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
    }
    return value
  }
  return { data: walk(paper), pictures }
}

/**
 * Characters of a paper that cannot be drawn, each once, in order; invisible ones (a direction override could make a paper
 * read differently from its record) by number.
 */
function undrawable(paper: unknown, known: Set<number>): string[] {
  const missing = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const character of value) {
        if ('\n\r\t'.includes(character)) continue
        if (/[\p{C}\p{Zl}\p{Zp}]/u.test(character)) {
          missing.add(`U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
        } else if (!known.has(character.codePointAt(0)!)) missing.add(character)
      }
    } else if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value))
      Object.values(value).forEach(walk)
  }
  walk(paper)
  return [...missing]
}
