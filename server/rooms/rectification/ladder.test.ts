import { randomUUID } from 'node:crypto'
import { baseContract } from '@plumbline/core/base'
import { permitContract } from '@plumbline/core/permit'
import { type Notice, rectificationContract as contract } from '@plumbline/core/rectification'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { item, must, openDesk } from './testing.ts'

const desk = await openDesk()
const { cast } = desk
afterAll(() => desk.house.close())

const after = (at: string, millis: number) => new Date(Date.parse(at) + millis).toISOString()
const minute = 60_000
const day = 1440 * minute
const read = async (id: string) => (await desk.get(cast.inspectorA, id)).body
const systemActs = (id: string) =>
  desk.rows(
    sql<{ action: string; at: string; rules: { code: string }[] }>`
      select split_part(topic, '.', 2) as action, done_at as at, rules from base.act
      where case_id = ${id} and capacity = 'system' order by id`,
  )
const holdsOf = (id: string) =>
  desk.rows(
    sql<{
      placed_at: string
      lifted_at: string | null
    }>`select placed_at, lifted_at from base.hold where case_id = ${id}`,
  )
const withdraw = (id: string) => desk.act(cast.chief, id, 'withdraw', { reason: '测试完毕' })
/** An item that ran out is due again, so that its own deadline does not stand in the way of the next test. */
const three = () => [item('临边无防护', 'imminent'), item('配电箱未上锁', 'serious'), item('裸土未覆盖')]

test('one jump over everything: each step in order, each at its own legal instant, told once', async () => {
  const notice = await desk.served({ items: three() })
  await desk.jumpTo(after(notice.redAt!, minute))
  const acts = await systemActs(notice.id)
  const [imminent, serious, general] = notice.items.map(({ due }) => after(due!, minute))
  expect(acts.map(({ action, at }) => [action, at])).toEqual([
    ['warn', imminent],
    ['warn', serious],
    ['yellow', notice.yellowAt],
    ['warn', general],
    ['lock', notice.redAt],
  ])
  expect(await holdsOf(notice.id)).toEqual([{ placed_at: notice.redAt, lifted_at: null }])
  const { head, record, tracks } = await read(notice.id)
  expect([head.tier, record.tier, record.lockedAt]).toEqual(['red', 'red', notice.redAt])
  expect(tracks.map(({ overdue, daysLeft, holderName }) => [overdue, daysLeft, holderName])).toEqual([
    [true, -15, notice.orgName],
    [true, -12, notice.orgName],
    [true, -8, notice.orgName],
  ])

  for (const cookie of [cast.manager, cast.company, cast.inspectorB]) {
    const { body } = await desk.house.call(cookie, baseContract.messages, { query: { limit: 100 } })
    const kinds = body.rows.filter(({ caseId }) => caseId === notice.id).map(({ kind, createdAt }) => [kind, createdAt])
    expect(kinds.filter(([kind]) => kind !== 'served' && kind !== 'onward')).toEqual([
      ['red', notice.redAt],
      ['overdue', general],
      ['yellow', notice.yellowAt],
      ['overdue', serious],
      ['overdue', imminent],
    ])
  }

  await desk.house.house.settle()
  await desk.house.house.settle()
  expect(await systemActs(notice.id)).toEqual(acts)
  await must(withdraw(notice.id))
  expect((await holdsOf(notice.id))[0]!.lifted_at).not.toBeNull()
})

test('a minute before its hour nothing turns; at the hour yellow, on the list and the case alike', async () => {
  const notice = await desk.served()
  await desk.jumpTo(after(notice.yellowAt!, -minute))
  expect((await systemActs(notice.id)).map(({ action }) => action)).toEqual([])
  expect((await read(notice.id)).head.tier).toBe('calm')
  await desk.jumpTo(notice.yellowAt!)
  expect((await systemActs(notice.id)).map(({ action, at }) => [action, at])).toEqual([['yellow', notice.yellowAt]])
  const { body } = await desk.house.call(cast.inspectorB, contract.list, { query: { tier: 'yellow' } })
  expect(body.rows.map(({ id }) => id)).toEqual([notice.id])
  await must(withdraw(notice.id))
  expect((await read(notice.id)).head.tier).toBe('calm')
})

test('red: new business is refused with clause, number and item; closing the item lets it pass at once', async () => {
  const notice = await desk.served({ items: [item('深基坑无监测', 'serious')] })
  await desk.jumpTo(after(notice.redAt!, minute))
  const refused = await desk.submit()
  expect(refused).toMatchObject({ status: 422, rule: 'held' })
  expect((refused.body as unknown as { detail: object[] }).detail).toMatchObject([
    { clause: 'pinghu.ladder', number: notice.number, item: '深基坑无监测', effect: 'new_business' },
  ])
  expect((await desk.close(notice)).tier).toBe('calm')
  const passed = await desk.submit()
  expect(passed).toMatchObject({ status: 200 })
  expect(passed.body.record.number).toMatch(/^青建验受〔\d{4}〕\d{4}号$/)
  await takeBack(passed.body.record.id)
})

const takeBack = async (id: string) =>
  desk.house.call(cast.owner, permitContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action: 'withdraw', input: { reason: '另行申请' } },
  })

test('what waits for the bureau does not climb; returned after the fifteenth day it locks at once', async () => {
  const notice = await desk.served({ items: [item('脚手架连墙件缺失')] })
  const each = (more: object) => ({ items: [{ itemId: notice.items[0]!.id, ...more }] })
  const photos = [await desk.photo(cast.manager)]
  await must(desk.act(cast.manager, notice.id, 'reply', each({ text: '已补设', photos })))
  await must(desk.act(cast.engineer, notice.id, 'countersign', each({ agree: true })))
  await desk.jumpTo(after(notice.redAt!, day))
  expect((await systemActs(notice.id)).map(({ action }) => action)).toEqual([])
  await must(desk.act(cast.inspectorA, notice.id, 'review', each({ accept: false, reason: '仅补设一处' })))
  await desk.house.house.settle()
  expect((await systemActs(notice.id)).map(({ action }) => action)).toEqual(['lock', 'warn'])
  expect((await read(notice.id)).record.tier).toBe('red')
  expect((await desk.close(notice)).state).toBe('closed')
  const [reopened] = [
    await must(desk.act(cast.chief, notice.id, 'reopen', { itemIds: [notice.items[0]!.id], reason: '再次松动' })),
  ]
  expect(reopened).toMatchObject({ state: 'fixing', servedAt: notice.servedAt })
  await desk.house.house.settle()
  expect((await read(notice.id)).record.tier).toBe('red')
  expect((await desk.submit()).rule).toBe('held')
  await must(withdraw(notice.id))
})

test('an extended deadline is warned of anew, the old one never again', async () => {
  const notice = await desk.served({ items: [item('消防通道堵塞', 'imminent')] })
  await desk.jumpTo(after(notice.items[0]!.due!, 2 * minute))
  const to = after(notice.items[0]!.due!, 2 * day).slice(0, 10)
  await must(desk.act(cast.inspectorA, notice.id, 'extend', { itemIds: [notice.items[0]!.id], to, reason: '材料未到' }))
  await desk.house.house.settle()
  expect((await systemActs(notice.id)).map(({ action }) => action)).toEqual(['warn'])
  const { record } = await read(notice.id)
  await desk.jumpTo(after(record.items[0]!.due!, 2 * minute))
  expect((await systemActs(notice.id)).map(({ action, at }) => [action, at])).toEqual([
    ['warn', after(notice.items[0]!.due!, minute)],
    ['warn', after(record.items[0]!.due!, minute)],
  ])
  await must(withdraw(notice.id))
})

describe('races', () => {
  test('the order is withdrawn while the lock falls due: whoever is first, no hold stays behind', async () => {
    const notices: Notice[] = []
    for (let n = 0; n < 4; n += 1) notices.push(await desk.served({ items: [item(`竞态事项${n}`)] }))
    const last = notices
      .map(({ redAt }) => redAt!)
      .sort()
      .at(-1)!
    const [, ...answers] = await Promise.all([
      desk.jumpTo(after(last, minute)),
      ...notices.map(({ id }) => withdraw(id)),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await desk.house.house.settle()
    for (const { id } of notices) {
      const { record } = await read(id)
      expect([record.state, record.tier]).toEqual(['withdrawn', 'calm'])
      expect((await holdsOf(id)).filter(({ lifted_at }) => lifted_at === null)).toEqual([])
    }
  })

  test('an application is handed in while the lock is being placed: it was first, or it is refused', async () => {
    for (let n = 0; n < 6; n += 1) {
      const notice = await desk.served({ items: [item(`竞态锁定${n}`)] })
      const late = async () => {
        // Each round starts the application a few turns of the event loop later.
        for (let turn = 0; turn < n * 12; turn += 1) await new Promise((resolve) => setImmediate(resolve))
        return desk.submit()
      }
      const [, answer] = await Promise.all([desk.jumpTo(after(notice.redAt!, minute)), late()])
      const [locked] = await desk.rows(
        sql<{
          id: number
          written: string
        }>`select id, written_at as written from base.act where case_id = ${notice.id} and topic = 'rectification.lock'`,
      )
      if (answer.status === 200) {
        const [submitted] = await desk.rows(
          sql<{
            first: boolean
          }>`select written_at < ${locked!.written} as first from base.act where case_id = ${answer.body.record.id}`,
        )
        expect(submitted!.first).toBe(true)
        await takeBack(answer.body.record.id)
      } else expect(answer).toMatchObject({ status: 422, rule: 'held' })
      expect((await desk.submit()).rule).toBe('held')
      await must(withdraw(notice.id))
    }
  })
})
