import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../house/setup/house.ts'
import { inLane, type Lane, openPool } from './db.ts'

let house: TestHouse
let pool: Pool
beforeAll(async () => {
  house = await openTestHouse({ worker: false })
  pool = openPool(house.house.settings.databaseUrl, 1)
})
afterAll(async () => {
  await pool.end()
  await house.close()
})

const wrong = ({ ask }: Lane) => ask('test.wrong', 'select 1 / $1::int as one', [0])
const right = ({ ask }: Lane) => ask<{ one: number }>('test.right', 'select $1::int as one', [1])

test('what failed unwaited-for is told, not the refusal of what was asked after it', async () => {
  const work = async (lane: Lane) => {
    lane.later(wrong(lane))
    return right(lane)
  }
  await expect(inLane(pool, ['d:'], work)).rejects.toMatchObject({ code: '22012' })
})

test('what failed unwaited-for undoes the whole', async () => {
  const work = async (lane: Lane) => {
    const rows = await right(lane)
    lane.later(wrong(lane))
    return rows
  }
  await expect(inLane(pool, ['d:'], work)).rejects.toMatchObject({ code: '22012' })
})

test('after a failure the connection serves the next', async () => {
  expect(await inLane(pool, ['d:'], right)).toEqual([{ one: 1 }])
})
