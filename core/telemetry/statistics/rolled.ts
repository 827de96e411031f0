import { type DeviceModel, models } from '../../device/index.ts'
import type { Law } from '../../law/index.ts'
import { quantities, type Quantity } from '../quantities.ts'

/**
 * What a crane or a hoist does from second to second has no hourly mean that says anything; of all else means are kept
 * for ever. Codes without their measuring points.
 */
const restless: ReadonlySet<string> = new Set([
  ...['liftingCapacity', 'safeLiftingCapacity', 'loadPercent', 'momentPercent', 'amplitude', 'round', 'height'],
  ...['overRide', 'warningWord', 'currentLoad', 'personCount', 'floor', 'speed', 'doorFront', 'doorBack'],
  ...['intrusion', 'grossWeight', 'truckSpeed'],
])

export const rolled: readonly Pick<Quantity, 'code' | 'mean'>[] = quantities
  .filter(({ code }) => !restless.has(code))
  .map(({ code, mean }) => ({ code, mean }))

/** How many samples a full hour has by the promise of each model; 5-minute means by the refreshing that is required. */
export function expectedSamples(law: Law, among: readonly DeviceModel[] = models) {
  const means = Math.floor(60 / law.number('telemetry.refresh'))
  return among.flatMap(({ code: model, quantities: promised }) =>
    promised.flatMap(({ code, period }) => [
      { model, code, span: 'r', expected: Math.floor(3600 / period) },
      { model, code, span: 'm', expected: means },
    ]),
  )
}
