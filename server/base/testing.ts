import { districtKeys, guestActor, type Actor } from '@plumbline/core/access'
import { defineWorkflow, stepOf } from '@plumbline/core/workflow'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { z } from 'zod'
import { openTestHouse } from '../../house/setup/house.ts'
import { act, open } from './act.ts'
import { contextOf } from './context.ts'
import { inTx } from './db.ts'
import { asCaseRoom, type CaseRoom, type Room } from './room.ts'
import { saveSubjects } from './subjects.ts'

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

export const room: CaseRoom<'lent' | 'late' | 'back', Loan> = {
  workflow: loanWorkflow,
  // Kept in a table, so that a transaction that fails takes it along.
  load: async (tx, ids) => {
    if (library.jammed) throw new Error('the shelf is jammed')
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
/** How the library of the tests fares: what it heard, whether it listens, whether its shelf can be reached. */
export const library = { heard: [] as number[], deaf: false, jammed: false }

const libraryRoom: Room = {
  name: 'loan',
  routes: () => {},
  cases: [asCaseRoom(room)],
  hears: {
    'loan.return': async (_ctx, { id }) => {
      if (library.deaf) throw new Error('not listening')
      library.heard.push(id)
    },
  },
}

export const reader = randomUUID()
export const clerk = (town = '990421'): Actor => ({
  ...guestActor,
  personId: randomUUID(),
  name: '窗口',
  capacity: 'clerk',
  keys: [`d:${town}`],
})
export const ask = (action: string, input: unknown, requestId: string = randomUUID()) => ({ requestId, action, input })

/** A house without a worker that has no room but the library. */
export async function openLibrary() {
  const opened = await openTestHouse({ worker: false })
  const { house } = opened
  ;(house as { rooms: readonly Room[] }).rooms = [libraryRoom]
  const owner = new pg.Client({ connectionString: opened.ownerUrl })
  await owner.connect()
  await owner.query(
    'create schema loan; create table loan.loan (id uuid primary key, loan jsonb); grant usage on schema loan to plumbline_app; grant all on loan.loan to plumbline_app',
  )
  await owner.end()
  await inTx(house.db, ['d:'], (tx) =>
    saveSubjects(tx, [{ id: reader, kind: 'person', name: '读者', district: '990421', reach: ['d:'] }]),
  )
  return {
    house,
    close: opened.close,
    lend: async (actor = clerk(), more: Partial<Loan> = {}, asked = ask('lend', { days: 7 })) => {
      const ctx = await contextOf(house, actor)
      return open(ctx, room, asked, async () => ({
        id: randomUUID(),
        state: null,
        reader: '王珊',
        town: '990421001',
        dueAt: new Date(Date.parse(ctx.now) + 7 * 86_400_000).toISOString(),
        warned: 0,
        ...more,
      }))
    },
    give: async (actor: Actor, id: string, asked = ask('return', { note: '完好' })) =>
      act(await contextOf(house, actor), room, id, asked),
    acts: (id: string) =>
      inTx(house.db, ['d:'], (tx) =>
        tx.selectFrom('base.act').selectAll().where('case_id', '=', id).orderBy('id').execute(),
      ),
  }
}
