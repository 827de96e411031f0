import { telemetryContract } from '@plumbline/core/telemetry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { type Ears, openEars } from './testing.ts'

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

test('a device that measures at points is not called silent by a project’s panel when a point of it speaks', async () => {
  const { projectId } = cast
  const silent = await ears.enter(cast.chief, { modelCode: 'pit-logger', projectId })
  const pit = await ears.enter(cast.chief, { modelCode: 'pit-logger', projectId })
  await ears.store(pit, [
    { quantity: 'subside@S1', value: 3 },
    { quantity: 'subside@S2', value: 4, ago: 3600 },
  ])
  const { devices } = (await house.call(cast.manager, telemetryContract.environment, { params: { id: projectId } }))
    .body
  const of = (id: string) => devices.find((one) => one.id === id)!.freshness
  expect([of(pit), of(silent)]).toEqual(['live', 'never'])
})
