import { type Forecast, forecastWorkflow, type Place, type Weather } from '@plumbline/core/telemetry'
import type { ActAsk } from '@plumbline/core/workflow'
import { type Selectable, sql } from 'kysely'
import { act, open, sameId, withSteps } from '../../../base/act.ts'
import { getHead, history } from '../../../base/cases.ts'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { Refused } from '../../../base/errors.ts'
import { asCaseRoom, type CaseRoom } from '../../../base/room.ts'
import { getCounty } from '../../../base/setting.ts'
import { getTowns } from '../../project/index.ts'
import type { TelemetryTables } from '../tables.ts'

const tables = (db: Db) => db.withTables<TelemetryTables>()
type Row = Selectable<TelemetryTables['telemetry.forecast']>

const toForecast = ({ district_name, entered_by, entered_at, ...row }: Row): Forecast => ({
  ...row,
  districtName: district_name,
  enteredBy: entered_by,
  enteredAt: entered_at,
})

const room: CaseRoom<'issued', Forecast> = {
  workflow: forecastWorkflow,
  load: async (tx, ids) => {
    if (ids.length === 0) return []
    const rows = await tables(tx)
      .selectFrom('telemetry.forecast as f')
      .selectAll('f')
      .where('f.id', 'in', [...ids])
      .execute()
    return rows.map(toForecast)
  },
  save: async (tx, records) => {
    for (const { id, state, district, districtName, day, weather, enteredBy, enteredAt } of records) {
      const row = {
        ...{ id, state: state!, district, day, weather: JSON.stringify(weather) },
        ...{ district_name: districtName, entered_by: enteredBy, entered_at: enteredAt },
      }
      await tables(tx)
        .insertInto('telemetry.forecast')
        .values(row)
        .onConflict((at) => at.column('id').doUpdateSet(row))
        .execute()
    }
  },
}
export const forecastCases = asCaseRoom(room)

/** One place and day, one forecast. */
const forecastId = (district: string, day: string) => sameId('forecast', district, day)

/** The county first, then its towns. */
async function listPlaces(tx: Db): Promise<{ district: string; name: string }[]> {
  const { region, name } = await getCounty(tx)
  return [{ district: region, name }, ...(await getTowns(tx)).map((town) => ({ district: town.code, name: town.name }))]
}

const nothing: Weather = { windLevel: 0, rain: 'none', low: 0, high: 0, pollution: 'none', source: '' }

const propose = (id: string, place: { district: string; name: string }, day: string): Forecast => ({
  ...{ id, state: null, district: place.district, districtName: place.name, day },
  ...{ weather: nothing, enteredBy: '', enteredAt: '' },
})

export async function findForecasts(tx: Db, day: string): Promise<Forecast[]> {
  const { rows } =
    await sql<Row>`select f.* from telemetry.forecast f where f.day = ${day}::date order by f.district`.execute(tx)
  return rows.map(toForecast)
}

/** Every place with its forecast of a day, and what the reader may do: enter one where there is none, or amend it. */
export async function forecastsOf(ctx: Ctx, ask: { day?: string | undefined }) {
  const day = ask.day ?? ctx.today
  const places = await read(ctx, async (tx) => {
    const known = await findForecasts(tx, day)
    return (await listPlaces(tx)).map((place): Place => {
      const forecast = known.find(({ district }) => district === place.district) ?? null
      const record = forecast ?? propose(forecastId(place.district, day), place, day)
      const steps = day < ctx.today ? [] : withSteps(ctx, room, record).steps
      return { ...place, forecast, steps }
    })
  })
  return { day, places }
}

export async function viewForecast(ctx: Ctx, id: string) {
  return read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'forecast')
    const [record] = await room.load(tx, [id])
    if (!record) throw new Refused('missing', 'forecast')
    return { head, ...withSteps(ctx, room, record), acts: await history(ctx, tx, id) }
  })
}

interface EnterAsk {
  requestId: string
  input: { district: string; day: string; weather: Weather }
}

/** Enters the forecast of a place and day. Refuses unmet `town_unknown`, and conflict `forecast_exists` where one stands. */
export async function enterForecast(ctx: Ctx, { requestId, input }: EnterAsk) {
  const { record } = await open(ctx, room, { requestId, action: 'enter', input }, async (tx) => {
    const place = (await listPlaces(tx)).find(({ district }) => district === input.district)
    if (!place) throw new Refused('unmet', 'town_unknown')
    const id = forecastId(input.district, input.day)
    if ((await room.load(tx, [id])).length > 0) throw new Refused('conflict', 'forecast_exists')
    return propose(id, place, input.day)
  })
  return viewForecast(ctx, record.id)
}

export async function amendForecast(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, room, id, ask)
  return viewForecast(ctx, id)
}
