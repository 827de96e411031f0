import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { act } from './act.ts'
import { contextOf } from './context.ts'
import { ask, clerk, openLibrary, room } from './testing.ts'

const { house, lend, give, acts, close } = await openLibrary()
afterAll(close)

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
    act(await contextOf(house, clerk()), broken, record.id, ask('return', { note: '完好' })),
  ).rejects.toThrow('printer on fire')
  expect(await acts(record.id)).toHaveLength(1)
  expect((await give(clerk(), record.id)).record.state).toBe('back')
})
