import { randomUUID } from 'node:crypto'
import { addDays } from '@plumbline/core/kit'
import { weatherContract } from '@plumbline/core/telemetry'
import { read, systemContext } from '../../../server/base/context.ts'
import { findDevice } from '../../../server/rooms/device/index.ts'
import { followVerdict } from '../../../server/rooms/telemetry/credibility/index.ts'
import { drawMap } from '../../../simulator/county/map.ts'
import { makeDevice } from '../makers.ts'
import type { Maker, Samples } from '../run.ts'
import type { World } from '../world.ts'

const days = { from: '2026-11-01', until: '2026-11-20' }

const ofDevice =
  (query: object): Maker =>
  async (world) => {
    const id = await makeDevice(world)
    return { ask: { params: { id }, query: { quantity: 'a34004', ...query } }, of: id }
  }

/** A figure of the cast's project, named in the path or in the query. */
const inPath: Maker = async ({ cast: { projectId: id } }) => ({ ask: { params: { id }, query: days }, of: id })
const inQuery =
  (query: object = days): Maker =>
  async ({ cast: { projectId } }) => ({ ask: { query: { ...query, projectId } }, of: projectId })

const weather = { windLevel: 4, rain: 'none', low: 8, high: 15, pollution: 'none', source: '县气象台' }

/** A day for which nobody has entered a forecast of that town. */
const newForecast = (world: World) => {
  const district = drawMap().towns.find(({ name }) => name === '城东街道')!.code
  return { district, day: addDays('2030-01-01', world.next('year')), weather }
}

async function makeForecast(world: World): Promise<string> {
  const body = { requestId: randomUUID(), input: newForecast(world) as never }
  return (await world.ask(world.cast.chief, weatherContract.enter, { body })).record.id
}

export const statisticsSamples: Samples = {
  'statistics.freshness': async (world) => {
    await makeDevice(world)
    return { ask: {}, marker: ({ total }: { total: { total: number } }) => total.total > 0 }
  },
  'statistics.monitors': async (world) => ({ ask: {}, marker: await makeDevice(world) }),
  'statistics.ranking': async (world) => {
    await makeDevice(world)
    return { ask: { query: { month: '2026-10' } }, marker: world.cast.projectId }
  },
  'statistics.days': inQuery({ ...days, quantity: 'a34004' }),
  'statistics.hours': ofDevice(days),
  'statistics.readings': ofDevice({ hour: '2026-11-19T02:00:00.000Z' }),
  'statistics.rose': inPath,
  'statistics.windHours': inPath,
  'statistics.exceedances': inQuery(),
  'statistics.offline': inQuery(),
  'statistics.exitRates': inQuery(),
  'statistics.exits': inQuery(),
  'statistics.energy': inPath,
  'statistics.curing': inQuery(),
  'statistics.scores': inQuery({}),
}

/** A monitor whose day was found suspect. */
async function makeDoubt(world: World): Promise<string> {
  const deviceId = await makeDevice(world)
  const ctx = await systemContext(world.house.house)
  const device = await read(ctx, (tx) => findDevice(tx, deviceId))
  const judged = { deviceId, day: '2026-11-19', score: 40, suspect: true, findings: [] }
  return followVerdict(ctx, device!, judged)
}
const decide =
  (action: string): Maker =>
  async (world) => {
    const id = await makeDoubt(world)
    const body = { requestId: randomUUID(), action, input: { reason: '现场核实' } }
    return { ask: { params: { id }, body }, of: id }
  }

export const credibilitySamples: Samples = {
  'credibility.device': async (world) => {
    const id = await makeDevice(world)
    return { ask: { params: { id }, query: {} }, of: id }
  },
  'credibility.project': async ({ cast: { projectId: id } }) => ({ ask: { params: { id } }, of: id }),
  'credibility.suspects': inQuery({}),
  'credibility.doubt': async (world) => {
    const id = await makeDoubt(world)
    return { ask: { params: { id } }, of: id }
  },
  'credibility.act confirm': decide('confirm'),
  'credibility.act dismiss': decide('dismiss'),
}

export const weatherSamples: Samples = {
  'weather.forecasts': async () => ({ ask: {} }),
  'weather.forecast': async (world) => {
    const id = await makeForecast(world)
    return { ask: { params: { id } }, of: id }
  },
  'weather.enter': async (world) => ({ ask: { body: { requestId: randomUUID(), input: newForecast(world) } } }),
  'weather.act amend': async (world) => {
    const id = await makeForecast(world)
    return { ask: { params: { id }, body: { requestId: randomUUID(), action: 'amend', input: { weather } } }, of: id }
  },
  'weather.risks': inQuery({}),
}
