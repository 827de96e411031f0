import { randomUUID } from 'node:crypto'
import { addDays, startOf } from '@plumbline/core/kit'
import { statisticsContract as contract } from '@plumbline/core/telemetry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Atlas, type Frame, openAtlas } from './testing.ts'

// What happens on a site beside its air, held against plain arithmetic over what was told.

const minute = 60_000
const hour = 60 * minute
const iso = (at: number) => new Date(at).toISOString()

let atlas: Atlas
beforeAll(async () => (atlas = await openAtlas()))
afterAll(() => atlas.close())

const said: Atlas['said'] = (route, request, cookie) => atlas.said(route, request, cookie)
const days = () => ({ from: atlas.daysAgo(20), until: atlas.daysAgo(1) })

describe('exits', () => {
  test('are counted by what is wrong with them, and open their rows', async () => {
    const { projectId, inspectorC } = atlas.cast
    const gate = await atlas.enter({ modelCode: 'wheel-wash', projectId }, startOf(days().from).getTime())
    const begins = startOf(days().from).getTime() + hour
    const events = Array.from({ length: 60 }, (_, index) => ({
      ...{ id: randomUUID(), at: iso(begins + index * minute), kind: 'exit' as const },
      body: {
        ...{ washed: index % 5 !== 0, covered: index % 7 !== 0, legible: index % 11 !== 0 },
        plate: index % 13 === 0 ? null : `浙F${10000 + index}`,
        ...(index % 3 === 0 ? { grossWeight: 20 + (index % 30) } : {}),
      },
    }))
    await atlas.happened(gate, events)
    const bodies = events.map(({ body }) => body)
    const { rows } = await said(contract.exitRates, { query: days() })
    const faults = {
      unwashed: bodies.filter(({ washed }) => !washed).length,
      uncovered: bodies.filter(({ covered }) => !covered).length,
      illegible: bodies.filter(({ legible, plate }) => !legible || plate === null).length,
      overload: bodies.filter(({ grossWeight }) => (grossWeight ?? 0) > 31).length,
    }
    expect(rows).toMatchObject([{ projectId, total: 60, weighed: 20, faults, washed: (48 / 60) * 100 }])
    for (const fault of ['unwashed', 'uncovered', 'illegible', 'overload'] as const) {
      const listed = (await said(contract.exits, { query: { ...days(), projectId, fault } })).rows
      expect(listed.map(({ id }) => id).toSorted()).toEqual(
        events
          .filter(
            ({ body }) =>
              ({
                unwashed: !body.washed,
                uncovered: !body.covered,
                illegible: !body.legible || body.plate === null,
                overload: (body.grossWeight ?? 0) > 31,
              })[fault],
          )
          .map(({ id }) => id)
          .toSorted(),
      )
      expect(listed.every((row) => row.faults.includes(fault))).toBe(true)
    }
    expect((await said(contract.exitRates, { query: days() }, inspectorC)).rows).toEqual([])
    // The wash rate of the score is that of the same exits.
    await atlas.enter({ modelCode: 'dust-ug', projectId }, startOf(days().from).getTime())
    await atlas.rollAll()
    const score = (await said(contract.scores, { query: { projectId } })).rows[0]!
    expect(score.parts.find(({ part }) => part === 'wash')).toMatchObject({ value: 20, of: 60, hit: 12, deduction: 15 })
  })
})

describe('meters and curing rooms', () => {
  test('what was used is what the counter rose by, and its night hours are those of the night', async () => {
    const { projectId } = atlas.cast
    const day = addDays(atlas.today, -2)
    const begins = startOf(day).getTime()
    const meter = await atlas.enter({ modelCode: 'meter-mqtt', projectId, name: '总表' }, begins - hour)
    const rate = (at: number) => (new Date(at + 8 * hour).getUTCHours() >= 18 ? 2 : 1)
    let reading = 1000
    const frames: Frame[] = []
    for (let at = begins - hour; at < begins + 24 * hour; at += minute) {
      reading += rate(at) / 60
      // Three hours of silence at noon: what was used then is known only as a whole.
      if (at < begins + 12 * hour || at >= begins + 15 * hour)
        frames.push({ at, values: { electricity: Math.round(reading * 100) / 100 } })
    }
    await atlas.store(meter, frames)
    await atlas.reopen(
      meter,
      Array.from({ length: 25 }, (_, index) => begins + (index - 1) * hour),
    )
    await atlas.rollAll()
    const { meters } = await said(contract.energy, {
      params: { id: projectId },
      query: { from: day, until: addDays(day, 1) },
    })
    const values = frames.map(({ at, values: { electricity } }) => ({ at, value: electricity as number }))
    const lastBefore = (until: number) => values.filter(({ at }) => at < until).at(-1)!.value
    const total = values.at(-1)!.value - lastBefore(begins)
    const night =
      lastBefore(begins + 6 * hour) - lastBefore(begins) + values.at(-1)!.value - lastBefore(begins + 22 * hour)
    const unplaced = lastBefore(begins + 16 * hour) - lastBefore(begins + 12 * hour)
    expect(meters).toHaveLength(1)
    expect(meters[0]!.total).toBeCloseTo(total, 6)
    expect(meters[0]!.night).toBeCloseTo(night, 6)
    expect(meters[0]!.nightShare).toBeCloseTo(night / (total - unplaced), 6)
    expect(meters[0]!.hours.filter(({ hours }) => hours > 1).map(({ hour: at }) => at)).toEqual([
      iso(begins + 15 * hour),
    ])
  })

  test('hours outside 20±2 ℃ or below 95 % are listed, and no other', async () => {
    const { projectId } = atlas.cast
    const day = addDays(atlas.today, -2)
    const begins = startOf(day).getTime()
    const room = await atlas.enter(
      { modelCode: 'curing-room-modbus', projectId, modbus: { host: '127.0.0.1', port: 1502, unit: 1 } },
      begins,
    )
    // 18.0, 22.0 and 95 belong to the range.
    const told = [
      [20, 97],
      [22, 95],
      [22.1, 97],
      [18, 96],
      [17.9, 96],
      [20, 94.9],
      [25, 80],
    ] as const
    await atlas.store(
      room,
      told.flatMap(([roomTemperature, roomHumidity], index) =>
        Array.from({ length: 60 }, (_, part) => ({
          at: begins + index * hour + part * minute,
          values: { roomTemperature, roomHumidity },
        })),
      ),
    )
    await atlas.reopen(
      room,
      told.map((_, index) => begins + index * hour),
    )
    await atlas.rollAll()
    const { rows } = await said(contract.curing, { query: { from: day, until: addDays(day, 1), projectId } })
    expect(rows.map(({ hour: at, faults }) => [(Date.parse(at) - begins) / hour, faults]).toReversed()).toEqual([
      [2, ['temperature']],
      [4, ['temperature']],
      [5, ['humidity']],
      [6, ['temperature', 'humidity']],
    ])
  })
})
