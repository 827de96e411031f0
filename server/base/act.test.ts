import { districtKeys, guestActor, systemActor, type Actor } from '@plumbline/core/access'
import { defineWorkflow, stepOf } from '@plumbline/core/workflow'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { openTestHouse, type TestHouse } from '../../house/setup/house.ts'
import { act, open, sameId } from './act.ts'
import { inbox, listCases } from './cases.ts'
import { contextOf } from './context.ts'
import { inTx } from './db.ts'
import { findPoisoned, hearOnce } from './hearing.ts'
import { asCaseRoom, type CaseRoom, type Room } from './room.ts'
import { findHolds, liftHolds, placeHolds, requireNoHold, saveSubjects } from './subjects.ts'
import { findStuck, retryTimer, sweepOnce } from './sweep.ts'

/** A room that no county has, which proves that the base knows none: a library lends books. */
interface Loan {
  id: string
  state: 'lent' | 'late' | 'back' | null
  reader: string
  town: string
  dueAt: string
  warned: number
}
const step = stepOf<'lent' | 'late' | 'back', Loan>()
const loanWorkflow = defineWorkflow<'lent' | 'late' | 'back', Loan>()({
  name: 'loan',
  title: '借书',
  states: {
    lent: { label: '借出', waits: ['return'] },
    late: { label: '逾期', waits: ['return'] },
    back: { label: '归还', final: true },
  },
  steps: {
    lend: step({
      label: '借出',
      from: [null],
      to: 'lent',
      by: ['clerk', 'guest'],
      heldBy: ['new_business'],
      input: z.object({ days: z.number() }),
    }),
    return: step({
      label: '归还',
      from: ['lent', 'late'],
      to: 'back',
      by: ['clerk'],
      input: z.object({ note: z.string() }),
      guard: ({ input }) => (input.note ? null : 'note_required'),
    }),
    expire: step({
      label: '逾期',
      from: ['lent'],
      to: 'late',
      by: ['system'],
      input: z.object({}),
      apply: ({ record }) => ({ ...record, warned: record.warned + 1 }),
    }),
  },
  head: (loan) => ({
    number: null,
    title: `借给 ${loan.reader}`,
    projectId: null,
    subjects: [reader],
    parties: [],
    reach: districtKeys(loan.town),
    due: loan.dueAt,
    tier: loan.state === 'late' ? 'yellow' : 'calm',
    timers: loan.state === 'lent' ? [{ action: 'expire', at: loan.dueAt }] : [],
    words: [loan.reader],
  }),
})

const room: CaseRoom<'lent' | 'late' | 'back', Loan> = {
  workflow: loanWorkflow,
  // Kept in a table, so that a transaction that fails takes it along.
  load: async (tx, ids) => {
    if (jammed) throw new Error('the shelf is jammed')
    return (await sql<{ loan: Loan }>`select loan from loan.loan where id = any(${[...ids]})`.execute(tx)).rows.map(
      ({ loan }) => loan,
    )
  },
  save: async (tx, records) => {
    for (const record of records)
      await sql`insert into loan.loan values (${record.id}, ${JSON.stringify(record)}::jsonb) on conflict (id) do update set loan = excluded.loan`.execute(
        tx,
      )
  },
}
let heard: number[] = []
let deaf = false
let jammed = false
const library: Room = {
  name: 'loan',
  routes: () => {},
  cases: [asCaseRoom(room)],
  hears: {
    'loan.return': async (_ctx, { id }) => {
      if (deaf) throw new Error('not listening')
      heard.push(id)
    },
  },
}

const reader = randomUUID()
const clerk = (town = '990421'): Actor => ({
  ...guestActor,
  personId: randomUUID(),
  name: '窗口',
  capacity: 'clerk',
  keys: [`d:${town}`],
})
const ask = (action: string, input: unknown, requestId: string = randomUUID()) => ({ requestId, action, input })

let test0: TestHouse
beforeAll(async () => {
  test0 = await openTestHouse({ worker: false })
  ;(test0.house as { rooms: readonly Room[] }).rooms = [library]
  const { default: pg } = await import('pg')
  const owner = new pg.Client({ connectionString: test0.ownerUrl })
  await owner.connect()
  await owner.query(
    'create schema loan; create table loan.loan (id uuid primary key, loan jsonb); grant usage on schema loan to plumbline_app; grant all on loan.loan to plumbline_app',
  )
  await owner.end()
  await inTx(test0.house.db, ['d:'], (tx) =>
    saveSubjects(tx, [{ id: reader, kind: 'person', name: '读者', district: '990421', reach: ['d:'] }]),
  )
})
afterAll(() => test0.close())
beforeEach(() => {
  heard = []
  deaf = false
})

const lend = async (actor = clerk(), more: Partial<Loan> = {}, asked = ask('lend', { days: 7 })) => {
  const ctx = await contextOf(test0.house, actor)
  return open(ctx, room, asked, async () => ({
    id: randomUUID(),
    state: null,
    reader: '王珊',
    town: '990421001',
    dueAt: new Date(Date.parse(ctx.now) + 7 * 86_400_000).toISOString(),
    warned: 0,
    ...more,
  }))
}
const give = async (actor: Actor, id: string, asked = ask('return', { note: '完好' })) =>
  act(await contextOf(test0.house, actor), room, id, asked)
const acts = (id: string) =>
  inTx(test0.house.db, ['d:'], (tx) =>
    tx.selectFrom('base.act').selectAll().where('case_id', '=', id).orderBy('id').execute(),
  )

test('what is out of reach is missing, exactly like what is not there', async () => {
  const { record } = await lend()
  const far = clerk('990422')
  await expect(give(far, record.id)).rejects.toMatchObject({ kind: 'missing', rule: 'loan' })
  await expect(give(far, randomUUID())).rejects.toMatchObject({ kind: 'missing', rule: 'loan' })
})

test('nobody opens a case beyond his own reach', async () => {
  await expect(lend(clerk('990422'))).rejects.toMatchObject({ kind: 'missing' })
})

test('capacity, state and guard refuse by name, and write nothing', async () => {
  const { record } = await lend()
  await expect(give({ ...clerk(), capacity: 'leader' }, record.id)).rejects.toMatchObject({
    kind: 'forbidden',
    rule: 'capacity',
  })
  await expect(give(clerk(), record.id, ask('return', { note: '' }))).rejects.toMatchObject({
    kind: 'unmet',
    rule: 'note_required',
  })
  await give(clerk(), record.id)
  await expect(give(clerk(), record.id)).rejects.toMatchObject({ kind: 'conflict', rule: 'state', detail: '归还' })
  expect((await acts(record.id)).map(({ topic }) => topic)).toEqual(['loan.lend', 'loan.return'])
})

test('a repeat is answered with the first result; the same id with other input is a conflict', async () => {
  const { record } = await lend()
  const asked = ask('return', { note: '完好' })
  const first = await give(clerk(), record.id, asked)
  const again = await give(clerk(), record.id, asked)
  expect([again.actId, again.repeated, again.record.state]).toEqual([first.actId, true, 'back'])
  await expect(give(clerk(), record.id, { ...asked, input: { note: '破损' } })).rejects.toMatchObject({
    kind: 'conflict',
    rule: 'request_id_reused',
  })
})

test('twenty sends of one opening at the same moment open one case', async () => {
  const asked = ask('lend', { days: 7 })
  const id = randomUUID()
  const answers = await Promise.all(Array.from({ length: 20 }, () => lend(clerk(), { id }, asked)))
  expect(new Set(answers.map(({ actId }) => actId)).size).toBe(1)
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
})

test('two clerks at once: one acts, the other is told', async () => {
  const { record } = await lend()
  const answers = await Promise.allSettled([
    give(clerk(), record.id),
    give(clerk(), record.id),
    give(clerk(), record.id),
  ])
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await acts(record.id)).toHaveLength(2)
})

test('an effect that fails takes the whole act with it', async () => {
  const { record } = await lend()
  const broken = { ...room, effects: { return: async () => Promise.reject(new Error('printer on fire')) } }
  await expect(
    act(await contextOf(test0.house, clerk()), broken, record.id, ask('return', { note: '完好' })),
  ).rejects.toThrow('printer on fire')
  expect(await acts(record.id)).toHaveLength(1)
  expect((await give(clerk(), record.id)).record.state).toBe('back')
})

test('a subject that does not exist cannot be locked: a bug, not a gap', async () => {
  await expect(inTx(test0.house.db, ['d:'], (tx) => requireNoHold(tx, [randomUUID()], ['draw']))).rejects.toThrow(
    'not there',
  )
})

test('a hold refuses the step, with its clause and item, until it is lifted', async () => {
  const { record } = await lend()
  const ctx = await contextOf(test0.house, systemActor)
  await inTx(ctx.db, ['d:'], (tx) =>
    placeHolds(tx, ctx, [
      { subjectId: reader, effect: 'new_business', caseId: record.id, clause: 'pinghu.ladder', item: '未还书' },
    ]),
  )
  await expect(lend()).rejects.toMatchObject({
    kind: 'unmet',
    rule: 'held',
    detail: [{ clause: 'pinghu.ladder', item: '未还书', caseId: record.id, room: 'loan' }],
  })
  await inTx(ctx.db, ['d:'], (tx) => liftHolds(tx, ctx, record.id))
  expect(await inTx(ctx.db, ['d:'], (tx) => findHolds(tx, [reader]))).toEqual([])
  expect((await lend()).record.state).toBe('lent')
})

test('no step slips past a hold that is being placed', async () => {
  const { record } = await lend()
  const ctx = await contextOf(test0.house, systemActor)
  for (let round = 0; round < 8; round += 1) {
    const placing = inTx(ctx.db, ['d:'], async (tx) => {
      await placeHolds(tx, ctx, [
        { subjectId: reader, effect: 'new_business', caseId: record.id, clause: 'c', item: 'i' },
      ])
      const { rows } = await sql<{ at: number }>`select coalesce(max(id), 0) as at from base.act`.execute(tx)
      return rows[0]!.at
    })
    const [placed, ...lent] = await Promise.allSettled([placing, ...Array.from({ length: 6 }, () => lend())])
    const before = placed.status === 'fulfilled' ? placed.value : Number.NaN
    // Whoever lent did so before the hold was placed: its act was already committed when the hold was written.
    for (const one of lent) if (one.status === 'fulfilled') expect(one.value.actId).toBeLessThanOrEqual(before)
    await inTx(ctx.db, ['d:'], (tx) => liftHolds(tx, ctx, record.id))
  }
})

test('the inbox holds what waits for the capacity, the list what it reaches; closed cases leave the inbox', async () => {
  const actor = clerk('990421777')
  const { record } = await lend(actor, { town: '990421777', reader: '李四' })
  const ctx = await contextOf(test0.house, actor)
  expect((await inbox(ctx, { limit: 10 })).rows.map(({ id }) => id)).toEqual([record.id])
  expect((await inbox({ ...ctx, actor: { ...actor, capacity: 'leader' } }, { limit: 10 })).rows).toEqual([])
  await give(actor, record.id)
  expect((await inbox(ctx, { limit: 10 })).rows).toEqual([])
  expect((await listCases(ctx, { rooms: ['loan'], limit: 10 })).rows.map(({ state }) => state)).toEqual(['back'])
})

test('a page follows a page without gap or repeat', async () => {
  const actor = clerk('990421778')
  for (let day = 1; day <= 7; day += 1)
    await lend(actor, { town: '990421778', dueAt: new Date(Date.UTC(2030, 0, ((day * 3) % 7) + 1)).toISOString() })
  const ctx = await contextOf(test0.house, actor)
  const seen: string[] = []
  let after: string | undefined
  do {
    const { rows, next } = await listCases(ctx, { rooms: ['loan'], limit: 3, ...(after ? { after } : {}) })
    seen.push(...rows.map(({ due }) => due!))
    after = next ?? undefined
  } while (after)
  expect(seen).toHaveLength(7)
  expect(seen).toEqual([...seen].sort())
})

test('a timer rings at its time, not a millisecond before, and once', async () => {
  const now = await test0.house.clock.now()
  const { record } = await lend(clerk(), { dueAt: new Date(Date.parse(now) + 86_400_000).toISOString() })
  await sweepOnce(test0.house)
  expect(await acts(record.id)).toHaveLength(1)
  const ctx = await contextOf(test0.house, systemActor)
  await ctx.db.transaction().execute((tx) => test0.house.clock.jumpTo(tx, record.dueAt))
  test0.house.clock.forget()
  await sweepOnce(test0.house)
  await sweepOnce(test0.house)
  const [, expired] = await acts(record.id)
  expect(expired).toMatchObject({
    topic: 'loan.expire',
    capacity: 'system',
    done_at: record.dueAt,
    request_id: sameId('loan', 'expire', record.id, record.dueAt),
  })
  expect(await acts(record.id)).toHaveLength(2)
})

test('every listener hears each act once; one that fails is tried again and holds up only its case', async () => {
  const [one, other] = [await lend(), await lend()]
  await hearOnce(test0.house)
  heard = []
  deaf = true
  const first = await give(clerk(), one.record.id)
  await hearOnce(test0.house)
  expect(heard).toEqual([])
  deaf = false
  const second = await give(clerk(), other.record.id)
  await hearOnce(test0.house)
  expect(heard).toEqual([second.actId])
  expect(await inTx(test0.house.db, ['d:'], findPoisoned)).toMatchObject([
    {
      actId: first.actId,
      listener: 'loan',
      topic: 'loan.return',
      caseId: one.record.id,
      tries: 1,
      error: 'Error: not listening',
    },
  ])
  await sql`update base.hearing set next_try = now()`.execute(test0.house.db)
  await hearOnce(test0.house)
  await hearOnce(test0.house)
  expect(heard).toEqual([second.actId, first.actId])
  expect(await inTx(test0.house.db, ['d:'], findPoisoned)).toEqual([])
})

test('a timer that fails is tried eight times, then left for the operator, who is told why', async () => {
  const { record } = await lend()
  const stuck = async () =>
    (await inTx(test0.house.db, ['d:'], findStuck)).map(({ caseId, tries, error, givenUp }) => [
      caseId,
      tries,
      error,
      givenUp,
    ])
  await inTx(test0.house.db, ['d:'], (tx) =>
    sql`update base.timer set at = '2001-01-01T00:00:00Z' where case_id = ${record.id}`.execute(tx),
  )
  jammed = true
  await sweepOnce(test0.house)
  const why = 'Error: the shelf is jammed'
  expect(await stuck()).toEqual([[record.id, 1, why, false]])
  for (let count = 0; count < 9; count += 1) await sweepOnce(test0.house)
  jammed = false
  await sweepOnce(test0.house)
  expect(await stuck()).toEqual([[record.id, 8, why, true]])

  const retry = (caseId: string) => inTx(test0.house.db, ['d:'], (tx) => retryTimer(tx, { caseId, action: 'expire' }))
  expect(await retry(randomUUID())).toBe(false)
  expect(await retry(record.id)).toBe(true)
  // Pressed twice: it is already going.
  expect(await retry(record.id)).toBe(false)
  await sweepOnce(test0.house)
  expect(await stuck()).toEqual([])
})
