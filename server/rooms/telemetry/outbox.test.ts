import { telemetryContract } from '@plumbline/core/telemetry'
import { systemActor } from '@plumbline/core/access'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { inTx } from '../../base/db.ts'
import { enterDevice } from '../../gateways/testing.ts'
import { settleHappenings } from './happenings.ts'
import { saveProven } from './outbox.ts'

let house: TestHouse
let cast: Cast
beforeAll(async () => {
  house = await openTestHouse({ worker: false })
  cast = await openCast(house)
})
afterAll(() => house.close())

const enter = (mn: string) => enterDevice(house, cast.chief, { mn, projectId: cast.projectId })

test('that a device has proved itself waits in the outbox once, however often it speaks until it is live', async () => {
  const [one, other] = [await enter('990421A89000760000000001'), await enter('990421A89000760000000002')]
  const ctx = await house.as(systemActor)
  const save = (...ids: string[]) => inTx(house.house.db, systemActor.keys, (tx) => saveProven(tx, ctx, ids))
  expect(await save(one)).toEqual([one])
  expect(await save(one)).toEqual([])
  expect(await save(one, other)).toEqual([other])
  expect(await settleHappenings(ctx)).toBe(2)
  // Done and told again, which harms nothing: it is live already.
  expect(await save(one)).toEqual([one])
  expect(await settleHappenings(ctx)).toBe(1)
})

test('more readers at once than the pool has connections: all are answered', async () => {
  const id = await enter('990421A89000760000000003')
  const latest = () => house.call(cast.chief, telemetryContract.latest, { params: { id } })
  const site = () => house.call(cast.chief, telemetryContract.environment, { params: { id: cast.projectId } })
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? latest() : site())))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
})
