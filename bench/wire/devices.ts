import { type Device, noSettings } from '@plumbline/core/device'
import type { Project } from '@plumbline/core/project'
import { sameId } from '../../server/base/act.ts'
import type { Cluster } from '../cluster.ts'
import { asWriter, write } from '../county.ts'
import { numberOf, password } from './frames.ts'

export const deviceIdOf = (no: number) => sameId('bench', 'device', no)
const enteredAt = '2026-03-02T01:00:00.000Z'

/** A dust monitor of a project, or what else is told, in service. */
export function newDevice(no: number, project: Project, more: Partial<Device> = {}): Device {
  const { id, name, district, parties } = project
  const nothing = { linkedTo: null, linkedUnit: null, mode: null, interlock: null, keeper: null, note: null }
  return {
    ...nothing,
    ...{ id: deviceIdOf(no), state: 'live', modelCode: 'dust-ug', kind: 'dust', mn: numberOf(no), name: `测点${no}` },
    ...{ projectId: id, projectName: name, district, parties: parties.map(({ orgId }) => orgId), point: null },
    ...{ unitProfile: 'ug', crcMode: 'strict', ending: 'crlf', settings: noSettings, explanation: null },
    ...{ liveAt: enteredAt, enteredAt },
    ...more,
  }
}

/** Enters devices through the product's own `save` and `head`, with the password that all of them have. */
export async function enterDevices(cluster: Cluster, devices: readonly Device[]): Promise<void> {
  await asWriter(cluster, (tx) => write(tx, 'device', 'onboard', devices))
  const ids = devices.map(({ id }) => id)
  await cluster.owner.query(
    'insert into device.secret (device_id, password) select id, $2 from unnest($1::uuid[]) id',
    [ids, password],
  )
  for (const table of ['base.case', 'device.device', 'device.secret'])
    await cluster.owner.query(`vacuum (analyze) ${table}`)
}
