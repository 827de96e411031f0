import { contracts } from '@plumbline/core/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rooms } from '../server/app.ts'
import { workflowsOf } from '../server/base/room.ts'
import { expected, readRow, roles } from './matrix/expected.ts'
import { doorsOf, runRow } from './matrix/run.ts'
import { samples } from './matrix/samples/index.ts'
import { openWorld, type World } from './matrix/world.ts'

const doors = doorsOf(contracts)
/** An accepted application cannot be withdrawn, and a project has but one: it comes last. */
const last = 'permit.act accept'
const inOrder = doors.toSorted((one, other) => Number(one.key === last) - Number(other.key === last))

let world: World
let cells = 0
beforeAll(async () => (world = await openWorld()))
afterAll(() => world.end())

describe('nothing is forgotten', () => {
  test('every route, and every action of those that carry out acts, has a line in the table', () => {
    expect([...expected.keys()].toSorted()).toEqual(doors.map(({ key }) => key).toSorted())
  })
  test('and a maker of samples', () => {
    expect(Object.keys(samples).toSorted()).toEqual(doors.map(({ key }) => key).toSorted())
  })

  /** Steps whose input the route itself puts together; every other step shows by its own schema behind which door it is. */
  const elsewhere: Record<string, string> = {
    'account.create': 'account.create',
    'account.set_password': 'account.setPassword',
    'account.change_password': 'session.changePassword',
    'clock.move': 'session.clock',
    'rule.enact': 'account.enactRule',
    'person.register': 'person.register',
    'person.reveal': 'person.reveal',
    'county.draw': 'project.drawTowns',
    'device.onboard': 'device.onboard',
    'device.set_password': 'device.setPassword',
    'device.switch': 'linkage.switch',
  }
  test('every step that a person may take stands behind one of these doors', () => {
    const steps = workflowsOf(rooms).flatMap(({ name, steps: table }) =>
      Object.entries(table).map(([action, step]) => ({ topic: `${name}.${action}`, action, ...step })),
    )
    const astray = steps
      .filter(({ by }) => by.some((capacity) => capacity !== 'system'))
      .filter(({ topic, input }) => !doors.some((door) => door.input === input || door.key === elsewhere[topic]))
    expect(astray.map(({ topic }) => topic)).toEqual([])
  })
})

describe('the checker names the cell', () => {
  const door = doors.find(({ key }) => key === 'project.get')!
  const run = (marks: string) => runRow(world, door, readRow(marks), samples[door.key]!)

  test('that lets somebody in who was expected outside', async () => {
    const { faults } = await run('s y yyo yyy yyyyy nn')
    expect(faults).toEqual([expect.stringMatching(/^project\.get, rival: is not refused with 403: 404 /)])
  })
  test('that refuses somebody who was expected inside, and one who sees too much', async () => {
    const { faults } = await run('s y yyy yyy oyyyy on')
    expect(faults).toEqual([
      expect.stringMatching(/^project\.get, manager: is not refused with 404: 200 /),
      expect.stringMatching(/^project\.get, inspectorC: is not let in: 404 /),
    ])
  })

  test('where the wall stands open: who reaches nothing of it sees it', async () => {
    const list = doors.find(({ key }) => key === 'rectification.list')!
    await asOwner('create policy breach on rectification.notice for select using (true)')
    const { faults } = await runRow(world, list, expected.get(list.key)!, samples[list.key]!).finally(() =>
      asOwner('drop policy breach on rectification.notice'),
    )
    expect(faults).toEqual([
      'rectification.list, inspectorC: sees what is not for him',
      'rectification.list, rival: sees what is not for him',
    ])
  })
})

async function asOwner(sql: string): Promise<void> {
  const owner = new Client({ connectionString: world.house.ownerUrl })
  await owner.connect()
  await owner.query(sql)
  await owner.end()
}

test.each(inOrder.map((door) => [door.key, door] as const))('%s', async (key, door) => {
  const result = await runRow(world, door, expected.get(key)!, samples[key]!)
  cells += result.cells
  expect(result.faults).toEqual([])
})

test('every cell ran', () => {
  expect(cells).toBe(roles.length * doors.length)
  process.stdout.write(`The matrix ran ${cells} cells: ${roles.length} roles, ${doors.length} routes and actions.\n`)
})
