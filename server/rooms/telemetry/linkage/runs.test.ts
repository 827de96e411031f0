import { dayOf } from '@plumbline/core/kit'
import { linkageContract } from '@plumbline/core/telemetry'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../../house/setup/house.ts'
import { type Ears, openEars, type Value } from '../testing.ts'

let house: TestHouse
let cast: Cast
let ears: Ears

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  ears = await openEars(house)
})
afterAll(async () => {
  await ears.close()
  await house.close()
})

const runs = (cookie: string, id: string, days = 5) =>
  house.call(cookie, linkageContract.runs, { params: { id }, query: { days } })

test('what is no actuator has no running hours, and another site sees none', async () => {
  const dust = await ears.enter(cast.chief, { modelCode: 'dust-ug', projectId: cast.projectId })
  expect(await runs(cast.manager, dust)).toMatchObject({ status: 422, rule: 'device_not_actuator' })
  const pump = await ears.enter(cast.chief, { modelCode: 'sprayer-1', projectId: cast.projectId })
  expect(await runs(cast.rival, pump)).toMatchObject({ status: 404 })
  expect((await runs(cast.manager, pump)).body.rows).toEqual([])
  expect(await runs(cast.manager, pump, 91)).toMatchObject({ status: 400 })
})

test('a day and a half of states, with gaps and doubtful ones, counted second by second', async () => {
  const id = await ears.enter(cast.chief, { modelCode: 'sprayer-1', projectId: cast.projectId })
  const now = Math.floor(Date.parse(await house.house.clock.now()) / 1000)
  // Irregular by a fixed rule: mostly a minute apart, at times five, at times eleven.
  const told: { at: number; value: number; flag: string | null }[] = []
  let step = 7
  for (let at = now - 130_000; at < now; at += step) {
    const turn = told.length
    told.push({
      at,
      value: turn % 17 < 6 ? 1 : turn % 29 === 0 ? 2 : 0,
      flag: turn % 41 === 0 ? 'D' : turn % 3 ? 'N' : null,
    })
    step = turn % 23 === 0 ? 660 : turn % 5 === 0 ? 299 : 61
  }
  const values: Value[] = told.map(({ at, value, flag }) => ({ quantity: 'SB1', value, flag, ago: now - at }))
  for (let from = 0; from < values.length; from += 200) await ears.store(id, values.slice(from, from + 200))
  const { rows: stored } = (
    await house.call(cast.manager, linkageContract.runs, { params: { id }, query: { days: 5 } })
  ).body
  expect(stored.length).toBeGreaterThanOrEqual(2)

  const heard = await secondsOf(id)
  expect(stored.map(({ day }) => day)).toEqual([...heard.keys()].toSorted().toReversed())
  for (const { day, unit, running, known } of stored) {
    expect(unit).toBe(1)
    expect(running).toBeCloseTo(heard.get(day)!.running, 2)
    expect(known).toBeCloseTo(heard.get(day)!.known, 2)
  }
  expect(stored.reduce((sum, { running }) => sum + running, 0)).toBeGreaterThan(3600)
})

/** The same by walking through time second by second between what the owner of the database finds stored. */
async function secondsOf(deviceId: string) {
  const client = new Client({ connectionString: house.ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ at: number; value: number; flag: string | null }>(
    `select (extract(epoch from at) * 1000)::float8 as at, value, flag from telemetry.reading where device_id = $1 and quantity = 'SB1' order by at`,
    [deviceId],
  )
  await client.end()
  const days = new Map<string, { running: number; known: number }>()
  for (const [place, { at, value, flag }] of rows.entries()) {
    const next = rows[place + 1]
    if (!next || next.at - at > 300_000 || (flag !== null && flag !== 'N')) continue
    for (let moment = at; moment < next.at;) {
      const end = Math.min(moment + 1000 - (moment % 1000), next.at)
      const day = dayOf(new Date(moment))
      const sum = days.get(day) ?? { running: 0, known: 0 }
      sum.known += (end - moment) / 1000
      if (value === 1) sum.running += (end - moment) / 1000
      days.set(day, sum)
      moment = end
    }
  }
  return days
}
