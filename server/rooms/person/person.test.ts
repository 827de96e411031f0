import { idCardCheck } from '@plumbline/core/kit'
import { personContract } from '@plumbline/core/person'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, idNumberOf, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'

let house: TestHouse
let cast: Cast

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
})
afterAll(() => house.close())

const register = (serial: number, who = cast.clerk, more: object = {}) =>
  house.call(who, personContract.register, {
    body: {
      requestId: randomUUID(),
      idNumber: idNumberOf(serial),
      input: { name: `人员${serial}`, phone: '19912345678', ...more },
    },
  })

describe('refusals', () => {
  test('a number with a wrong check character, or on a day that does not exist', async () => {
    const good = idNumberOf(503)
    const wrong = good.slice(0, 17) + (good.endsWith('0') ? '1' : '0')
    const thirtieth = '99042119800230123' + idCardCheck('99042119800230123')
    for (const idNumber of [wrong, thirtieth]) {
      const body = { requestId: randomUUID(), idNumber, input: { name: '张三' } }
      expect((await house.call(cast.clerk, personContract.register, { body })).status).toBe(400)
    }
  })
  test('the same person twice, also at once', async () => {
    const answers = await Promise.all([register(500), register(500)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(await register(500)).toMatchObject({ status: 409, rule: 'person_known' })
  })
  test('a unit that is not in the register', async () => {
    expect(await register(501, cast.clerk, { orgId: randomUUID() })).toMatchObject({ status: 422, rule: 'org_unknown' })
  })
  test('an inspector registers nobody and sees no identity number', async () => {
    expect((await register(502, cast.inspectorA)).status).toBe(403)
    const ask = { params: { id: cast.persons.manager }, body: { requestId: randomUUID(), reason: '好奇' } }
    expect(await house.call(cast.inspectorA, personContract.reveal, ask)).toMatchObject({ status: 403 })
  })
  test('somebody with a post on a project is not removed', async () => {
    const ask = {
      params: { id: cast.persons.manager },
      body: { requestId: randomUUID(), action: 'remove' as const, input: { reason: '离职' } },
    }
    expect(await house.call(cast.clerk, personContract.act, ask)).toMatchObject({
      status: 422,
      rule: 'person_has_posts',
    })
  })
})

test('an inspector sees the people of the projects in his districts, with masked telephones, and not those of others', async () => {
  const seen = await house.call(cast.inspectorA, personContract.get, { params: { id: cast.persons.manager } })
  expect(seen).toMatchObject({ status: 200, body: { record: { phone: '199****8006' } } })
  const beyond = await house.call(cast.inspectorA, personContract.get, { params: { id: cast.persons.rival } })
  expect(beyond).toMatchObject({ status: 404, rule: 'person' })
  const clerk = await house.call(cast.clerk, personContract.get, { params: { id: cast.persons.rival } })
  expect(clerk.body.record).toMatchObject({
    phone: '19900008010',
    idMasked: `9904**********${idNumberOf(10).slice(-4)}`,
  })
})

test('the number is told for a reason, and the reason stays', async () => {
  const { body } = await register(510)
  const params = { id: body.record.id }
  const told = await house.call(cast.clerk, personContract.reveal, {
    params,
    body: { requestId: randomUUID(), reason: '核对劳动合同' },
  })
  expect(told.body).toEqual({ idNumber: idNumberOf(510) })
  const after = await house.call(cast.clerk, personContract.get, { params })
  expect(after.body.acts.at(-1)).toMatchObject({ label: '查看身份证号', note: '核对劳动合同', actorName: '叶知宁' })
})

test('no number lies in clear anywhere in the database', async () => {
  const client = new pg.Client({ connectionString: house.ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const number = idNumberOf(511)
  await register(511)
  let rowsRead = 0
  for (const { name } of rows) {
    const found = await client.query<{ text: string }>(`select t::text as text from ${name} t`)
    rowsRead += found.rows.length
    expect(
      found.rows.filter(({ text }) => text.includes(number) || text.includes(Buffer.from(number).toString('hex'))),
    ).toEqual([])
  }
  expect(rowsRead).toBeGreaterThan(100)
  await client.end()
})

test('a repeated registration is answered with the person registered', async () => {
  const body = { requestId: randomUUID(), idNumber: idNumberOf(512), input: { name: '重名' } }
  const first = await house.call(cast.clerk, personContract.register, { body })
  const again = await house.call(cast.clerk, personContract.register, { body })
  expect([first.status, again.status, again.body.record.id]).toEqual([200, 200, first.body.record.id])
})

test('people are found by name and by pinyin initials', async () => {
  for (const q of ['何秉', 'hb']) {
    const { body } = await house.call(cast.clerk, personContract.list, { query: { q } })
    expect(body.rows.map(({ name }) => name)).toContain('何秉')
  }
})
