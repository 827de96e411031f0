import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'

const here = import.meta.dirname

/** Another build of its own: what the pages share in chunks must here stand in one script. */
async function bundle(): Promise<{ script: string; style: string }> {
  const built = (await build({
    configFile: false,
    root: here,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      rolldownOptions: { input: join(here, 'main.ts'), output: { format: 'iife' } },
    },
  })) as Rolldown.RolldownOutput
  const only = (ending: string) => {
    const found = built.output.filter(({ fileName }) => fileName.endsWith(ending))
    const [one] = found
    if (!one || found.length > 1) throw new Error(`the offline page has ${found.length} files ${ending}, not one`)
    return one.type === 'chunk' ? one.code : String(one.source)
  }
  return { script: only('.js'), style: only('.css') }
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Replaces the one place where `tag` stands; a page that has it not, or twice, is a mistake. */
function put(page: string, tag: string, text: string): string {
  const parts = page.split(tag)
  if (parts.length !== 2) throw new Error(`the offline page has ${tag} ${parts.length - 1} times`)
  return parts.join(text)
}

/**
 * The offline page as one file: it must open from a USB stick in twenty years. Its content policy stands in the file
 * itself, so that it holds without a server too: this script, this style, and no connection to anywhere.
 */
export async function makeSingleFile(): Promise<string> {
  const { script, style } = await bundle()
  if (/<\/(script|style)/i.test(script + style)) throw new Error('a closing tag within the script would end it')
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`
  const template = readFileSync(join(here, 'verify.html'), 'utf8')
  const styled = put(template, '</head>', `<style>${style}</style>\n  </head>`)
  const scripted = put(styled, '<script type="module" src="./main.ts"></script>', `<script>${script}</script>`)
  const charset = '<meta charset="utf-8" />'
  return put(scripted, charset, `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`)
}

/** Writes `name` beside the other pages when they are built. */
export const singleFile = (name: string): Plugin => {
  let dist: string
  return {
    name: 'plumbline-offline',
    apply: 'build',
    configResolved: ({ root, build: { outDir } }) => {
      dist = join(root, outDir)
    },
    writeBundle: async () => writeFileSync(join(dist, name), await makeSingleFile()),
  }
}
