import { deviceContract as contract, getModel } from '@plumbline/core/device'
import type { City, CityDevice } from '../city/index.ts'
import { isRefusal, type Session } from '../client.ts'
import { idOf } from './names.ts'
import { each } from './progress.ts'
import { getId, type Ids } from './registry.ts'

/** The meters that only answer stand behind one gateway of serial lines, which gives each a unit of its own. */
const meterAddress = (city: City, device: CityDevice, port: number) => {
  const meters = city.devices.filter(({ modelCode }) => getModel(modelCode).protocol === 'modbus')
  const unit = meters.indexOf(device) + 1
  return unit > 0 ? { host: '127.0.0.1', port, unit } : null
}

/** Enters the devices of the county, with their papers, and links each dust monitor to its sprayer. */
export async function onboardDevices(admin: Session, city: City, projects: Ids): Promise<void> {
  const { seed } = city
  const { hj212 } = await admin.call(contract.doors)
  const ids = new Map<string, string>()
  const onboard = async (device: CityDevice) => {
    const { modelCode, number, password, name, project, point, opens, settings } = device
    // Two houses on one machine have different ports, and so have their meters.
    const modbus = meterAddress(city, device, hj212.port + 290)
    const body = {
      requestId: idOf(seed, 'device', number),
      ...{ modelCode, mn: number, name, projectId: getId(projects, project), point },
      ...(modbus ? { modbus } : { password }),
    }
    const { id } = await admin.call(contract.onboard, { body }).catch(async (error: unknown) => {
      if (!isRefusal(error, 'mn_taken', 'device_mn_taken')) throw error
      const { rows } = await admin.call(contract.list, { query: { q: number } })
      return rows.find((one) => one.mn === number)!
    })
    ids.set(number, id)
    if (settings.limits.length > 0 || Object.keys(settings.rated).length > 0) {
      const input = { ...settings, modbus }
      const body = { requestId: idOf(seed, 'configure', number), action: 'configure' as const, input }
      await admin.call(contract.act, { params: { id }, body })
    }
    if (opens === null) return
    const input = { sprayerId: getId(ids, opens), unit: 1 }
    const link = { requestId: idOf(seed, 'link', number), action: 'link' as const, input }
    await admin.call(contract.act, { params: { id }, body: link })
  }
  // What is opened is entered before what opens it.
  await each(
    '现场设备',
    city.devices.filter(({ opens }) => opens === null),
    onboard,
  )
  await each(
    '扬尘监测仪',
    city.devices.filter(({ opens }) => opens !== null),
    onboard,
  )
}
