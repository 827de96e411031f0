import type { Tier } from '@plumbline/core/workflow'
import type { ColumnType, Generated } from 'kysely'

/** A jsonb column: any JSON out, text in. */
export type Json<T> = ColumnType<T, string, string>

/** The shape of migrations/0001_base.sql; house/tables.test.ts holds the two together. */
export type BaseTables = {
  'base.clock': {
    one: Generated<boolean>
    offset_ms: number
    jump_from: string | null
    jump_to: string | null
    demo: boolean
    ever_demo: boolean
  }
  'base.setting': { name: string; value: Json<unknown> }
  'base.serial': { kind: string; year: number; last: number }
  'base.rule': {
    id: string
    code: string
    value: Json<number | string | boolean>
    unit: string
    clause: string
    source: string
    from: string
    to: string | null
    region: string
    case_id: string
  }
  'base.subject': {
    id: string
    kind: 'project' | 'org' | 'person' | 'device'
    name: string
    district: string
    reach: string[]
    standing: Json<Record<string, unknown>>
  }
  'base.assignment': { person_id: string; subject_id: string; lead: boolean; since: string; until: string | null }
  'base.case': {
    id: string
    room: string
    number: string | null
    title: string
    state: string
    open: boolean
    project_id: string | null
    parties: string[]
    reach: string[]
    waits: string[]
    since: string
    due: string | null
    tier: Tier
    words: string[]
    opened_at: string
    closed_at: string | null
  }
  'base.reach': { key: string; room: string; open: boolean; due: string; case_id: string }
  'base.act': {
    id: Generated<number>
    request_id: string
    digest: string
    topic: string
    case_id: string
    from_state: string | null
    to_state: string
    actor_id: string | null
    actor_name: string
    capacity: string
    org_id: string | null
    input: Json<unknown>
    change: Json<Record<string, { before: unknown; after: unknown }>>
    rules: Json<unknown[]>
    origin: string | null
    caused_by: number | null
    done_at: string
    written_at: Generated<string>
    /** The transaction that wrote it. */
    written_in: Generated<string>
  }
  'base.hearing': {
    act_id: number
    listener: string
    case_id: string
    done_at: string | null
    tries: Generated<number>
    next_try: Generated<string>
    error: string | null
  }
  'base.timer': {
    case_id: string
    room: string
    action: string
    at: string
    tries: Generated<number>
    error: string | null
  }
  'base.hold': {
    id: string
    subject_id: string
    effect: string
    case_id: string
    clause: string
    item: string
    placed_at: string
    lifted_at: string | null
  }
  'base.file': {
    id: string
    sha256: string
    type: string
    name: string
    size: number
    width: number | null
    height: number | null
    taken_at: string | null
    lon: number | null
    lat: number | null
    device: string | null
    told: Json<Record<string, unknown>>
    created_by: string | null
    created_at: string
  }
  'base.file_use': { file_id: string; case_id: string; used_in: Generated<string> }
  'base.message': {
    id: string
    recipient: string
    case_id: string
    kind: string
    level: string
    title: string
    body: string
    created_at: string
    escalate_at: string | null
    escalated: Generated<boolean>
  }
  'base.message_read': { message_id: string; person_id: string; read_at: string }
  'base.session': {
    token_hash: string
    account_id: string
    appointment_id: string | null
    created_at: string
    seen_at: string
    address: string
    agent: string
    revoked_at: string | null
  }
  'base.sign_in_failure': { subject: string; failures: number; last_at: string }
}
