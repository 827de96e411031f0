import { randomUUID } from 'node:crypto'
import { projectContract } from '@plumbline/core/project'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { openDesk } from './testing.ts'

const desk = await openDesk()
afterAll(() => desk.house.close())

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: '#c0c8d0' } })
    .png()
    .toBuffer()
const completes = async () => {
  const { house, cast } = desk
  const files = [(await house.upload(cast.chief, await picture(), '竣工报告.png')).body.id]
  const body = { requestId: randomUUID(), action: 'complete' as const, input: { day: '2026-11-01', files } }
  const answer = await house.call(cast.chief, projectContract.act, { params: { id: cast.projectId }, body })
  expect(answer.status).toBe(200)
  await house.house.settle()
}
/** The manager and the engineer on site: what each hears when he opens the notice. */
const reach = async (id: string) => {
  await desk.house.house.settle()
  const { manager, engineer } = desk.cast
  return [(await desk.get(manager, id)).status, (await desk.get(engineer, id)).status]
}

// With his last post a person's powers are gone at the door.
const asCitizens = [403, 403]

test('a notice that outlives the works is still answered by the site; then its posts end, and come back with it', async () => {
  const notice = await desk.served()
  await completes()
  expect(await reach(notice.id)).toEqual([200, 200])
  const closed = await desk.close(notice)
  expect(closed.state).toBe('closed')
  expect(await reach(notice.id)).toEqual(asCitizens)

  const itemIds = notice.items.map(({ id }) => id)
  const again = await desk.act(desk.cast.chief, notice.id, 'reopen', { itemIds, reason: '复查发现整改不实' })
  expect(again.status).toBe(200)
  expect(await reach(notice.id)).toEqual([200, 200])
  await desk.act(desk.cast.chief, notice.id, 'withdraw', { reason: '另行处理' })
  expect(await reach(notice.id)).toEqual(asCitizens)
})
