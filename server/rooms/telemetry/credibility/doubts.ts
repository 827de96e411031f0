import type { Device } from '@plumbline/core/device'
import { type CredibilityDay, type Doubt, type DoubtState, doubtWorkflow } from '@plumbline/core/telemetry'
import type { ActAsk } from '@plumbline/core/workflow'
import type { Selectable } from 'kysely'
import { act, open, sameId, withSteps } from '../../../base/act.ts'
import { getHead, history } from '../../../base/cases.ts'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { Refused } from '../../../base/errors.ts'
import { asCaseRoom, type CaseRoom } from '../../../base/room.ts'
import type { TelemetryTables } from '../tables.ts'
import type { Judged } from './judging.ts'
import { dayView, findDay } from './store.ts'

const tables = (db: Db) => db.withTables<TelemetryTables>()
type Row = Selectable<TelemetryTables['telemetry.doubt']>

const toDoubt = ({ device_id, device_name, project_id, project_name, ...row }: Row): Doubt => ({
  ...row,
  ...{ deviceId: device_id, deviceName: device_name, projectId: project_id, projectName: project_name },
})

const room: CaseRoom<DoubtState, Doubt> = {
  workflow: doubtWorkflow,
  load: async (tx, ids) => {
    if (ids.length === 0) return []
    const rows = await tables(tx)
      .selectFrom('telemetry.doubt as d')
      .selectAll('d')
      .where('d.id', 'in', [...ids])
      .execute()
    return rows.map(toDoubt)
  },
  save: async (tx, records) => {
    for (const { deviceId, deviceName, projectId, projectName, decision, state, ...same } of records) {
      const row = {
        ...{ ...same, state: state!, decision: decision && JSON.stringify(decision) },
        ...{ device_id: deviceId, device_name: deviceName, project_id: projectId, project_name: projectName },
      }
      await tables(tx)
        .insertInto('telemetry.doubt')
        .values(row)
        .onConflict((at) => at.column('id').doUpdateSet(row))
        .execute()
    }
  },
}
export const doubtCases = asCaseRoom(room)

/** One device and day, one doubt. */
const doubtId = (deviceId: string, day: string) => sameId('doubt', deviceId, day)

/** A suspect day is laid before a person, once; one that late data has cleared is no longer. As 系统. Answers the case's id. */
export async function followVerdict(ctx: Ctx, device: Device, { day, score, suspect }: Judged): Promise<string> {
  const id = doubtId(device.id, day)
  if (suspect) {
    const ask = { requestId: sameId('doubt.raise', id), action: 'raise', input: { deviceId: device.id, day } }
    await open(ctx, room, ask, () => Promise.resolve({ id, day, score, ...proposed(device) }))
    return id
  }
  const [doubt] = await read(ctx, (tx) => room.load(tx, [id]))
  if (doubt?.state === 'open')
    await act(ctx, room, id, { requestId: sameId('doubt.lapse', id), action: 'lapse', input: {} })
  return id
}

const proposed = ({ id, name, projectId, projectName, district, parties }: Device) => ({
  ...{ state: null, deviceId: id, deviceName: name, projectId, projectName, district, parties },
  decision: null,
})

/** A doubt with what it rests on. Refuses missing `doubt`. */
export function viewDoubt(ctx: Ctx, id: string) {
  return read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'doubt')
    const [doubt] = await room.load(tx, [id])
    if (!doubt) throw new Refused('missing', 'doubt')
    const found = await findDay(tx, doubt.deviceId, doubt.day)
    const day: CredibilityDay | null = found ? dayView(found) : null
    return { head, ...withSteps(ctx, room, doubt), acts: await history(ctx, tx, id), day }
  })
}

export async function decideDoubt(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, room, id, ask)
  return viewDoubt(ctx, id)
}
