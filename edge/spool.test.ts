import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSpool, type Spool } from './spool.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edge-spool-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const frame = (number: number, length = 40) => Buffer.from(`frame ${number}`.padEnd(length, '.'))
const fill = async (spool: Spool, from: number, until: number) => {
  for (let number = from; number < until; number += 1) expect(await spool.append(frame(number))).toBe(true)
}
async function rest(spool: Spool): Promise<string[]> {
  const all: string[] = []
  for (let first = await spool.first(); first; first = await spool.first()) {
    all.push(first.toString().replaceAll('.', ''))
    await spool.drop()
  }
  return all
}
const names = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, index) => `frame ${from + index}`)
const files = (ending: string) => readdirSync(folder).filter((name) => name.endsWith(ending))

test('when it is full the newest is refused, and nothing that was kept goes for it', async () => {
  const spool = openSpool(folder, { most: 10 * 48, segment: 100 })
  await fill(spool, 0, 10)
  expect(await spool.append(frame(10))).toBe(false)
  expect(spool.length).toBe(10)
  // What the platform has makes room again.
  for (let count = 0; count < 3; count += 1) await spool.drop()
  expect(await spool.append(frame(11))).toBe(true)
  expect(await rest(spool)).toEqual([...names(3, 10), 'frame 11'])
  await spool.close()
})

test('two appended at once cannot both take the last place', async () => {
  const spool = openSpool(folder, { most: 3 * 48 })
  const kept = await Promise.all(Array.from({ length: 5 }, (_, number) => spool.append(frame(number))))
  expect(kept).toEqual([true, true, true, false, false])
  await spool.close()
})

test('a torn end is cut off and what follows is appended behind it', async () => {
  const spool = openSpool(folder)
  await fill(spool, 0, 3)
  await spool.close()
  const [file] = files('.frames')
  appendFileSync(join(folder, file!), Buffer.concat([Buffer.from([0, 0, 0, 40, 1, 2, 3, 4]), Buffer.from('frame 3')]))
  const again = openSpool(folder)
  expect(again.damaged).toBe(0)
  await fill(again, 4, 6)
  await again.close()
  expect(await rest(openSpool(folder))).toEqual([...names(0, 3), ...names(4, 6)])
})

test('a broken file is told, and the others are read', async () => {
  const spool = openSpool(folder, { segment: 144 })
  await fill(spool, 0, 9)
  await spool.close()
  const [first] = files('.frames')
  const bytes = readFileSync(join(folder, first!))
  bytes[60]! ^= 1
  writeFileSync(join(folder, first!), bytes)
  const again = openSpool(folder)
  expect(again.damaged).toBe(1)
  expect(await rest(again)).toEqual(['frame 0', ...names(3, 9)])
})

test('the order holds over a restart, and what the platform has is not sent again', async () => {
  const spool = openSpool(folder, { segment: 200 })
  await fill(spool, 0, 20)
  for (let count = 0; count < 7; count += 1) await spool.drop()
  await spool.close()
  const again = openSpool(folder, { segment: 200 })
  await fill(again, 20, 25)
  expect(again.length).toBe(18)
  expect(await rest(again)).toEqual(names(7, 25))
  await again.close()
  // Files that are used up go, with their numbers.
  expect(files('.frames').length).toBeLessThan(2)
  expect(files('.done').length).toBeLessThan(2)
})
