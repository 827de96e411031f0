import { expect, test } from 'vitest'
import { decode } from './decode.ts'
import type { SiteMessage } from './message.ts'
import { decodeSlowly } from './slow.ts'
import { jsonOf } from './text.ts'

const time = '2026-11-20T14:05:00+08:00'

function taken(message: Record<string, unknown>): SiteMessage {
  const said = decode(jsonOf(message))
  expect(decodeSlowly(jsonOf(message))).toEqual(said)
  if (!said.ok) expect.fail(`refused: ${said.reason} ${said.path}`)
  return said.message
}

const problems = (message: SiteMessage) => message.problems.map(({ rule, path }) => `${rule} ${path}`)

test('an event is taken whole or left out', () => {
  const exit = { plate: '浙F12345', washed: true, covered: true, legible: true }
  const event = (part: Record<string, unknown>) => ({ id: 'e1', at: time, kind: 'exit', body: exit, ...part })
  const events = [
    event({}),
    event({ id: 'a b' }),
    event({ at: '20261320140500' }),
    event({ kind: 'passage' }),
    event({ body: null }),
    event({ body: { ...exit, plate: undefined } }),
    event({ body: { ...exit, plate: '浙f12345' } }),
    event({ body: { ...exit, washed: 1 } }),
    event({ body: { ...exit, grossWeight: '30' } }),
    event({ id: 'e2', body: { ...exit, plate: null, grossWeight: null, driver: '王' } }),
  ]
  const message = taken({ id: 'x1', deviceTime: time, kind: 'wheel_wash', events })
  const at = Date.parse(time)
  expect(message.events).toEqual([
    { id: 'e1', at, kind: 'exit', body: exit },
    { id: 'e2', at, kind: 'exit', body: { ...exit, plate: null } },
  ])
  expect(problems(message)).toEqual([
    'field_malformed events[1].id',
    'field_malformed events[2].at',
    'event_unknown events[3].kind',
    'field_malformed events[4].body',
    'field_malformed events[5].body.plate',
    'field_malformed events[6].body.plate',
    'field_malformed events[7].body.washed',
    'field_malformed events[8].body.grossWeight',
    'field_unknown events[9].body.driver',
  ])
})

test('the bodies of the other events, and the first field of each that is wrong', () => {
  const digest = 'a'.repeat(64)
  const bodies: [string, string, Record<string, unknown>, [Record<string, unknown>, string][]][] = [
    [
      'turnstile',
      'passage',
      { cardDigest: digest, direction: 'in' },
      [
        [{ cardDigest: digest.toUpperCase() }, 'cardDigest'],
        [{ cardDigest: '0012345678' }, 'cardDigest'],
        [{ direction: 'IN' }, 'direction'],
      ],
    ],
    [
      'perimeter',
      'intrusion',
      { zone: 'Z4' },
      [
        [{ zone: 'Z 4' }, 'zone'],
        [{ zone: 4 }, 'zone'],
      ],
    ],
    [
      'crane',
      'cycle',
      { endedAt: time, maxLoad: 2.46, driverId: 'D1002' },
      [
        [{ endedAt: '20261320140500' }, 'endedAt'],
        [{ maxLoad: '2.46' }, 'maxLoad'],
        [{ endRound: 1e20 }, 'endRound'],
        [{ driverId: '王师傅' }, 'driverId'],
      ],
    ],
    [
      'water_truck',
      'track',
      { lon: 180, lat: -90 },
      [
        [{ lon: 180.5 }, 'lon'],
        [{ lon: '120' }, 'lon'],
        [{ lat: 90.5 }, 'lat'],
        [{ lat: null }, 'lat'],
      ],
    ],
  ]
  for (const [device, kind, body, wrong] of bodies) {
    const events = [{}, ...wrong.map(([part]) => part)].map((part) => ({
      id: 'e1',
      at: time,
      kind,
      body: { ...body, ...part },
    }))
    const message = taken({ id: 'x1', deviceTime: time, kind: device, events })
    const told = kind === 'cycle' ? { ...body, endedAt: Date.parse(time) } : body
    expect(message.events).toEqual([{ id: 'e1', at: Date.parse(time), kind, body: told }])
    expect(problems(message)).toEqual(
      wrong.map(([, name], index) => `field_malformed events[${index + 1}].body.${name}`),
    )
  }
})

test('replies and states: what is malformed switches nothing', () => {
  const replies = [
    { commandId: 'c1', mark: 'executed', code: 1 },
    { commandId: 'c1', mark: 'done' },
    { mark: 'accepted' },
    null,
  ]
  const states = [
    { unit: 1, running: true },
    { unit: 0, running: true },
    { unit: 1.5, running: true },
    { unit: 2, running: 1 },
  ]
  const message = taken({ id: 's1', deviceTime: time, kind: 'sprayer', replies, states })
  expect(message.replies).toEqual([{ commandId: 'c1', mark: 'executed', code: 1 }])
  expect(message.states).toEqual([{ unit: 1, running: true }])
  expect(problems(message)).toEqual([
    'field_malformed replies[1].mark',
    'field_malformed replies[2].commandId',
    'field_malformed replies[3]',
    'field_malformed states[1].unit',
    'field_malformed states[2].unit',
    'field_malformed states[3].running',
  ])
})
