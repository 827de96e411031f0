import {
  countOnline,
  type Device,
  type DeviceState,
  type Doors,
  findModel,
  getModel,
  isActuator,
  type NewDevice,
  noSettings,
  type Onboarding,
  onboardingOf,
  type OnlineRates,
  type Protocol,
} from '@plumbline/core/device'
import { randomInt, randomUUID } from 'node:crypto'
import { act, open } from '../../base/act.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import type { CaseRoom } from '../../base/room.ts'
import { getTowns } from '../project/index.ts'
import * as lines from './lines.ts'
import { fromProject, room } from './service.ts'
import * as store from './store.ts'

interface PasswordAsked {
  requestId: string
  password?: string | undefined
  makePassword: boolean
}

/** Without what is easily taken for another: I l 1 O 0. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
/** HJ 212-2017 table 3 gives the password six characters, and many a device takes no more; elsewhere there is room. */
const lengthOf = (protocol: Protocol) => (protocol === 'hj212' ? 6 : 16)
const makePassword = (protocol: Protocol): string =>
  Array.from({ length: lengthOf(protocol) }, () => letters[randomInt(letters.length)]).join('')

/**
 * The password to keep, and the one to tell. What is polled has none; one is kept all the same, and told to nobody, so that
 * nobody can speak under its number.
 */
function passwordOf(protocol: Protocol, { password, makePassword: made }: PasswordAsked) {
  if (protocol === 'modbus') return { kept: makePassword('push'), told: null }
  if (password !== undefined) return { kept: password, told: null }
  if (!made) throw new Refused('unmet', 'device_password_missing')
  const own = makePassword(protocol)
  return { kept: own, told: own }
}

/** Enters a device. The password that was made is told in this answer alone: a repeated request hears null. */
export async function onboard(
  ctx: Ctx,
  ask: NewDevice & PasswordAsked,
): Promise<{ id: string; password: string | null }> {
  const { requestId, password, makePassword: made, ...input } = ask
  const { kept, told } = passwordOf(findModel(input.modelCode)?.protocol ?? 'hj212', {
    requestId,
    password,
    makePassword: made,
  })
  const onboarding: CaseRoom<DeviceState, Device> = {
    ...room,
    // The password stands beside the record, never in the act. Saving the record a second time changes nothing.
    effects: {
      onboard: async (tx, _ctx, { after }) => {
        await store.save(tx, [after])
        await store.savePassword(tx, after.id, kept)
        await lines.forgetUnknown(tx, after.mn)
      },
    },
  }
  const propose = async (tx: Db): Promise<Device> => {
    const known = (await store.findByMns(tx, [input.mn])).get(input.mn)
    if (known && known.state !== 'retired') throw new Refused('conflict', 'mn_taken')
    return { ...draftOf(input, ctx.now), id: randomUUID(), ...(await fromProject(tx, input.projectId)) }
  }
  const { record, repeated } = await open(ctx, onboarding, { requestId, action: 'onboard', input }, propose).catch(
    takenOr,
  )
  return { id: record.id, password: repeated ? null : told }
}

/** Two may enter one number at the same moment: the index lets one through. */
function takenOr(error: { constraint?: string }): never {
  if (error.constraint === 'device_mn' || error.constraint === 'case_number') throw new Refused('conflict', 'mn_taken')
  throw error
}

function draftOf(input: NewDevice, now: string): Omit<Device, 'id' | 'projectName' | 'district' | 'parties'> {
  const model = findModel(input.modelCode)
  if (!model) throw new Refused('unmet', 'device_model_unknown')
  return {
    state: null,
    modelCode: input.modelCode,
    kind: model.kind,
    mn: input.mn,
    name: input.name,
    projectId: input.projectId,
    unitProfile: input.unitProfile ?? model.unitProfile ?? 'ug',
    crcMode: input.crcMode ?? model.crcMode ?? 'strict',
    ending: input.ending ?? 'crlf',
    linkedTo: null,
    linkedUnit: null,
    mode: isActuator(model.kind) ? 'automatic' : null,
    settings: { ...noSettings, modbus: input.modbus ?? null },
    point: input.point ?? null,
    liveAt: null,
    enteredAt: now,
    interlock: null,
    keeper: null,
    note: null,
    explanation: null,
  }
}

export async function setPassword(ctx: Ctx, id: string, ask: PasswordAsked): Promise<{ password: string | null }> {
  const device = await read(ctx, (tx) => store.find(tx, id))
  if (!device) throw new Refused('missing', 'device')
  const { kept, told } = passwordOf(getModel(device.modelCode).protocol, ask)
  const setting: CaseRoom<DeviceState, Device> = {
    ...room,
    effects: { set_password: (tx) => store.savePassword(tx, id, kept) },
  }
  const { repeated } = await act(ctx, setting, id, { requestId: ask.requestId, action: 'set_password', input: {} })
  return { password: repeated ? null : told }
}

const mostListed = 200
const hour = 3_600_000

/** 接入中的设备: entered and not yet alive, those that wait longest in front (IOT-04). */
export async function listOnboarding(
  ctx: Ctx,
  stuckOnly: boolean,
): Promise<{ rows: Onboarding[]; hours: number; total: number; stuck: number }> {
  const law = ctx.law()
  const hours = law.number('onboarding.stuck')
  const skewMinutes = law.number('telemetry.clock_skew')
  const stuckBefore = new Date(Date.parse(ctx.now) - hours * hour).toISOString()
  const found = await read(ctx, (tx) => store.findPending(tx, { stuckBefore, limit: mostListed, stuckOnly }))
  return {
    ...found,
    hours,
    rows: found.rows.map((row) => onboardingOf(row, { now: ctx.now, hours, skewMinutes })),
  }
}

export async function listOnline(ctx: Ctx): Promise<OnlineRates> {
  const { counts, towns } = await read(ctx, async (tx) => ({
    counts: await store.countOnline(tx, ctx.today),
    towns: await getTowns(tx),
  }))
  const names = new Map(towns.map(({ code, name }) => [code, name]))
  return countOnline(counts.map((one) => ({ ...one, townName: names.get(one.town) ?? one.town })))
}

/** Where devices reach this server. Of an outside broker its place alone is told, never its login. */
export function doorsOf({ house: { settings } }: Ctx): Doors {
  const { hostname } = new URL(settings.publicUrl)
  const outside = settings.mqttUrl ? new URL(settings.mqttUrl) : null
  return {
    hj212: { host: hostname, port: settings.hj212Port },
    mqtt: outside
      ? {
          host: outside.hostname,
          port: Number(outside.port || (outside.protocol === 'mqtts:' ? 8883 : 1883)),
          outside: true,
        }
      : { host: hostname, port: settings.mqttPort, outside: false },
    push: { url: settings.publicUrl.replace(/\/$/, '') },
  }
}
