import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Rule keys the code can refuse with: those thrown, and those a guard or a fault answers with. */
function rulesIn(text: string): string[] {
  // What is missing is named by its room, and one sentence serves them all.
  const thrown = [...text.matchAll(/new Refused\(\s*'(?!missing')\w+',\s*'([a-z][a-z0-9_]*)'/g)]
  const guarded = [...text.matchAll(/(?:\? null : |\? |return |: |\?\? )'([a-z]+(?:_[a-z0-9]+)+)'/g)].filter(() =>
    /guard/.test(text),
  )
  const named = [...text.matchAll(/(?:\brule|\bfault): '([a-z][a-z0-9_]*)'/g)]
  return [...thrown, ...guarded, ...named].map(([, rule]) => rule!)
}

const files = [
  ...globSync('server/**/*.ts'),
  ...globSync('core/*/workflow.ts'),
  ...globSync('core/*/*workflow.ts'),
].filter((file) => !/\.test\.ts$|\/testing\.ts$|node_modules/.test(file))
const sentences = readFileSync('web/kit/rules.zh.ts', 'utf8')
const told = new Set(
  [...sentences.matchAll(/^\s+(?:'([\w.]+)'|(\w+)): /gm)].map(([, quoted, plain]) => quoted ?? plain!),
)

test('every rule that can refuse has its sentence', () => {
  const rules = [...new Set(files.flatMap((file) => rulesIn(readFileSync(file, 'utf8'))))]
  expect(rules.length).toBeGreaterThan(30)
  expect(rules.filter((rule) => !told.has(rule)).sort()).toEqual([])
})

test('a rule without a sentence is found', () => {
  expect(rulesIn("throw new Refused('unmet', 'no_sentence')")).toEqual(['no_sentence'])
  expect(rulesIn("guard: ({ input }) => (input.note ? null : 'note_required')")).toEqual(['note_required'])
  expect(told.has('no_sentence')).toBe(false)
})

test('no page shouts, and no figure is typed into one', () => {
  const pages = globSync('web/**/*.tsx').filter((file) => !/\.test\.tsx$|node_modules|dist/.test(file))
  const shouting = pages.filter((file) => /[\u4e00-\u9fff][！!]/.test(readFileSync(file, 'utf8')))
  expect(shouting).toEqual([])
})

test('rooms read the legal clock from their context alone', () => {
  const guilty = [...globSync('core/**/*.ts'), ...globSync('server/rooms/**/*.ts')]
    .filter((file) => !/\.test\.ts$/.test(file))
    .filter((file) => clockRead.test(readFileSync(file, 'utf8')))
  expect(guilty).toEqual([])
  expect(clockRead.test('const at = new Date()')).toBe(true)
})
const clockRead = /Date\.now\(\)|new Date\(\)/
