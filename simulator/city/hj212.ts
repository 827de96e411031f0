import { type Address, bytesOf, messageFrame, modbusOf, sayCrc, sayQn, sayTime } from '@plumbline/core/codec/hj212'
import { type DeviceModel, getModel } from '@plumbline/core/device'
import type { Frame } from './line.ts'
import type { CityDevice } from './schema.ts'

/** Where a frame says it comes from: dust by the standard's code 39. */
export const addressOf = ({ number, password }: CityDevice): Address => ({
  mn: number,
  pw: password,
  st: '39',
  version: '2017',
})

/** Whether the device speaks HJ 212; the others speak MQTT, push, or are asked. */
export const speaksHj212 = ({ modelCode }: CityDevice): boolean => getModel(modelCode).protocol === 'hj212'

/** Micrograms in the unit that the model sends: exact by shifting the decimal point. */
const perMicrogram = { ng: 1000, ug: 1, mg: 0.001 } as const

const saidIn = (model: DeviceModel, quantity: string, value: number): number =>
  quantity.startsWith('a340') ? Number((value * perMicrogram[model.unitProfile ?? 'ug']).toPrecision(12)) : value

/**
 * What an HJ 212 device uploads of a frame, an answer wanted: 2051 of an interval of `seconds`, or 2011 of a moment when
 * it has none; of an actuator 2021. The QN stands at the end of the interval by the device's own clock, with a
 * millisecond that is the device's.
 */
export function uploadOf({ device, told, flag, values }: Frame, seconds: number): Uint8Array {
  const model = getModel(device.modelCode)
  const address = addressOf(device)
  const qn = sayQn(told + seconds * 1000 + ((device.salt >>> 0) % 1000))
  const begin = `DataTime=${sayTime(told)}`
  if (device.quantities[0] === 'SB1') {
    const cp = `${begin};SB1-RS=${values[0]}`
    return messageFrame(address, { qn, cn: '2021', wantsAnswer: true, cp })
  }
  const kind = seconds > 0 ? 'Avg' : 'Rtd'
  let cp = begin
  for (const [i, quantity] of device.quantities.entries())
    cp += `;${quantity}-${kind}=${saidIn(model, quantity, values[i]!)},${quantity}-Flag=${flag}`
  const frame = messageFrame(address, { qn, cn: seconds > 0 ? '2051' : '2011', wantsAnswer: true, cp })
  // Cheap devices compute the other check value (standards 3.2).
  if (model.crcMode === 'either') frame.set(bytesOf(sayCrc(modbusOf(frame, 6, frame.length - 6))), frame.length - 6)
  return frame
}
