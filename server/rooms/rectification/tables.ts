import type { ItemState, Notice, NoticeItem, NoticeKind, NoticeState } from '@plumbline/core/rectification'
import type { Tier } from '@plumbline/core/workflow'
import type { Json } from '../../base/tables.ts'

/** The shape of migrations/0010_rectification.sql; house/tables.test.ts holds the two together. */
export type RectificationTables = {
  'rectification.notice': {
    id: string
    state: NoticeState
    kind: NoticeKind
    number: string | null
    project_id: string
    project_name: string
    address: string
    permit_no: string | null
    district: string
    site: Json<Notice['site']> | null
    inspection_id: string | null
    alarm_id: string | null
    found_on: string
    org_id: string
    org_name: string
    org_role: Notice['orgRole']
    supervision_id: string | null
    supervision_name: string | null
    owner_id: string | null
    owner_name: string | null
    officers: Json<Notice['officers']>
    scope: string
    basis: Json<string[]>
    protection: Json<string[]>
    resume_when: Json<string[]>
    drafted_at: string
    issued_at: string | null
    served_at: string | null
    service: Json<Notice['service']> | null
    yellow_at: string | null
    red_at: string | null
    tier: Tier
    yellowed_at: string | null
    locked_at: string | null
    closed_at: string | null
    withdrawn: Json<Notice['withdrawn']> | null
    reopenings: Json<Notice['reopenings']>
    resume_opinion: Json<Notice['resumeOpinion']> | null
    resumed: Json<Notice['resumed']> | null
    paper_id: string | null
    resume_paper_id: string | null
  }
  'rectification.item': {
    notice_id: string
    id: string
    position: number
    finding_id: string | null
    item_code: string | null
    text: string
    clause: string
    severity: NoticeItem['severity']
    requirement: string
    days: number | null
    photos: Json<string[]>
    point: Json<NoticeItem['point']> | null
    state: ItemState
    due: string | null
    warn_at: string | null
    warned_at: string | null
    accepted_at: string | null
    extensions: Json<NoticeItem['extensions']>
    rounds: Json<NoticeItem['rounds']>
    visit_ordered: Json<NoticeItem['visitOrdered']> | null
    visits: Json<NoticeItem['visits']>
    standing: boolean
  }
}
