import { usccCheck } from '@plumbline/core/kit'
import { orgContract } from '@plumbline/core/org'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'

let house: TestHouse
let cast: Cast

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
})
afterAll(() => house.close())

let serial = 0
const newUscc = () => {
  const first17 = `91990421MA${String((serial += 1)).padStart(7, '0')}`
  return first17 + usccCheck(first17)
}
const register = (uscc = newUscc(), more: object = {}) =>
  house.call(cast.clerk, orgContract.register, {
    body: { requestId: randomUUID(), input: { uscc, name: `单位${uscc.slice(-4)}`, kinds: ['contractor'], ...more } },
  })
const enter = async (more: object = {}) => (await register(newUscc(), more)).body.record.id
const act = (id: string, action: 'join' | 'leave' | 'amend' | 'revoke', input: object) =>
  house.call(cast.clerk, orgContract.act, { params: { id }, body: { requestId: randomUUID(), action, input } as never })

describe('refusals', () => {
  test('a wrong check character', async () => {
    const uscc = newUscc()
    const wrong = uscc.slice(0, 17) + (uscc.endsWith('0') ? '1' : '0')
    expect((await register(wrong)).status).toBe(400)
  })
  test('a credit code registered before, also when two come at once', async () => {
    const uscc = newUscc()
    const answers = await Promise.all([register(uscc), register(uscc), register(uscc)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
    expect(await register(uscc)).toMatchObject({ status: 409, rule: 'uscc_taken' })
  })
  test('an inspector looks up and writes nothing', async () => {
    const body = { requestId: randomUUID(), input: { uscc: newUscc(), name: '某单位', kinds: ['owner' as const] } }
    expect(await house.call(cast.inspectorA, orgContract.register, { body })).toMatchObject({
      status: 403,
      rule: 'permission',
    })
    expect((await house.call(cast.inspectorA, orgContract.get, { params: { id: cast.contractorId } })).status).toBe(200)
  })
  test('a unit does not join itself, what stands below it, or what is revoked', async () => {
    const top = await enter()
    const middle = await enter({ parentId: top })
    const bottom = await enter({ parentId: middle })
    expect(await act(top, 'join', { parentId: top })).toMatchObject({ status: 422, rule: 'group_cycle' })
    expect(await act(top, 'join', { parentId: bottom })).toMatchObject({ status: 422, rule: 'group_cycle' })
    const gone = await enter()
    await act(gone, 'revoke', { reason: '注销登记' })
    expect(await act(top, 'join', { parentId: gone })).toMatchObject({ status: 422, rule: 'org_unknown' })
  })
  test('two that join each other at one moment: one of them does', async () => {
    const [one, other] = [await enter(), await enter()]
    const answers = await Promise.all([act(one, 'join', { parentId: other }), act(other, 'join', { parentId: one })])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422])
  })
})

test('a head office reaches what stands below it, from the moment it joins to the moment it leaves', async () => {
  const [group, middle, unit] = [await enter({ kinds: ['group'] }), await enter(), await enter()]
  const below = async (id: string) => {
    const row = await house.house.db.transaction().execute(async (tx) => {
      await tx.executeQuery(tx.selectNoFrom((eb) => eb.fn('base.enter', [eb.val(['d:'])]).as('entered')).compile())
      return tx.selectFrom('base.subject').select('standing').where('id', '=', id).executeTakeFirstOrThrow()
    })
    return row.standing.below
  }
  await act(unit, 'join', { parentId: middle })
  expect(await below(group)).toEqual([])
  await act(middle, 'join', { parentId: group })
  expect(new Set((await below(group)) as string[])).toEqual(new Set([middle, unit]))
  await act(unit, 'leave', { reason: '股权转让' })
  expect([await below(group), await below(middle)]).toEqual([[middle], []])
})

test('the page names parent and children', async () => {
  const parent = await enter({ kinds: ['group'] })
  const child = await enter({ parentId: parent })
  const [up, down] = [await view(child), await view(parent)]
  expect(up.body.parent?.id).toBe(parent)
  expect(down.body.children.map(({ id }) => id)).toEqual([child])
})
const view = (id: string) => house.call(cast.clerk, orgContract.get, { params: { id } })

test('an enterprise is found by name, by credit code and by pinyin initials', async () => {
  const uscc = newUscc()
  const id = (await register(uscc, { name: '磐石营造有限公司' })).body.record.id
  for (const q of ['磐石', uscc, 'psyz']) {
    const { body } = await house.call(cast.manager, orgContract.list, { query: { q } })
    expect(body.rows.map((row) => row.id)).toEqual([id])
  }
})

test('pages follow one another without gap or overlap', async () => {
  const all = (await house.call(cast.clerk, orgContract.list, { query: { limit: 200 } })).body.rows
  const seen: string[] = []
  for (let after: string | undefined; ;) {
    const { body } = await house.call(cast.clerk, orgContract.list, {
      query: { limit: 3, ...(after ? { after } : {}) },
    })
    seen.push(...body.rows.map(({ id }) => id))
    if (body.next === null) break
    after = body.next
  }
  expect(seen).toEqual(all.map(({ id }) => id))
  expect(seen.length).toBeGreaterThan(6)
})

test('nobody without a session sees the register', async () => {
  expect(await house.call(null, orgContract.list, {})).toMatchObject({ status: 401, rule: 'session_missing' })
  expect((await house.call(cast.citizen, orgContract.list, {})).status).toBe(403)
})
