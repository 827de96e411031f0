import { randomUUID } from 'node:crypto'
import { type MaterialKind, materialKinds, permitContract } from '@plumbline/core/permit'
import { electronic, item } from '../../../server/rooms/rectification/testing.ts'
import { makeInspection, makeNotice, nowOf } from '../makers.ts'
import type { Maker, Samples } from '../run.ts'
import type { World } from '../world.ts'
import { sheetHas } from './registers.ts'

const step = (id: string, action: string, input: object) => ({
  ask: { params: { id }, body: { requestId: randomUUID(), action, input } },
  of: id,
})

const materials = () =>
  Object.keys(materialKinds).map((kind) => ({ kind: kind as MaterialKind, notConcerned: '本项目不涉及' }))
const form = () => ({ statement: '工程已完工，申请联合验收', materials: materials() })

const actOnPermit = (world: World, cookie: string, id: string, action: string, input: object) =>
  world.ask(cookie, permitContract.act, { params: { id }, body: { requestId: randomUUID(), action, input } as never })

/** A project has one application at a time: the one that runs is withdrawn. */
async function clearDesk(world: World): Promise<void> {
  const { owner, projectId } = world.cast
  const { rows } = await world.ask(owner, permitContract.list, { query: { projectId, open: 'true' } })
  for (const { id } of rows) await actOnPermit(world, owner, id, 'withdraw', { reason: '材料更新' })
}

async function submit(world: World): Promise<string> {
  await clearDesk(world)
  const { status, body } = await world.submit()
  if (status !== 200) throw new Error(`not submitted: ${JSON.stringify(body)}`)
  return body.record.id
}

const gaps = { gaps: [{ kind: null, text: '请补充竣工图' }] }

export const permitSamples: Samples = {
  'permit.list': async (world) => ({ ask: { query: { limit: 200 } }, marker: await submit(world) }),
  'permit.get': async (world) => {
    const id = await submit(world)
    return { ask: { params: { id } }, of: id }
  },
  'permit.submit': async (world) => {
    await clearDesk(world)
    const { projectId } = world.cast
    return { ask: { body: { requestId: randomUUID(), input: { projectId, ...form() } } }, of: projectId }
  },
  'permit.act return': async (world) => step(await submit(world), 'return', gaps),
  'permit.act resubmit': async (world) => {
    const id = await submit(world)
    await actOnPermit(world, world.cast.clerk, id, 'return', gaps)
    return step(id, 'resubmit', form())
  },
  'permit.act accept': async (world) => step(await submit(world), 'accept', {}),
  'permit.act withdraw': async (world) => step(await submit(world), 'withdraw', { reason: '材料更新' }),
}

const newDraft = ({ cast }: World) => ({
  kind: 'correct',
  projectId: cast.projectId,
  orgId: cast.contractorId,
  items: [item('三层临边洞口未设防护栏杆')],
})

type NoticeState = Parameters<typeof makeNotice>[1]
type Notice = Awaited<ReturnType<typeof makeNotice>>

/** A step on a notice in a state; what it says of each item is told by `each`. */
const at =
  (
    state: NoticeState,
    action: string,
    input: (notice: Notice, world: World, cookie: string) => object | Promise<object>,
  ): Maker =>
  async (world, role) => {
    const notice = await makeNotice(world, state)
    return step(notice.id, action, await input(notice, world, world.cookieOf(role)!))
  }
/** A photograph that says where it was taken: a visit is proven by nothing less. */
const place = { lat: '28/1 8/1 1723/100', lon: '120/1 17/1 1957/100' }
const each = ({ items }: Notice, more: object) => ({ items: items.map(({ id }) => ({ itemId: id, ...more })) })
const allOf = ({ items }: Notice) => items.map(({ id }) => id)

export const rectificationSamples: Samples = {
  'rectification.list': async (world) => ({
    ask: { query: { limit: 200 } },
    marker: (await makeNotice(world, 'fixing')).id,
  }),
  'rectification.get': async (world) => {
    const { id } = await makeNotice(world, 'fixing')
    return { ask: { params: { id } }, of: id }
  },
  'rectification.draft': async (world) => ({
    ask: { body: { requestId: randomUUID(), input: newDraft(world) } },
    of: world.cast.projectId,
  }),
  'rectification.act amend': at('draft', 'amend', () => ({ kind: 'correct', items: [item('临边无防护')] })),
  'rectification.act discard': at('draft', 'discard', () => ({ reason: '另案处理' })),
  'rectification.act issue': at('draft', 'issue', () => ({})),
  'rectification.act serve': at('issued', 'serve', electronic),
  'rectification.act acknowledge': at('fixing', 'acknowledge', () => ({})),
  'rectification.act reply': at('fixing', 'reply', async (notice, world, cookie) =>
    each(notice, { text: '已按要求整改', photos: [await world.photo(cookie)] }),
  ),
  'rectification.act countersign': at('replied', 'countersign', (notice) =>
    each(notice, { agree: true, opinion: '情况属实' }),
  ),
  'rectification.act review': at('confirmed', 'review', (notice) => each(notice, { accept: true })),
  'rectification.act extend': at('fixing', 'extend', (notice) => ({
    itemIds: allOf(notice),
    to: '2090-01-01',
    reason: '材料供应延误',
  })),
  'rectification.act order_visit': at('fixing', 'order_visit', (notice) => ({
    itemIds: allOf(notice),
    reason: '照片不足以认定',
  })),
  'rectification.act visit': at('fixing', 'visit', async (notice, world, cookie) => ({
    itemIds: allOf(notice),
    at: await nowOf(world),
    fixed: true,
    note: '现场复查已整改',
    photos: [await world.photo(cookie, { at: place })],
  })),
  'rectification.act recommend': at('accepted', 'recommend', () => ({ agree: true, opinion: '具备复工条件' })),
  'rectification.act resume': at('recommended', 'resume', () => ({ conclusion: '同意复工' })),
  'rectification.act withdraw': at('fixing', 'withdraw', () => ({ reason: '事实认定有误' })),
  'rectification.act reopen': at('closed', 'reopen', (notice) => ({ itemIds: allOf(notice), reason: '整改不实' })),
  'rectification.unordered': async (world) => {
    const { id, findingId } = await makeInspection(world, 'signed')
    return { ask: { params: { id } }, of: id, marker: findingId }
  },
  'rectification.ledger': async (world) => ({
    ask: { query: { limit: 200 } },
    marker: (await makeNotice(world, 'fixing')).id,
  }),
  'rectification.ledgerExport': async (world) => ({
    ask: {},
    marker: sheetHas((await makeNotice(world, 'fixing')).number!),
  }),
  'rectification.conservation': async (world) => {
    await makeNotice(world, 'fixing')
    return { ask: {}, marker: world.cast.projectId }
  },
  'rectification.units': async (world) => {
    await makeNotice(world, 'fixing')
    return { ask: {}, marker: world.cast.contractorId }
  },
  'rectification.rates': async (world) => {
    await makeNotice(world, 'fixing')
    const counts = ({ rows }: { rows: { denominator: number }[] }) => rows.some(({ denominator }) => denominator > 0)
    return { ask: { query: { projectId: world.cast.projectId } }, marker: counts }
  },
}
