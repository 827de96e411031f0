import { rectificationContract as contract } from '@plumbline/core/rectification'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { electronic, item, openDesk } from './testing.ts'

const desk = await openDesk()
const { cast } = desk
afterAll(() => desk.house.close())

type Action = 'draft' | 'issue' | 'serve' | 'reply' | 'countersign' | 'review' | 'withdraw' | 'reopen' | 'discard'
/** What may be tried next in each state, the likelier more often; a few tries are out of place and refused. */
const next: Record<string, Action[]> = {
  draft: ['issue', 'issue', 'issue', 'discard', 'withdraw', 'serve'],
  issued: ['serve', 'serve', 'serve', 'serve', 'withdraw', 'reply'],
  fixing: ['reply', 'reply', 'reply', 'reply', 'reply', 'countersign', 'withdraw'],
  replied: ['countersign', 'countersign', 'countersign', 'countersign', 'review', 'withdraw'],
  confirmed: ['review', 'review', 'review', 'review', 'withdraw', 'reply'],
  closed: ['reopen', 'draft', 'draft', 'withdraw'],
  withdrawn: ['draft', 'reopen', 'serve'],
}
/** Where items lie that an act can take up. */
const lying: Partial<Record<Action, string>> = {
  reply: 'fixing',
  countersign: 'replied',
  review: 'confirmed',
  reopen: 'accepted',
}
const commands = fc.array(fc.record({ act: fc.nat(100), which: fc.nat(2), all: fc.boolean(), yes: fc.boolean() }), {
  minLength: 50,
  maxLength: 50,
})
type Command = { act: number; which: number; all: boolean; yes: boolean }

/** Tries one act on one of the notices; a refusal is as good as a success here. */
async function tryOne(ids: string[], photo: string, { act, which, all, yes }: Command): Promise<void> {
  const id = ids.at(-1 - which)
  const body = id === undefined ? undefined : (await desk.get(cast.inspectorA, id)).body
  const choices = next[body?.record.state ?? 'withdrawn']!
  const action = body ? choices[act % choices.length]! : 'draft'
  if (!body || !id || action === 'draft') {
    ids.push((await desk.draft({ items: [item('随机事项甲'), item('随机事项乙')] })).body.record.id)
    return
  }
  const fitting = body.record.items.filter(({ state }) => state === lying[action]).map((one) => one.id)
  const itemIds = all ? fitting : fitting.slice(0, 1)
  const each = (more: object) => ({ items: itemIds.map((itemId) => ({ itemId, ...more })) })
  const reason = { reason: '随机测试' }
  const asked: Record<Exclude<Action, 'draft'>, [string, object]> = {
    issue: [cast.inspectorA, {}],
    serve: [cast.inspectorA, electronic()],
    reply: [cast.manager, each({ text: '已整改', photos: [photo] })],
    countersign: [cast.engineer, each({ agree: yes, opinion: '意见' })],
    review: [cast.inspectorA, each({ accept: yes, reason: '意见' })],
    withdraw: [cast.chief, reason],
    discard: [cast.inspectorA, reason],
    reopen: [cast.chief, { itemIds, ...reason }],
  }
  const [cookie, input] = asked[action]
  await desk.act(cookie, id, action, input)
}

test('issued = open + closed + withdrawn after every one of some hundred random acts, also between two at once', async () => {
  const photo = await desk.photo(cast.manager)
  let most = { open: 0, closed: 0, withdrawn: 0 }
  await fc.assert(
    fc.asyncProperty(commands, async (run) => {
      const ids: string[] = []
      for (const command of run) {
        const [counted] = await Promise.all([
          desk.house.call(cast.chief, contract.conservation, { query: {} }),
          tryOne(ids, photo, command),
        ])
        const { total, projects } = counted.body
        expect(total.issued, JSON.stringify(total)).toBe(total.open + total.closed + total.withdrawn)
        expect(projects.every(({ holds }) => holds)).toBe(true)
        most = {
          open: Math.max(most.open, total.open),
          closed: Math.max(most.closed, total.closed),
          withdrawn: Math.max(most.withdrawn, total.withdrawn),
        }
      }
    }),
    { numRuns: 4, seed: 20_261_120, endOnFailure: true },
  )
  // The walk went somewhere: every kind of end was seen.
  expect(Math.min(most.open, most.closed, most.withdrawn)).toBeGreaterThan(0)
}, 180_000)
