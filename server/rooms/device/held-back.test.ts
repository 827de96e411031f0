import { randomUUID } from 'node:crypto'
import { deviceContract, type Verdict } from '@plumbline/core/device'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { read, systemContext } from '../../base/context.ts'
import { noteSpoken } from './index.ts'

let house: TestHouse
let cast: Cast
let own: string
let other: string

const enter = async (projectId: string, mn: string) => {
  const body = { requestId: randomUUID(), modelCode: 'dust-ug', name: `测点${mn}`, mn, projectId, password: '123456' }
  return (await house.call(cast.chief, deviceContract.onboard, { body })).body.id
}
/** What was heard of a device, in this order. */
async function hear(deviceId: string, ...verdicts: Verdict[]): Promise<void> {
  const ctx = await systemContext(house.house)
  const said = verdicts.map((verdict) => ({
    ...{ deviceId, way: verdict === 'replaced' ? ('note' as const) : ('in' as const), at: ctx.now, verdict },
    ...{ raw: Buffer.from('##0051ST=39;CN=2011;PW=secret;MN=1;CP=&&&&0000'), verified: false, fault: null },
  }))
  await read(ctx, (tx) => noteSpoken(tx, said))
}
const list = (cookie: string, query: object = {}) => house.call(cookie, deviceContract.heldBack, { query })

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  own = await enter(cast.projectId, '990421A8900001HELD000001')
  other = await enter(cast.otherProjectId, '990421A8900001HELD000002')
  await hear(own, 'stored', 'crc', 'answered', 'in_future', 'sent', 'replaced', 'wrong_password')
  await hear(other, 'length')
})
afterAll(() => house.close())

test('what was taken is not listed, another site’s is not seen, and a made-up reason is refused', async () => {
  expect((await list(cast.manager)).body.rows.map(({ verdict }) => verdict)).toEqual([
    'wrong_password',
    'in_future',
    'crc',
  ])
  expect((await list(cast.rival)).body.rows.map(({ device }) => device.id)).toEqual([other])
  expect((await list(cast.chief)).body.rows).toHaveLength(4)
  expect(await list(cast.chief, { verdict: 'nonsense' })).toMatchObject({ status: 400 })
  expect(await list(cast.citizen)).toMatchObject({ status: 403 })
})

test('the password is masked, reasons and projects filter, and pages go on where they ended', async () => {
  const first = await list(cast.chief, { limit: 2 })
  expect(Buffer.from(first.body.rows[0]!.raw, 'base64').toString()).toContain('PW=******')
  expect(first.body.rows[0]!.device).toMatchObject({ id: other, modelCode: 'dust-ug' })
  const second = await list(cast.chief, { limit: 2, after: first.body.next! })
  expect([...first.body.rows, ...second.body.rows].map(({ verdict }) => verdict)).toEqual([
    ...['length', 'wrong_password', 'in_future', 'crc'],
  ])
  expect(second.body.next).toBeNull()
  expect((await list(cast.chief, { verdict: 'crc' })).body.rows).toHaveLength(1)
  expect((await list(cast.chief, { projectId: cast.otherProjectId })).body.rows).toHaveLength(1)
})
