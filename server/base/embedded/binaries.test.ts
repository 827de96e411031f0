import { cpSync, lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { getPackagedBinaries, inspectBinaries, makeLinks } from './binaries.ts'

const scratch = mkdtempSync(join(tmpdir(), 'plumbline-binaries-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('an archive unpacked without its install script does not run; our links make it run, twice over', () => {
  const { bin, major } = getPackagedBinaries()
  const native = join(scratch, 'native')
  const filter = (path: string) => !lstatSync(path).isSymbolicLink() && !path.endsWith('.a')
  cpSync(join(bin, '..'), native, { recursive: true, filter })
  expect(() => inspectBinaries(join(native, 'bin'))).toThrow('libicu')
  makeLinks(native)
  makeLinks(native)
  expect(inspectBinaries(join(native, 'bin'))).toEqual({ bin: join(native, 'bin'), major })
})
