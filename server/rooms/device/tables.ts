import type { Device, Verdict } from '@plumbline/core/device'
import type { Generated } from 'kysely'
import type { Json } from '../../base/tables.ts'

/** The shape of migrations/0006_device.sql, 0012_device_kinds.sql, 0013_ingest.sql, 0015_linkage.sql and
 * 0019_onboarding.sql; house/tables.test.ts holds the two together. */
export type DeviceTables = {
  'device.device': {
    id: string
    state: NonNullable<Device['state']>
    model_code: string
    kind: Device['kind']
    mn: string
    name: string
    project_id: string
    project_name: string
    district: string
    parties: string[]
    unit_profile: Device['unitProfile']
    crc_mode: Device['crcMode']
    ending: Device['ending']
    linked_to: string | null
    linked_unit: number | null
    mode: Device['mode'] | null
    interlock: Json<NonNullable<Device['interlock']>> | null
    settings: Json<Device['settings']>
    point: Json<NonNullable<Device['point']>> | null
    live_at: string | null
    entered_at: string
    keeper: Json<NonNullable<Device['keeper']>> | null
    note: Json<NonNullable<Device['note']>> | null
    explanation: Json<NonNullable<Device['explanation']>> | null
  }
  'device.secret': { device_id: string; password: string }
  'device.line': {
    device_id: string
    address: string | null
    connected: Generated<boolean>
    heard_at: string | null
    good: Generated<number>
    bad: Generated<number>
    refused: Generated<number>
    quarantined: Generated<number>
    duplicates: Generated<number>
    skew_millis: number | null
    freshness: Generated<'live' | 'stale' | 'never'>
    fresh_at: string | null
  }
  'device.conversation': {
    id: Generated<number>
    device_id: string
    at: string
    way: 'in' | 'out' | 'note'
    verdict: Verdict
    verified: boolean
    raw: Buffer
    answers: Buffer[] | null
    fault: Json<unknown> | null
  }
  'device.unknown': { mn: string; first_seen: string; last_seen: string; count: number; address: string; raw: Buffer }
}
