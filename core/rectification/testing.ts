import { type Actor, assignedKey, type Capacity, orgKey, postKey } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide } from '../workflow/index.ts'
import { newItem } from './changes.ts'
import type { ItemState, Notice, NoticeItem, NoticeState } from './schema.ts'
import { noticeWorkflow as workflow } from './workflow.ts'

export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const [project, contractor, supervision, owner] = [id(1), id(2), id(3), id(4)] as [
  string,
  string,
  string,
  string,
]
export const itemIds = [id(11), id(12)] as const
export const district = '990421001'
export const servedAt = '2026-11-20T02:00:00.000Z' // 10:00 in Shanghai
export const now = '2026-11-21T02:00:00.000Z'

export const item = (n: 0 | 1, state: ItemState): NoticeItem => ({
  ...newItem(
    {
      id: itemIds[n],
      text: `事项${n}`,
      clause: '第1条',
      severity: n === 0 ? 'serious' : 'general',
      requirement: '整改',
      days: null,
      photos: [],
      point: null,
    },
    { findingId: null, itemCode: null },
  ),
  state,
  due: n === 0 ? '2026-11-23T16:00:00.000Z' : '2026-11-27T16:00:00.000Z',
  warnAt: n === 0 ? '2026-11-23T16:01:00.000Z' : '2026-11-27T16:01:00.000Z',
  acceptedAt: state === 'accepted' ? now : null,
  rounds:
    state === 'fixing'
      ? []
      : [
          {
            reply: { text: '已改', photos: [], by: { personId: null, name: '何秉', at: now }, post: '项目经理' },
            countersign: null,
            review: null,
          },
        ],
})

const itemsIn: Record<NoticeState, [ItemState, ItemState]> = {
  draft: ['fixing', 'fixing'],
  issued: ['fixing', 'fixing'],
  fixing: ['fixing', 'fixing'],
  replied: ['replied', 'accepted'],
  confirmed: ['confirmed', 'accepted'],
  accepted: ['accepted', 'accepted'],
  closed: ['accepted', 'accepted'],
  withdrawn: ['fixing', 'fixing'],
}

export const notice = (state: NoticeState | null, change: Partial<Notice> = {}): Notice => {
  const served = state !== null && state !== 'draft' && state !== 'issued'
  const by = { personId: null, name: '林远舟', at: servedAt }
  return {
    id: id(9),
    state,
    kind: state === 'accepted' ? 'stop_part' : 'correct',
    number: null,
    projectId: project,
    projectName: '城东污水厂扩建工程',
    address: '人民路1号',
    permitNo: null,
    district,
    site: null,
    inspectionId: null,
    alarmId: null,
    foundOn: '2026-11-20',
    orgId: contractor,
    orgName: '云桥建设',
    orgRole: 'contractor',
    supervisionId: supervision,
    supervisionName: '正衡监理',
    ownerId: owner,
    ownerName: '建管中心',
    officers: [1, 2].map((n) => ({ personId: id(20 + n), name: `监督员${n}`, certificate: `3300000${n}` })),
    scope: '3号楼',
    basis: ['154号'],
    protection: ['断电'],
    resumeWhen: ['验收合格'],
    items: itemsIn[state ?? 'draft'].map((one, n) => item(n as 0 | 1, one)),
    draftedAt: servedAt,
    issuedAt: state === null || state === 'draft' ? null : servedAt,
    servedAt: served ? servedAt : null,
    service: served
      ? {
          way: 'electronic',
          recipient: { name: '何秉', post: '项目经理' },
          outcome: 'delivered',
          note: '',
          photos: [],
          by,
          readBy: null,
        }
      : null,
    yellowAt: served ? '2026-11-26T16:00:00.000Z' : null,
    redAt: served ? '2026-12-04T16:00:00.000Z' : null,
    tier: 'calm',
    yellowedAt: null,
    lockedAt: null,
    closedAt: null,
    withdrawn: null,
    reopenings: [],
    resumeOpinion: { agree: true, opinion: '同意', by },
    resumed: null,
    paperId: null,
    resumePaperId: null,
    ...change,
  }
}

export const keysOf: Partial<Record<Capacity, string[]>> = {
  inspector: [`d:${district}`, assignedKey(project)],
  chief: ['d:990421'],
  clerk: ['d:990421'],
  leader: ['d:990421'],
  admin: ['d:990421'],
  project_manager: [postKey(project, contractor)],
  safety_officer: [postKey(project, contractor)],
  chief_engineer: [postKey(project, supervision)],
  owner_rep: [postKey(project, owner)],
  company: [orgKey(contractor)],
  system: ['d:'],
}
export const actor = (capacity: Capacity, keys = keysOf[capacity]!): Actor => ({
  personId: id(21),
  appointmentId: null,
  name: '某人',
  capacity,
  orgId: null,
  keys,
})

export type Action = keyof typeof workflow.steps
const one = (n: 0 | 1 = 0) => [itemIds[n]]
/** For each step an input that its own schema has parsed. */
export const inputs: Record<Action, unknown> = {
  draft: {},
  amend: { kind: 'correct', scope: '', basis: [], protection: [], resumeWhen: [], items: [item(0, 'fixing')] },
  discard: { reason: '重复' },
  issue: {},
  serve: {
    way: 'on_site',
    recipient: { name: '何秉', post: '项目经理' },
    at: now,
    outcome: 'read',
    note: '',
    photos: [],
  },
  acknowledge: {},
  reply: { items: itemIds.map((itemId) => ({ itemId, text: '已改', photos: [id(31)] })) },
  countersign: { items: [{ itemId: itemIds[0], agree: true, opinion: '' }] },
  review: { items: [{ itemId: itemIds[0], accept: true, reason: '' }] },
  extend: { itemIds: one(), to: '2027-12-30', reason: '连续降雨' },
  order_visit: { itemIds: one(), reason: '须到场' },
  visit: { itemIds: one(), at: now, fixed: true, note: '已核对', photos: [id(31)] },
  recommend: { agree: true, opinion: '同意' },
  resume: { conclusion: '合格', conditions: [] },
  withdraw: { reason: '对象有误' },
  reopen: { itemIds: one(), reason: '整改不实' },
  warn: {},
  yellow: {},
  lock: {},
}
export const late = '2027-01-01T00:00:00.000Z'
export const go = (record: Notice, action: Action, by: Actor, at = now, input = inputs[action]) =>
  decide(workflow, action, { record, actor: by, input, now: at, law: lawOn(at.slice(0, 10), '990421') })
