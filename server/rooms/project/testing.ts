import { randomUUID } from 'node:crypto'
import { type NewProject, projectContract } from '@plumbline/core/project'
import type { z } from 'zod'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { drawMap } from '../../../simulator/county/map.ts'

type ActRoute = (typeof projectContract)['act' | 'amend' | 'assign']

/** The cast at work on projects: what the tests of this room do alike. */
export interface Desk {
  house: TestHouse
  cast: Cast
  /** A project in a town of its own, by the clerk unless it is said otherwise. */
  register(change?: object, cookie?: string): ReturnType<typeof registerAt>
  /** The same, answered by its id. */
  enter(change?: object): Promise<string>
  send(cookie: string, route: ActRoute, id: string, action: string, input: object): ReturnType<typeof sendAt>
  /** The first named leads. */
  assign(id: string, ...people: string[]): ReturnType<typeof sendAt>
  view(cookie: string, id: string): ReturnType<typeof viewAt>
  /** An uploaded document, by its id. */
  paper(cookie: string): Promise<string>
}

export const { towns } = drawMap()
export const townNamed = (name: string) => towns.find((town) => town.name === name)!

let serial = 10
/** What a project must name, under a code that no other bears. */
export const facts = (change: object = {}) => {
  const town = townNamed('禾丰街道')
  return {
    code: `99042126070101${String((serial += 1))}`,
    name: `试验工程${serial}`,
    district: town.code,
    address: '禾丰路1号',
    point: town.label,
    sector: 'building' as const,
    ...change,
  } as z.input<typeof NewProject>
}

const registerAt = (house: TestHouse, cookie: string, change: object) =>
  house.call(cookie, projectContract.register, { body: { requestId: randomUUID(), input: facts(change) } })

const sendAt = (house: TestHouse, cookie: string, route: ActRoute, id: string, action: string, input: object) =>
  house.call(cookie, route, { params: { id }, body: { requestId: randomUUID(), action, input } as never })

const viewAt = (house: TestHouse, cookie: string, id: string) =>
  house.call(cookie, projectContract.get, { params: { id } })

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A house of its own with the cast in it. Close `house` in afterAll. */
export async function openDesk(): Promise<Desk> {
  const house = await openTestHouse()
  const cast = await openCast(house)
  const register = (change: object = {}, cookie = cast.clerk) => registerAt(house, cookie, change)
  const send: Desk['send'] = (cookie, route, id, action, input) => sendAt(house, cookie, route, id, action, input)
  return {
    house,
    cast,
    register,
    enter: async (change) => (await register(change)).body.record.id,
    send,
    assign: (id, ...people) =>
      send(cast.chief, projectContract.assign, id, 'assign', {
        officers: people.map((personId, i) => ({ personId, lead: i === 0 })),
        reason: '分工调整',
      }),
    view: (cookie, id) => viewAt(house, cookie, id),
    paper: async (cookie) => {
      const { status, body } = await house.upload(cookie, png, '通知.png')
      if (status !== 200) throw new Error(`the paper was refused: ${JSON.stringify(body)}`)
      return body.id
    },
  }
}
