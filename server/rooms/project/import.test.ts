import { baseContract } from '@plumbline/core/base'
import { usccCheck } from '@plumbline/core/kit'
import { orgContract } from '@plumbline/core/org'
import { projectContract } from '@plumbline/core/project'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { importRows, type Row } from '../../../simulator/county/import-rows.ts'
import { workbook } from '../../../simulator/county/workbook.ts'

let house: TestHouse
let cast: Cast

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
})
afterAll(() => house.close())

const demo = readFileSync(join(import.meta.dirname, '../../../demo/projects.xlsx'))
const { rows, faults } = importRows()

const upload = async (bytes: Buffer, name = 'projects.xlsx', who = cast.clerk) => {
  const { status, body } = await house.upload(who, bytes, name)
  expect(status).toBe(200)
  return body.id
}
const importFile = (importId: string, fileId: string, from = 0) =>
  house.call(cast.clerk, projectContract.import, { body: { importId, fileId, from } })
const total = async () => (await house.call(cast.clerk, projectContract.counts, {})).body.total

describe('refusals', () => {
  test('a file that is no sheet, or that nobody uploaded', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    expect(await importFile(randomUUID(), await upload(png, 'a.png'))).toMatchObject({
      status: 422,
      rule: 'import_not_xlsx',
    })
    expect((await importFile(randomUUID(), randomUUID())).status).toBe(404)
  })
  test('a sheet without its columns, naming them', async () => {
    const answer = await importFile(randomUUID(), await upload(await sheetWithout('项目编码')))
    expect(answer).toMatchObject({ status: 422, rule: 'import_headings', body: { detail: { missing: ['项目编码'] } } })
  })
  test('whoever does not keep the register', async () => {
    const fileId = await upload(demo)
    const body = { importId: randomUUID(), fileId }
    expect((await house.call(cast.inspectorA, projectContract.import, { body })).status).toBe(403)
    // The chief may import, but the clerk's file is not his to see until it belongs to a case he reaches.
    expect((await house.call(cast.chief, projectContract.import, { body })).status).toBe(404)
  })
})

/** The demo sheet with one heading spoilt. */
async function sheetWithout(heading: string): Promise<Buffer> {
  const write = (await import('write-excel-file/node')).default
  const [first, ...rest] = await readSheet(demo)
  const spoilt = [first!.map((cell) => (cell === heading ? '别的' : cell)), ...rest]
  return write(
    spoilt.map((row) => row.map((cell) => (cell === null ? null : { value: String(cell) }))) as never,
  ).toBuffer()
}

test('the demo sheet: good rows enter, each bad one is named by row, column and reason', async () => {
  const before = await total()
  const importId = randomUUID()
  const fileId = await upload(demo)
  const { status, body } = await importFile(importId, fileId)
  expect(status).toBe(200)
  expect(body).toMatchObject({ total: 18, done: 18, imported: 12, failed: 6, next: null })
  // A row of the sheet is a line of Excel: the headings are line 1.
  expect(body.faults.map(({ row, heading }) => [row, heading])).toEqual(
    faults.map(({ row, heading }) => [row + 2, heading]),
  )
  expect(await total()).toBe(before + 12)

  const sheet = await house.call(cast.clerk, baseContract.file, { params: { id: body.errorSheet! } })
  const lines = await readSheet(sheet.body as Buffer)
  expect(lines[0]).toEqual(['行号', '列', '原值', '原因'])
  expect(lines.slice(1).map(([row, heading]) => [row, heading])).toEqual(
    faults.map(({ row, heading }) => [row + 2, heading]),
  )
  expect(lines.slice(1).every(([, , , reason]) => String(reason).length > 2)).toBe(true)

  const again = await importFile(importId, fileId)
  expect(again.body).toMatchObject({ imported: 12, failed: 6 })
  const anew = await importFile(randomUUID(), fileId)
  expect(anew.body).toMatchObject({ imported: 0, failed: 18 })
  expect(await total()).toBe(before + 12)
})

test('units that the register does not know are entered on the way, once', async () => {
  const known = rows.find((row) => !faults.some(({ row: at }) => rows[at] === row))!
  const uscc = String(known.施工单位信用代码)
  const { body } = await house.call(cast.clerk, orgContract.list, { query: { q: uscc } })
  expect(body.rows).toMatchObject([{ uscc, name: known.施工单位, kinds: ['contractor'] }])
})

test('a name that belongs to another credit code is refused', async () => {
  const row: Row = { ...rows[0]!, 项目编码: '9904212609010177', 施工单位: '冒名建设有限公司' }
  const { body } = await importFile(randomUUID(), await upload(await workbook([row])))
  expect(body.faults).toMatchObject([{ row: 2, heading: '施工单位信用代码', rule: 'org_name_differs' }])
})

test('the chief keeps no register of enterprises: a unit that stands in none is named, and nothing is entered', async () => {
  const row: Row = { ...rows[0]!, 项目编码: '9904212609010178', ...strangers }
  const fileId = await upload(await workbook([row]), 'projects.xlsx', cast.chief)
  const { body } = await house.call(cast.chief, projectContract.import, { body: { importId: randomUUID(), fileId } })
  expect(body).toMatchObject({ imported: 0, failed: 1 })
  expect(body.faults).toMatchObject([{ row: 2, heading: '施工单位信用代码', rule: 'org_unregistered' }])
})

const first17 = '91990421MA7YYYY01'
const strangers = { 施工单位: '外来建设有限公司', 施工单位信用代码: first17 + usccCheck(first17) }

test('a long sheet runs in pieces, and a piece lost on the way is run again', async () => {
  const many = Array.from({ length: 130 }, (_, i): Row => ({
    ...rows[0]!,
    项目编码: `99042126${i < 65 ? '0902' : '0903'}01${String((i % 65) + 10)}`,
    项目名称: `批量工程${i}`,
  }))
  const importId = randomUUID()
  const fileId = await upload(await workbook(many))
  const before = await total()
  const first = await importFile(importId, fileId)
  expect(first.body).toMatchObject({ total: 130, done: 100, imported: 100, failed: 0, next: 100, errorSheet: null })
  const repeated = await importFile(importId, fileId)
  expect(repeated.body).toEqual(first.body)
  const last = await importFile(importId, fileId, first.body.next!)
  expect(last.body).toMatchObject({ done: 130, imported: 130, failed: 0, next: null, errorSheet: null })
  expect(await total()).toBe(before + 130)
})

test('the template bears the headings that the import reads', async () => {
  const { body } = await house.call(cast.clerk, projectContract.template, {})
  const [first] = await readSheet(body as Buffer)
  expect(first).toEqual(Object.keys(rows[0]!))
})
