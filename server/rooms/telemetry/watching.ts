import type { Device } from '@plumbline/core/device'
import type { Law } from '@plumbline/core/law'
import {
  type AlarmLevel,
  type AlarmLimit,
  type Asked,
  type Cause,
  causesOf,
  type Clearing,
  getCause,
  isCalm,
  isNoticed,
  limitOf,
  liveSince,
  passTime,
  type RuleBook,
  ruleBook,
  type Sample,
  seeded,
  type Watch,
  watch,
  watchOf,
  type WatchRule,
} from '@plumbline/core/telemetry'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { millisOf } from '../../base/instants.ts'
import { findDevices } from '../device/index.ts'
import { findChanges, findSamplesSince } from './looking-back.ts'
import { saveHappened } from './outbox.ts'
import { type Reading, sampleOf } from './readings.ts'
import * as kept from './watches.ts'

/** What was brought about, to be carried out as an act. The alarm is named by its device, cause, quantity and moment. */
export interface Happened {
  deviceId: string
  kind: 'live' | 'raised' | 'upgraded' | 'downgraded' | 'cleared'
  detail: HappenedDetail | null
}

export interface HappenedDetail {
  cause: string
  quantity: string
  /** When the value was taken that brought it about, and what was compared with the limit. */
  at: string
  value: number | null
  raisedAt: string
  level?: AlarmLevel
  limit?: AlarmLimit
  because?: Clearing
}

/** A reading with one cause for which it is watched; `rule` null: no limit stands there and then. */
interface Look {
  key: string
  reading: Reading
  cause: Cause
  asked: Asked
  rule: WatchRule | null
  sample: Sample
}

const keyOf = (deviceId: string, cause: string, quantity: string) => `${deviceId} ${cause} ${quantity}`

/**
 * Feeds new readings to the watches and keeps what they bring about, all in the readings' own transaction. Late data
 * raises and clears nothing: `fresh` says which readings are taken for the present. A value within its limits, of a
 * quantity that nothing is known of, writes nothing and locks nothing.
 */
export async function watchReadings(
  tx: Db,
  ctx: Ctx,
  stored: readonly Reading[],
  fresh: (reading: Reading) => boolean,
  devices: ReadonlyMap<string, Device>,
): Promise<Happened[]> {
  const law = ctx.law()
  const book = ruleBook(law)
  const watched: Watched[] = []
  for (const reading of stored) {
    // HJ 212-2017 table 8: only N is a normal reading. Means of hours and days come too late for an alarm.
    if (reading.flag !== 'N' || (reading.span !== 'r' && reading.span !== 'm')) continue
    const device = devices.get(reading.deviceId)
    const causes = device ? causesOf(device.kind, reading.quantity) : []
    if (causes.length > 0 && fresh(reading))
      watched.push({ reading, device: device!, causes, at: millisOf(reading.at) })
  }
  if (watched.length === 0) return []
  const changes = await changesOf(tx, watched, book)
  const hot = new Set(await kept.findActive(tx, [...new Set(watched.map(({ device }) => device.id))]))
  for (const one of watched) if (!hot.has(one.device.id) && noticed(one, book, changes)) hot.add(one.device.id)
  if (hot.size === 0) return []
  const looks = watched.filter(({ device }) => hot.has(device.id)).flatMap((one) => looksOf(one, law, book, changes))
  return settle(tx, ctx, [...hot], looks, stored)
}

/** A reading that is watched, with what it is watched for; `at` in milliseconds. */
interface Watched {
  reading: Reading
  device: Device
  causes: readonly Cause[]
  at: number
}

type Changes = ReadonlyMap<Reading, number>

/** Only where a limit of change stands is yesterday's value looked up. */
function changesOf(tx: Db, watched: readonly Watched[], book: RuleBook): Promise<Changes> {
  const moving = watched.filter(({ reading, device, causes, at }) =>
    causes.some((cause) => cause.measure === 'change' && book(cause, device, reading.quantity, at)),
  )
  if (moving.length === 0) return Promise.resolve(new Map())
  return findChanges(
    tx,
    moving.map(({ reading }) => reading),
  )
}

/** What is compared with the limit: the value, or how far it has moved; nothing where there is no yesterday. */
const comparedOf = (reading: Reading, cause: Cause, changes: Changes) =>
  cause.measure === 'value' ? reading.value : changes.get(reading)

function noticed({ reading, device, causes, at }: Watched, book: RuleBook, changes: Changes): boolean {
  for (const cause of causes) {
    const rule = book(cause, device, reading.quantity, at)
    const value = rule ? comparedOf(reading, cause, changes) : undefined
    if (value !== undefined && isNoticed(value, rule!)) return true
  }
  return false
}

/** A value with every cause for which it is watched. */
function looksOf({ reading, device, causes, at }: Watched, law: Law, book: RuleBook, changes: Changes): Look[] {
  const { deviceId, quantity } = reading
  return causes.flatMap((cause) => {
    const value = comparedOf(reading, cause, changes)
    if (value === undefined) return []
    const sample = { ...sampleOf(reading), value, mean: reading.span === 'm' }
    const rule = book(cause, device, quantity, at)
    const asked = { law, device, quantity, at }
    return [{ key: keyOf(deviceId, cause.code, quantity), reading, cause, asked, rule, sample }]
  })
}

/** Under the lock of the devices concerned: what is known, what the values make of it, what follows. */
async function settle(
  tx: Db,
  ctx: Ctx,
  hot: readonly string[],
  looks: readonly Look[],
  stored: readonly Reading[],
): Promise<Happened[]> {
  await kept.lockDevices(tx, hot)
  const states = new Map(
    (await kept.load(tx, hot)).map((one) => [keyOf(one.deviceId, one.cause, one.quantity), one.state]),
  )
  const inOrder = looks.toSorted((one, other) => one.sample.at - other.sample.at)
  const groups = [...Map.groupBy(inOrder, ({ key }) => key)].filter(
    ([key, group]) => states.has(key) || group.some(({ rule, sample }) => rule && isNoticed(sample.value, rule)),
  )
  const fresher = groups.filter(([key]) => !states.has(key)).map(([, group]) => group)
  const before = await findBefore(tx, fresher, stored)
  const happened: Happened[] = []
  const changed: kept.Change[] = []
  for (const [key, group] of groups) {
    const fed = feed(states.get(key) ?? before.get(key)!, group)
    happened.push(...fed.happened)
    if (fed.state !== states.get(key)) changed.push(changeOf(group[0]!, fed))
  }
  await kept.save(tx, changed)
  await saveHappened(tx, ctx, happened)
  return happened
}

/** What new watches must know of the values before these: for their means, and that none of them is late. */
async function findBefore(tx: Db, groups: readonly Look[][], stored: readonly Reading[]): Promise<Map<string, Watch>> {
  const asked = groups.map((group) => {
    const { reading, sample } = group[0]!
    return { reading, from: sample.at - lastRule(group).meanSeconds * 1000 }
  })
  const found = await findSamplesSince(tx, asked, stored)
  return new Map(groups.map((group, place) => [group[0]!.key, seeded(found[place]!, lastRule(group))]))
}

const lastRule = (group: readonly Look[]): WatchRule => group.findLast(({ rule }) => rule)!.rule!

interface Fed {
  state: Watch
  /** The rule of the last value; null where no limit stands any more. */
  rule: WatchRule | null
  at: number
  happened: Happened[]
}

function feed(first: Watch, group: readonly Look[]): Fed {
  let state = first
  const happened: Happened[] = []
  for (const look of group) {
    const before = state
    if (look.rule) {
      const step = watch(before, look.sample, look.rule)
      state = step.state
      if (step.event) happened.push(happenedOf(look, step.event, before, step.state, step.judged))
    } else if (before.level) {
      state = { ...before, level: null, raisedAt: null, warnSince: null, alarmSince: null }
      happened.push(happenedOf(look, 'cleared', before, state, look.sample.value, 'no_limit'))
    }
  }
  const { rule, sample } = group.at(-1)!
  return { state, rule, at: sample.at, happened }
}

function changeOf({ reading, cause }: Look, { state, rule, at }: Fed): kept.Change {
  const { deviceId, quantity } = reading
  const over = rule ? isCalm(state, rule, at) : state.level === null
  const until = rule?.maximumSeconds !== undefined && state.raisedAt !== null ? rule.maximumSeconds : null
  const endsAt = until === null ? null : sayAt(state.raisedAt! + until * 1000)
  return { deviceId, cause: cause.code, quantity, state: over ? null : state, endsAt }
}

const sayAt = (at: number) => new Date(at).toISOString()

function happenedOf(
  { reading, cause, asked, rule, sample }: Look,
  event: Exclude<Happened['kind'], 'live'>,
  before: Watch,
  after: Watch,
  value: number,
  because?: Clearing,
): Happened {
  const { deviceId, quantity } = reading
  const raisedAt = sayAt((event === 'raised' ? after.raisedAt : before.raisedAt)!)
  const detail: HappenedDetail = { cause: cause.code, quantity, at: sayAt(sample.at), value: rounded(value), raisedAt }
  if (event === 'cleared')
    return { deviceId, kind: event, detail: { ...detail, because: because ?? endOf(before, sample.at, rule) } }
  const level = after.level!
  return { deviceId, kind: event, detail: { ...detail, level, limit: limitOf(cause, asked, level)! } }
}

/** What a mean or a change is told with: no more digits than an instrument has. */
const rounded = (value: number) => Number(value.toPrecision(5))

const endOf = ({ raisedAt }: Watch, at: number, rule: WatchRule | null): Clearing =>
  rule?.maximumSeconds !== undefined && at - raisedAt! >= rule.maximumSeconds * 1000 ? 'longest_run' : 'below'

/** The passing of time: a sprayer's longest run ends even when the monitor has fallen silent. */
export async function passWatches(tx: Db, ctx: Ctx): Promise<Happened[]> {
  const due = await kept.takeEnded(tx, ctx.now)
  if (due.length === 0) return []
  const devices = new Map(
    (
      await findDevices(
        tx,
        due.map(({ deviceId }) => deviceId),
      )
    ).map((one) => [one.id, one]),
  )
  const law = ctx.law()
  const now = Date.parse(ctx.now)
  const happened: Happened[] = []
  const changes: kept.Change[] = []
  for (const { deviceId, cause: code, quantity, state: before } of due) {
    const asked = { law, device: devices.get(deviceId)!, quantity, at: now }
    const rule = watchOf(getCause(code), asked)
    if (!rule) continue
    const { state, event } = passTime(before, now, rule)
    if (!event) continue
    const raisedAt = sayAt(before.raisedAt!)
    const detail = { cause: code, quantity, at: ctx.now, value: null, raisedAt, because: 'longest_run' as const }
    happened.push({ deviceId, kind: 'cleared', detail })
    changes.push({ deviceId, cause: code, quantity, state: isCalm(state, rule, now) ? null : state, endsAt: null })
  }
  await kept.save(tx, changes)
  await saveHappened(tx, ctx, happened)
  return happened
}

/** From which moment on a normal value still counts as live. */
export const liveFrom = (ctx: Ctx): Promise<number> => heardSince(ctx, ctx.law().number('telemetry.refresh') * 60)

/** The oldest normal value that counts within a period (seconds); a jump of the demo clock is left out. */
export async function heardSince(ctx: Ctx, periodSeconds: number): Promise<number> {
  const jump = await ctx.house.clock.jump()
  const moved = jump ? { from: Date.parse(jump.from), to: Date.parse(jump.to) } : null
  return liveSince(Date.parse(ctx.now), periodSeconds, moved)
}
