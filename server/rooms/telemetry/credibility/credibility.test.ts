import { randomUUID } from 'node:crypto'
import { addDays, type Day, startOf } from '@plumbline/core/kit'
import { credibilityContract as contract } from '@plumbline/core/telemetry'
import type { SeriesByQuantity } from '@plumbline/core/telemetry/credibility'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { worldOf } from '../../../../core/telemetry/credibility/lab/world.ts'
import { type Atlas, type Frame, openAtlas } from '../statistics/testing.ts'
import { read } from '../../../base/context.ts'
import { findDevice } from '../../device/index.ts'
import { followVerdict } from './doubts.ts'
import { judgeEnded } from './keeping.ts'

const minute = 60_000
const hour = 60 * minute

/** Two days of the laboratory's air: one site and the stations around it, all honest. */
const world = worldOf(11)
const air = [world.honest.series, ...world.honest.neighbours.slice(0, 3).map(({ series }) => series)]

/** Frames of a series whose second day is `day`, up to an instant. */
function framesOf(series: SeriesByQuantity, day: Day, until = Infinity): Frame[] {
  const shift = startOf(day).getTime() - world.honest.from
  const frames = new Map<number, Frame>()
  for (const [quantity, values] of Object.entries(series)) {
    if (!/^(a34|LA$|a010)/.test(quantity)) continue
    for (const { at, value, flag } of values) {
      const moment = at + shift
      if (moment >= until) continue
      const frame = frames.get(moment) ?? { at: moment, values: {} }
      frame.values[quantity] = { value, flag }
      frames.set(moment, frame)
    }
  }
  return [...frames.values()]
}

/** From ten o'clock on the values stand still, for three hours. */
function frozen(frames: readonly Frame[], day: Day): Frame[] {
  const from = startOf(day).getTime() + 10 * hour
  const held = frames.find(({ at }) => at >= from)!
  return frames.map((frame) =>
    frame.at >= from && frame.at < from + 3 * hour ? { ...frame, values: held.values } : frame,
  )
}

/** From noon on the values of eight hours before are told once more. */
function replayed(frames: readonly Frame[], day: Day): Frame[] {
  const noon = startOf(day).getTime() + 12 * hour
  const byTime = new Map(frames.map((frame) => [frame.at, frame]))
  return frames.map((frame) => {
    const earlier = byTime.get(frame.at - 8 * hour)
    return frame.at >= noon && frame.at < noon + 8 * hour && earlier ? { ...earlier, at: frame.at } : frame
  })
}

let atlas: Atlas
let today: Day
let yesterday: Day
const devices = { frozen: '', replayed: '', honest: ['', ''], old: '', spare: '' }

const rowsOf = (deviceId: string) =>
  atlas.look<{ day: string; score: number; suspect: boolean; judged_at: string; stale: boolean }>(
    'select * from telemetry.credibility where device_id = $1 order by day',
    [deviceId],
  )
async function judgeAll(): Promise<number> {
  let all = 0
  for (let some = 1; some > 0; all += some) some = await judgeEnded(await atlas.ctx())
  return all
}

beforeAll(async () => {
  atlas = await openAtlas()
  // It is six in the afternoon, whenever this runs.
  today = addDays(atlas.today, 1)
  yesterday = addDays(today, -1)
  const afternoon = startOf(today).getTime() + 18 * hour
  await atlas.look('update base.clock set offset_ms = $1', [afternoon - Date.now()])
  await new Promise((done) => setTimeout(done, 300))
  const { projectId } = atlas.cast
  const enter = (name: string) =>
    atlas.enter({ modelCode: 'dust-ug', projectId, name }, startOf(addDays(today, -20)).getTime())
  devices.frozen = await enter('东门扬尘仪')
  devices.replayed = await enter('西门扬尘仪')
  devices.honest = [await enter('南门扬尘仪'), await enter('北门扬尘仪')]
  devices.old = await enter('旧扬尘仪')
  devices.spare = await enter('备用扬尘仪')
  await atlas.store(devices.frozen, frozen(framesOf(air[0]!, yesterday), yesterday))
  await atlas.store(devices.replayed, replayed(framesOf(air[1]!, yesterday), yesterday))
  await atlas.store(devices.honest[0]!, framesOf(air[2]!, yesterday))
  await atlas.store(devices.honest[1]!, framesOf(air[3]!, yesterday))
  await atlas.store(devices.old, [{ at: startOf(addDays(today, -8)).getTime() + hour, values: { a34004: 30 } }])
}, 120_000)
afterAll(() => atlas.close())

const ask = (cookie: string | null, id: string, day?: Day) =>
  atlas.house.call(cookie, contract.device, { params: { id }, query: day ? { day } : {} })

describe('who may not, sees nothing', () => {
  test('a guest', async () => expect((await ask(null, devices.frozen)).status).toBe(401))
  test('whoever does not reach the device, its project or its list', async () => {
    const { inspectorC, projectId } = atlas.cast
    expect(await ask(inspectorC, devices.frozen)).toMatchObject({ status: 404, body: { rule: 'device' } })
    const project = await atlas.house.call(inspectorC, contract.project, { params: { id: projectId } })
    expect(project).toMatchObject({ status: 404, body: { rule: 'project' } })
    const list = await atlas.house.call(inspectorC, contract.suspects, { query: { projectId } })
    expect(list).toMatchObject({ status: 404, body: { rule: 'project' } })
  })
  test('a day that nobody has judged yet has no score', async () => {
    const { body } = await ask(atlas.cast.inspectorA, devices.frozen, yesterday)
    expect(body).toMatchObject({ day: null, days: [] })
  })
})

describe('a day that is over', () => {
  test('is judged once, for each device that told something in the last seven days', async () => {
    // The first of the two days of the laboratory is the day before yesterday.
    expect(await judgeAll()).toBe(8)
    expect(await judgeAll()).toBe(0)
    const days = (await rowsOf(devices.frozen)).map(({ day }) => day)
    expect(days).toEqual([addDays(today, -2), yesterday])
    expect(await rowsOf(devices.old)).toEqual([])
    expect(await rowsOf(devices.spare)).toEqual([])
  })

  test('what is found is told with its hours and its reasons', async () => {
    const { body } = await ask(atlas.cast.inspectorA, devices.frozen, yesterday)
    expect(body.day).toMatchObject({ day: yesterday, running: false })
    const found = body.day!.findings.find(({ kind }) => kind === 'frozen')!
    const from = startOf(yesterday).getTime() + 10 * hour
    const [begins, ends] = [Date.parse(found.from), Date.parse(found.until)]
    expect(begins).toBeGreaterThanOrEqual(from)
    expect(ends).toBeLessThan(from + 3 * hour + 15 * minute)
    expect(ends - begins).toBeGreaterThan(hour)
    expect(found.title).toBe('数值冻结')
    expect(found.reasons.join()).toMatch(/连续 \d+ 次为同一数值/)
    const again = await ask(atlas.cast.company, devices.replayed, yesterday)
    expect(again.body.day!.findings.find(({ kind }) => kind === 'replayed')?.reasons.join()).toMatch(
      /与 480 分钟前完全相同/,
    )
  })

  test('the honest are less doubted than the forged', async () => {
    const scoreOf = async (id: string) => (await ask(atlas.cast.inspectorA, id, yesterday)).body.day!.score
    const forged = [await scoreOf(devices.frozen), await scoreOf(devices.replayed)]
    const honest = await Promise.all(devices.honest.map(scoreOf))
    expect(Math.max(...forged)).toBeLessThan(Math.min(...honest))
  })

  test('the list names the suspect days, cut by the wall', async () => {
    const { inspectorA, inspectorC } = atlas.cast
    const suspect = (await atlas.look('select 1 from telemetry.credibility where suspect')).length
    const list = await atlas.house.call(inspectorA, contract.suspects, { query: {} })
    expect(suspect).toBeGreaterThan(0)
    expect(list.body.rows).toHaveLength(suspect)
    expect(list.body.rows[0]).toMatchObject({ suspect: true, projectId: atlas.cast.projectId })
    expect((await atlas.house.call(inspectorC, contract.suspects, { query: {} })).body.rows).toEqual([])
  })

  test('the table tells each finding by kind and instants', async () => {
    const [row] = await atlas.look<{ findings: { kind: string; from: string; until: string }[] }>(
      'select device_id, findings from telemetry.credibility where device_id = $1 and day = $2',
      [devices.frozen, yesterday],
    )
    expect(row!.findings.every(({ from, until }) => Date.parse(from) < Date.parse(until))).toBe(true)
    expect(row!.findings.map(({ kind }) => kind)).toContain('frozen')
  })

  test('is judged anew when late data has come', async () => {
    const before = await rowsOf(devices.frozen)
    await atlas.rollAll()
    await atlas.reopen(devices.frozen, [startOf(yesterday).getTime() + 5 * hour])
    await atlas.rollAll()
    expect(await judgeAll()).toBe(1)
    const after = await rowsOf(devices.frozen)
    expect(after.map(({ stale }) => stale)).toEqual([false, false])
    expect(after[0]).toEqual(before[0])
    expect(after[1]!.judged_at > before[1]!.judged_at).toBe(true)
  })
})

describe('a person decides', () => {
  const doubts = () =>
    atlas.look<{ id: string; state: string; device_id: string; day: string }>(
      'select * from telemetry.doubt order by day, id',
    )
  const decide = (cookie: string, id: string, action: 'confirm' | 'dismiss', reason = '现场比对标准仪器，读数未变') =>
    atlas.house.call(cookie, contract.act, {
      params: { id },
      body: { requestId: randomUUID(), action, input: { reason } },
    })

  test('not one of another town, nor the contractor, nor without a reason', async () => {
    const { inspectorA, inspectorC, company } = atlas.cast
    const { id } = (await doubts())[0]!
    expect(await decide(inspectorC, id, 'confirm')).toMatchObject({ status: 404, body: { rule: 'doubt' } })
    expect(await decide(company, id, 'dismiss')).toMatchObject({ status: 403 })
    expect(await decide(inspectorA, id, 'confirm', ' ')).toMatchObject({ status: 400 })
  })

  test('each suspect day is one doubt; it is confirmed or dismissed once, with the reason', async () => {
    const open = await doubts()
    const suspect = await atlas.look('select 1 from telemetry.credibility where suspect')
    expect(open).toHaveLength(suspect.length)
    const { id, day } = open[0]!
    const { body } = await decide(atlas.cast.inspectorA, id, 'confirm')
    expect(body).toMatchObject({
      record: { state: 'confirmed', decision: { reason: '现场比对标准仪器，读数未变' } },
      day: { day },
    })
    expect(await decide(atlas.cast.inspectorA, id, 'dismiss')).toMatchObject({ status: 409 })
  })

  test('what late data cleared is a doubt no longer, unless a person has decided', async () => {
    const ctx = await atlas.ctx()
    const [decided, open] = await doubts()
    for (const { device_id: deviceId, day } of [decided!, open!]) {
      const device = await read(ctx, (tx) => findDevice(tx, deviceId))
      await followVerdict(ctx, device!, { deviceId, day, score: 100, suspect: false, findings: [] })
    }
    const states = new Map((await doubts()).map(({ id, state }) => [id, state]))
    expect([states.get(decided!.id), states.get(open!.id)]).toEqual(['confirmed', 'lapsed'])
  })
})

test('a device that cannot be judged is left aside for an hour and holds up no other', async () => {
  const { projectId } = atlas.cast
  const since = startOf(addDays(today, -20)).getTime()
  const [poisoned, sound] = [
    await atlas.enter({ modelCode: 'dust-ug', projectId, name: '坏扬尘仪' }, since),
    await atlas.enter({ modelCode: 'dust-ug', projectId, name: '好扬尘仪' }, since),
  ]
  const told = framesOf(air[0]!, yesterday).filter(({ at }) => at >= startOf(yesterday).getTime())
  for (const id of [poisoned, sound]) await atlas.store(id, frozen(told, yesterday))
  await atlas.look(
    `create function refuse_doubt() returns trigger language plpgsql as $$ begin raise 'poisoned'; end $$`,
  )
  await atlas.look(`create trigger poison before insert on telemetry.doubt for each row
    when (new.device_id = '${poisoned}') execute function refuse_doubt()`)
  await judgeAll()
  expect([await rowsOf(poisoned), await rowsOf(sound)]).toMatchObject([[], [{ day: yesterday, suspect: true }]])
  await atlas.look('drop trigger poison on telemetry.doubt')
  expect(await judgeAll()).toBe(0)
  await atlas.look('update base.clock set offset_ms = offset_ms + 3600000')
  await new Promise((done) => setTimeout(done, 300))
  expect(await judgeAll()).toBe(1)
  expect(await rowsOf(poisoned)).toMatchObject([{ day: yesterday, suspect: true }])
})

test('of a device that tells only means, the clock is read where they end', async () => {
  const since = startOf(addDays(today, -20)).getTime()
  const id = await atlas.enter({ modelCode: 'dust-ug', projectId: atlas.cast.projectId, name: '慢扬尘仪' }, since)
  const length = 5 * minute
  const noon = startOf(yesterday).getTime() + 12 * hour
  const meanOf = (begins: number, wrong: number): Frame => ({
    ...{ at: begins + wrong, span: 'm', receivedAt: begins + length, values: { a34004: 30 + ((begins / length) % 7) } },
  })
  const moments = Array.from({ length: 144 }, (_, index) => noon + (index - 72) * length)
  await atlas.store(
    id,
    moments.map((begins) => meanOf(begins, begins < noon ? 0 : -4 * hour)),
  )
  await judgeAll()
  const found = (
    await atlas.look<{ findings: { kind: string; from: string }[] }>(
      'select findings from telemetry.credibility where device_id = $1',
      [id],
    )
  )[0]!.findings.filter(({ kind }) => kind === 'clock_drift')
  // What was told before four in the afternoon, four hours back, had been told already.
  expect(found.map(({ from }) => Date.parse(from))).toEqual([noon + 4 * hour + length])
})

test('the running day is judged when somebody looks, and kept nowhere', async () => {
  const until = startOf(today).getTime() + 18 * hour
  const twoDays = framesOf(air[0]!, today, until).filter(({ at }) => at >= startOf(today).getTime())
  await atlas.store(devices.frozen, frozen(twoDays, today))
  const { body } = await ask(atlas.cast.inspectorA, devices.frozen)
  expect(body.day).toMatchObject({ day: today, running: true })
  expect(body.day!.findings.map(({ kind }) => kind)).toContain('frozen')
  expect((await rowsOf(devices.frozen)).map(({ day }) => day)).not.toContain(today)
  const { body: site } = await atlas.house.call(atlas.cast.company, contract.project, {
    params: { id: atlas.cast.projectId },
  })
  const told = site.rows.find(({ deviceId }) => deviceId === devices.frozen)
  expect(told?.suspect ?? false).toBe(body.day!.suspect)
})
