import type { Alarm, Watch } from '@plumbline/core/telemetry'
import type { Generated } from 'kysely'
import type { Json } from '../../base/tables.ts'

/** The shape of migrations/0008_telemetry.sql; house/tables.test.ts holds the two together. */
export type TelemetryTables = {
  'telemetry.reading': {
    device_id: string
    quantity: string
    span: string
    at: string
    value: number
    flag: string | null
    received_at: string
  }
  'telemetry.latest': {
    device_id: string
    quantity: string
    at: string
    value: number
    flag: string | null
    received_at: string
    normal_at: string | null
  }
  'telemetry.watch': { device_id: string; quantity: string; state: Json<Watch>; raised_at: string | null }
  'telemetry.happening': {
    id: Generated<number>
    device_id: string
    kind: 'live' | 'raised' | 'cleared'
    detail: Json<unknown>
    at: string
    done_at: string | null
    tries: Generated<number>
    error: string | null
  }
  'telemetry.alarm': {
    id: string
    state: NonNullable<Alarm['state']>
    device_id: string
    device_name: string
    project_id: string
    project_name: string
    district: string
    parties: string[]
    cause: Alarm['cause']
    quantity: string
    quantity_name: string
    unit: string
    limit_value: number
    clause: string
    value: number
    raised_at: string
    acknowledged_at: string | null
    acknowledged_by: string | null
    cleared_at: string | null
    cleared_because: NonNullable<Alarm['clearedBecause']> | null
  }
  'telemetry.command': {
    id: string
    device_id: string
    unit: number
    on_off: boolean
    alarm_id: string
    created_at: string
    expires_at: string
    max_run_seconds: number
    qn: string | null
    sent_at: string | null
    accepted_at: string | null
    executed_at: string | null
    effective_at: string | null
    refused_code: number | null
  }
}
