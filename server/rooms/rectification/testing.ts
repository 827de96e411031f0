import { randomUUID } from 'node:crypto'
import { sessionContract } from '@plumbline/core/base'
import { type MaterialKind, materialKinds, permitContract } from '@plumbline/core/permit'
import { type Notice, rectificationContract as contract } from '@plumbline/core/rectification'
import { sql } from 'kysely'
import sharp from 'sharp'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { inTx } from '../../base/db.ts'

/** The cast at work on notices: what several tests of this room and of its neighbours do alike. */
export interface Desk {
  house: TestHouse
  cast: Cast
  /** A notice on free facts, drafted by inspectorA for the contractor. */
  draft(change?: object, cookie?: string): ReturnType<typeof draftAt>
  act(cookie: string, id: string, action: string, input?: object): ReturnType<typeof actAt>
  /** Drafted, issued and served electronically. */
  served(change?: object): Promise<Notice>
  /** Replied, countersigned and accepted, item by item or all. */
  close(notice: Notice, itemIds?: string[]): Promise<Notice>
  photo(cookie: string, options?: { at?: { lat: string; lon: string }; seed?: number }): Promise<string>
  get(cookie: string, id: string): ReturnType<typeof getAt>
  submit(cookie?: string): ReturnType<typeof submitAt>
  /** Moves the legal clock and carries out what fell due on the way. */
  jumpTo(to: string): Promise<void>
  rows<T>(query: ReturnType<typeof sql<T>>): Promise<T[]>
}

export const item = (text: string, severity: 'general' | 'serious' | 'imminent' = 'general') => ({
  id: randomUUID(),
  text,
  clause: 'JGJ 80-2016 第4.1.1条',
  severity,
  requirement: '设置两道防护栏杆及挡脚板',
})

const draftAt = (house: TestHouse, cast: Cast, cookie: string, change: object) =>
  house.call(cookie, contract.draft, {
    body: {
      requestId: randomUUID(),
      input: {
        kind: 'correct',
        projectId: cast.projectId,
        orgId: cast.contractorId,
        items: [item('三层临边洞口未设防护栏杆')],
        ...change,
      },
    },
  })

const actAt = (house: TestHouse, cookie: string, id: string, action: string, input: object) =>
  house.call(cookie, contract.act, { params: { id }, body: { requestId: randomUUID(), action, input } as never })

const getAt = (house: TestHouse, cookie: string, id: string) => house.call(cookie, contract.get, { params: { id } })

const materials = () =>
  Object.keys(materialKinds).map((kind) => ({ kind: kind as MaterialKind, notConcerned: '本项目不涉及' }))

async function jumpTo({ house }: TestHouse, call: () => Promise<{ status: number; body: unknown }>, to: string) {
  const { status, body } = await call()
  if (status !== 200) throw new Error(`the clock was not moved: ${JSON.stringify(body)}`)
  // The worker may have read the clock while the jump was committing, and trusts what it read for a quarter of a second.
  while ((await house.clock.now()) < to) await new Promise((resolve) => setTimeout(resolve, 20))
  await house.settle()
}

const submitAt = (house: TestHouse, cookie: string, projectId: string) =>
  house.call(cookie, permitContract.submit, {
    body: {
      requestId: randomUUID(),
      input: { projectId, statement: '工程已完工，申请联合验收', materials: materials() },
    },
  })

let shots = 0
/** Each photograph has a colour of its own, hence bytes of its own; `at` in EXIF rationals. */
async function shoot(at: { lat: string; lon: string } | undefined, seed: number): Promise<Buffer> {
  const background = { r: seed % 256, g: (seed >> 8) % 256, b: 90 }
  const image = sharp({ create: { width: 64, height: 48, channels: 3, background } })
  const placed = at
    ? image.withExif({
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: at.lat, GPSLongitudeRef: 'E', GPSLongitude: at.lon },
      })
    : image
  return placed.jpeg().toBuffer()
}

/** A house with the cast in it, its worker running. */
export async function openDesk(): Promise<Desk> {
  const house = await openTestHouse()
  const cast = await openCast(house)
  const desk: Desk = {
    house,
    cast,
    draft: (change = {}, cookie = cast.inspectorA) => draftAt(house, cast, cookie, change),
    act: (cookie, id, action, input = {}) => actAt(house, cookie, id, action, input),
    get: (cookie, id) => getAt(house, cookie, id),
    submit: (cookie = cast.owner) => submitAt(house, cookie, cast.projectId),
    served: async (change = {}) => {
      const drafted = await desk.draft(change)
      if (drafted.status !== 200) throw new Error(`not drafted: ${JSON.stringify(drafted.body)}`)
      const { id } = drafted.body.record
      await must(desk.act(cast.inspectorA, id, 'issue'))
      return must(desk.act(cast.inspectorA, id, 'serve', electronic()))
    },
    close: async ({ id, items }, itemIds = items.map((one) => one.id)) => {
      const photo = await desk.photo(cast.manager)
      const each = <T extends object>(more: T) => ({ items: itemIds.map((itemId) => ({ itemId, ...more })) })
      await must(desk.act(cast.manager, id, 'reply', each({ text: '已按要求整改', photos: [photo] })))
      await must(desk.act(cast.engineer, id, 'countersign', each({ agree: true, opinion: '情况属实' })))
      return must(desk.act(cast.inspectorA, id, 'review', each({ accept: true })))
    },
    photo: async (cookie, options = {}) => {
      shots += 1
      const { status, body } = await house.upload(
        cookie,
        await shoot(options.at, options.seed ?? shots),
        '现场照片.jpg',
      )
      if (status !== 200) throw new Error(`not uploaded: ${JSON.stringify(body)}`)
      return body.id
    },
    jumpTo: (to) =>
      jumpTo(house, () => house.call(cast.admin, sessionContract.clock, { body: { requestId: randomUUID(), to } }), to),
    rows: (query) => inTx(house.house.db, ['d:'], async (tx) => (await query.execute(tx)).rows),
  }
  return desk
}

/** The record after an act that must not be refused. */
export async function must(answer: ReturnType<typeof actAt>): Promise<Notice> {
  const { status, body } = await answer
  if (status !== 200) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
  return body.record
}

export const electronic = () => ({
  way: 'electronic',
  recipient: { name: '何秉', post: '项目经理' },
  at: new Date(0).toISOString(),
  outcome: 'delivered',
})
