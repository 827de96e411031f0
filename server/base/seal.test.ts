import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSafe, type Safe } from './seal.ts'

const person = '30000000-0000-4000-8000-000000000001'
const number = '11010519491231002X'
let dataDir: string
let safe: Safe

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-seal-'))
  safe = openSafe(dataDir, 'person')
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

test('a changed byte, another person, purpose or key opens nothing', () => {
  const sealed = safe.seal(person, number)
  const bent = Buffer.from(sealed)
  bent[14]! ^= 1
  expect(() => safe.unseal(person, bent)).toThrow()
  expect(() => safe.unseal(person.replace(/1$/, '2'), sealed)).toThrow()
  expect(() => openSafe(dataDir, 'key').unseal(person, sealed)).toThrow()
  rmSync(join(dataDir, 'keys', 'person'))
  expect(() => safe.unseal(person, sealed)).toThrow()
})

test('what was sealed is opened, and the same number is never sealed alike', () => {
  const [one, other] = [safe.seal(person, number), safe.seal(person, number)]
  expect(safe.unseal(person, one)).toBe(number)
  expect(one.equals(other)).toBe(false)
  expect(one.includes(number)).toBe(false)
})

test('the key is readable by its owner alone', () => {
  safe.seal(person, number)
  expect((statSync(join(dataDir, 'keys', 'person')).mode & 0o777).toString(8)).toBe('600')
})

test('the blind index is the HMAC that openssl makes with a key derived by openssl', () => {
  const index = safe.index(number)
  const master = readFileSync(join(dataDir, 'keys', 'person')).toString('hex')
  const derived = execFileSync(
    'openssl',
    ['kdf', '-keylen', '32', '-kdfopt', 'digest:SHA256', '-kdfopt', `hexkey:${master}`].concat([
      '-kdfopt',
      'salt:',
      '-kdfopt',
      'info:plumbline person index',
      '-binary',
      'HKDF',
    ]),
  ).toString('hex')
  const mac = execFileSync('openssl', ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${derived}`, '-r'], {
    input: number,
  })
  expect(index).toBe(mac.toString().slice(0, 64))
})
