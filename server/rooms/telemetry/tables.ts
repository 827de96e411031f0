import type { Interlock } from '@plumbline/core/device'
import type { Alarm, Dispatch, Doubt, Forecast, Roster, SiteEvent, Span, Watch } from '@plumbline/core/telemetry'
import type { Generated } from 'kysely'
import type { Json } from '../../base/tables.ts'
import type { KeptFinding } from './credibility/store.ts'

/** The shape of migrations/0008_telemetry.sql, 0013_ingest.sql, 0015_linkage.sql and 0020_dispatch.sql; house/tables.test.ts holds the two together. */
export type TelemetryTables = {
  'telemetry.layout': { id: Generated<number>; span: Span; quantities: string[] }
  'telemetry.packet': {
    device_id: string
    at: string
    received_at: string
    layout: number
    span: Span
    marks: string | null
    measured: number[]
  }
  'telemetry.newest': {
    device_id: string
    layout: number
    at: string
    received_at: string
    marks: string | null
    measured: number[]
    normal_at: string[]
  }
  'telemetry.event': {
    device_id: string
    kind: SiteEvent['kind']
    at: string
    id: string
    body: Json<SiteEvent['body']>
    received_at: string
  }
  'telemetry.quarantine': { device_id: string; at: string; verdict: 'in_future' | 'too_old'; heard_at: string }
  'telemetry.reopened': { device_id: string; hour: string; marked_at: string }
  'telemetry.watch': {
    device_id: string
    cause: string
    quantity: string
    state: Json<Watch>
    raised_at: string | null
    ends_at: string | null
  }
  'telemetry.happening': {
    id: Generated<number>
    device_id: string
    kind: 'live' | 'raised' | 'upgraded' | 'downgraded' | 'cleared'
    detail: Json<unknown>
    at: string
    done_at: string | null
    tries: Generated<number>
    error: string | null
  }
  'telemetry.alarm': {
    id: string
    state: NonNullable<Alarm['state']>
    level: Alarm['level']
    device_id: string
    device_name: string
    device_kind: Alarm['deviceKind']
    project_id: string
    project_name: string
    district: string
    parties: string[]
    cause: Alarm['cause']
    quantity: string
    quantity_name: string
    unit: string
    bound: Json<Alarm['limit']>
    value: number
    raised_at: string
    duty: string[]
    acknowledged_at: string | null
    acknowledged_by: string | null
    handler_id: string | null
    shelf: Json<Alarm['shelf']> | null
    usefulness: Json<Alarm['usefulness']> | null
    measures: Json<Alarm['measures']>
    cleared_at: string | null
    cleared_because: NonNullable<Alarm['clearedBecause']> | null
  }
  'telemetry.told': { person_id: string; day: string; count: number }
  'telemetry.told_in': { alarm_id: string; recipient: string; message_id: string }
  'telemetry.untold': { alarm_id: string; at: string }
  'telemetry.roster': { id: string; state: 'kept'; region: string; nights: Json<Roster['nights']> }
  'telemetry.command': {
    id: string
    device_id: string
    unit: number
    on_off: boolean
    alarm_id: string | null
    person_id: string | null
    person_name: string | null
    created_at: string
    due_at: string
    expires_at: string
    max_run_seconds: number
    qn: string | null
    sent_at: string | null
    accepted_at: string | null
    executed_at: string | null
    effective_at: string | null
    refused_code: number | null
    lon: number | null
    lat: number | null
  }
  'telemetry.dispatch': {
    id: string
    state: NonNullable<Dispatch['state']>
    project_id: string
    project_name: string
    district: string
    parties: string[]
    place: Json<Dispatch['place']>
    truck_id: string
    truck_name: string
    plate: string
    unit: string
    alarm_id: string | null
    reason: string
    called: Json<Dispatch['called']>
    called_at: string
    due_at: string
    arrival: Json<NonNullable<Dispatch['arrival']>> | null
    ended: Json<NonNullable<Dispatch['ended']>> | null
  }
  'telemetry.withheld': {
    alarm_id: string
    device_id: string
    at: string
    because: 'manual' | 'interlocked'
    interlock: Json<Interlock> | null
  }
  'telemetry.hour': {
    device_id: string
    quantity: string
    hour: string
    span: 'r' | 'm'
    count: number
    normal: number
    mean: number | null
    min: number | null
    max: number | null
    valid: boolean
  }
  'telemetry.day': {
    device_id: string
    quantity: string
    day: string
    hours: number
    mean: number | null
    min: number | null
    max: number | null
    valid: boolean
    day_mean: number | null
    night_mean: number | null
  }
  'telemetry.credibility': {
    device_id: string
    day: string
    score: number
    suspect: boolean
    findings: Json<KeptFinding[]>
    judged_at: string
    stale: Generated<boolean>
  }
  'telemetry.doubt': {
    id: string
    state: NonNullable<Doubt['state']>
    device_id: string
    device_name: string
    project_id: string
    project_name: string
    district: string
    parties: string[]
    day: string
    score: number
    decision: Json<NonNullable<Doubt['decision']>> | null
  }
  'telemetry.rolled': { one: Generated<boolean>; until: string }
  'telemetry.heard': { hour: string; devices: number }
  'telemetry.forecast': {
    id: string
    state: 'issued'
    district: string
    district_name: string
    day: string
    weather: Json<Forecast['weather']>
    entered_by: string
    entered_at: string
  }
}
