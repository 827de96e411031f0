import { baseContract } from '@plumbline/core/base'
import { projectContract, type ProjectCounts, type ProjectFilter } from '@plumbline/core/project'
import { randomUUID } from 'node:crypto'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { drawMap } from '../../../simulator/county/map.ts'
import { systemContext } from '../../base/context.ts'
import { inTx } from '../../base/db.ts'

let house: TestHouse
let cast: Cast
const ids: Record<string, string> = {}

const { towns } = drawMap()
const drafts = [
  {
    key: 'school',
    name: '禾丰小学迁建工程',
    town: '禾丰街道',
    sector: 'building',
    area: 8000,
    cost: 3000,
    tags: ['first_class'],
  },
  { key: 'road', name: '青湖路北延工程', town: '青湖街道', sector: 'municipal', area: null, cost: 2000, tags: [] },
  { key: 'pump', name: '望溪排涝泵站', town: '望溪镇', sector: 'water', area: null, cost: 1200, tags: ['key_public'] },
  { key: 'plant', name: '智造园一号厂房', town: '高新区', sector: 'industrial', area: 2400, cost: null, tags: [] },
] as const

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  for (const [i, { key, town, tags, ...rest }] of drafts.entries()) {
    const { code: district, label: point } = towns.find(({ name }) => name === town)!
    const input = {
      ...rest,
      tags: [...tags],
      district,
      point,
      code: `990421260801010${i + 1}`,
      address: `${town}创业路${i + 1}号`,
    }
    const answer = await house.call(cast.clerk, projectContract.register, { body: { requestId: randomUUID(), input } })
    ids[key] = answer.body.record.id
  }
  await openCase(ids.school!, 'yellow', true)
  await openCase(ids.road!, 'red', true)
  await openCase(ids.road!, 'yellow', true)
  await openCase(ids.pump!, 'red', false)
})
afterAll(() => house.close())

/** A case of another room on a project: what a notice will be. */
async function openCase(projectId: string, tier: 'yellow' | 'red', open: boolean) {
  const ctx = await systemContext(house.house)
  const row = { id: randomUUID(), room: 'notice', title: '整改通知', state: 'fixing', open, tier }
  await inTx(ctx.db, ['d:'], (tx) =>
    tx
      .insertInto('base.case')
      .values({ ...row, project_id: projectId, reach: ['d:', 'd:990421'], since: ctx.now, opened_at: ctx.now } as never)
      .execute(),
  )
}

const list = async (query: object, who = cast.clerk) => (await house.call(who, projectContract.list, { query })).body
const namesOf = async (query: object) => (await list(query)).rows.map(({ name }) => name).sort()
const namesFor = (...keys: string[]) =>
  drafts
    .filter(({ key }) => keys.includes(key))
    .map(({ name }) => name)
    .sort()

test('a filter that is none is refused', async () => {
  for (const query of [
    { sector: 'space' },
    { tier: 'green' },
    { town: '99' + 'x' },
    { after: 'nonsense' },
    { limit: 0 },
  ])
    expect((await house.call(cast.clerk, projectContract.list, { query: query as never })).status).toBe(400)
})

test.each<[ProjectFilter, string[]]>([
  [{ q: '小学' }, ['school']],
  [{ q: 'hfxx' }, ['school']],
  [{ q: '9904212608010102' }, ['road']],
  [{ sector: 'water' }, ['pump']],
  [{ authority: 'water' }, ['pump']],
  [{ town: '990421400' }, ['plant']],
  [{ tag: 'key_public' }, ['pump']],
  [{ tier: 'yellow' }, ['school']],
  [{ tier: 'red' }, ['road']],
  // 2,400 ㎡ oblige inside the zone, 2,000 万元 oblige a road, 重点公建 whatever its size, 8,000 ㎡ anywhere.
  [{ duty: 'dust', state: 'registered' }, ['school', 'road', 'pump', 'plant']],
  [{ q: '工程', tier: 'red' }, ['road']],
  [{ q: '没有的词' }, []],
])('%j', async (filter, keys) => expect(await namesOf(filter)).toEqual(namesFor(...keys)))

test('a project is found by unit, contact and officer too', async () => {
  for (const query of [
    { q: '云桥建设' },
    { q: 'yqjs' },
    { org: cast.contractorId },
    { officer: cast.persons.inspectorB },
  ])
    expect(await namesOf(query)).toEqual(['城东污水厂扩建工程'])
  expect(await namesOf({ q: '南宫恒' })).toEqual(['城东污水厂扩建工程', '城西邻里中心'])
})

test.each(['registered', 'name', 'code', 'area', 'cost', 'startDay', 'completeness'])(
  'pages by %s, both ways',
  async (sort) => {
    const whole = (await list({ sort, order: 'asc', limit: 200 })).rows.map(({ id }) => id)
    expect(whole).toHaveLength(6)
    for (const order of ['asc', 'desc']) {
      const seen: string[] = []
      for (let after: string | null | undefined; after !== null;) {
        const page = await list({ sort, order, limit: 2, ...(after ? { after } : {}) })
        seen.push(...page.rows.map(({ id }) => id))
        after = page.next
      }
      expect(seen).toEqual(order === 'asc' ? whole : whole.toReversed())
    }
  },
)

test('the list begins with what was registered last', async () => {
  const names = (await list({})).rows.map(({ name }) => name)
  expect(names.slice(0, 4)).toEqual(drafts.map(({ name }) => name).toReversed())
})

test('every count opens as many rows as it says', async () => {
  const { body } = await house.call(cast.clerk, projectContract.counts, {})
  const groups = Object.entries(body).filter(([by]) => by !== 'total') as [string, ProjectCounts['town']][]
  expect(body.total).toBe(6)
  for (const [by, counts] of groups) {
    expect(counts.length, by).toBeGreaterThan(0)
    for (const { count, filter, label } of counts) {
      expect((await list({ ...filter, limit: 200 })).rows, `${by} ${label}`).toHaveLength(count)
      expect(label).toMatch(/\p{Script=Han}/u)
    }
  }
  for (const by of ['town', 'sector', 'authority', 'state', 'tier'] as const)
    expect(body[by].reduce((sum, { count }) => sum + count, 0)).toBe(6)
})

test('the map shows each site with its tier', async () => {
  const { body } = await house.call(cast.clerk, projectContract.sites, {})
  const tiers = Object.fromEntries(body.rows.map(({ name, tier }) => [name, tier]))
  expect(tiers).toMatchObject({ 禾丰小学迁建工程: 'yellow', 青湖路北延工程: 'red', 望溪排涝泵站: 'calm' })
})

test('a party sees no tier of cases that it does not reach', async () => {
  await openCase(cast.projectId, 'red', true)
  const tierFor = async (who: string) =>
    (await house.call(who, projectContract.get, { params: { id: cast.projectId } })).body.tier
  expect([await tierFor(cast.clerk), await tierFor(cast.manager)]).toEqual(['red', 'calm'])
})

test('the export says what was asked and holds those rows', async () => {
  const answer = await house.call(cast.clerk, projectContract.export, { query: { sector: 'water' } })
  const rows = await readSheet(answer.body as Buffer)
  expect(String(rows[0]![0])).toMatch(/^筛选条件：水利　导出时间：\d{4}-\d{2}-\d{2} \d{2}:\d{2}　共 1 项$/)
  expect([rows[1]!.slice(0, 3), rows[2]!.slice(0, 3)]).toEqual([
    ['项目编码', '项目名称', '所属镇街'],
    ['9904212608010103', '望溪排涝泵站', '望溪镇'],
  ])
  expect(rows).toHaveLength(3)
})

test('districts to choose from are the drawn towns, for whoever is signed in', async () => {
  expect(await house.call(null, baseContract.districts, {})).toMatchObject({ status: 401 })
  const { body } = await house.call(cast.citizen, baseContract.districts, {})
  expect(body.rows).toEqual(towns.map(({ code, name }) => ({ code, name })))
})
