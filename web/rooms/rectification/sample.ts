import type { NoticeItem, NoticeView, Round } from '@plumbline/core/rectification'

/** A served notice as GET /api/rectifications/:id tells it, for the tests of its pages. */
export const noticeId = '7b1d4c1e-8a60-4a52-9d30-6c2f6f0a0001'
const person = '7b1d4c1e-8a60-4a52-9d30-6c2f6f0a0002'
export const itemIds = ['7b1d4c1e-8a60-4a52-9d30-6c2f6f0a0011', '7b1d4c1e-8a60-4a52-9d30-6c2f6f0a0012'] as const
export const photoIds = ['7b1d4c1e-8a60-4a52-9d30-6c2f6f0a0021', '7b1d4c1e-8a60-4a52-9d30-6c2f6f0a0022'] as const

const mark = (name: string, at: string) => ({ personId: person, name, at })

export const round = (returned: string | null): Round => ({
  reply: {
    text: '已补设防护栏杆',
    photos: [photoIds[1]],
    by: mark('何秉', '2026-11-18T02:02:00.000Z'),
    post: '项目经理',
  },
  countersign: { agree: true, opinion: '已现场查看', by: mark('宋知行', '2026-11-19T08:20:00.000Z') },
  review:
    returned === null ? null : { accept: false, reason: returned, by: mark('林远舟', '2026-11-19T09:00:00.000Z') },
})

const item = (id: string, text: string, part: Partial<NoticeItem>): NoticeItem => ({
  id,
  findingId: null,
  itemCode: null,
  text,
  clause: 'JGJ 59-2011 表 B.13',
  severity: 'general',
  requirement: '补设防护栏杆',
  days: null,
  photos: [photoIds[0]],
  point: null,
  state: 'fixing',
  due: '2026-11-18T16:00:00.000Z',
  warnAt: '2026-11-18T16:01:00.000Z',
  warnedAt: null,
  acceptedAt: null,
  extensions: [],
  rounds: [],
  visitOrdered: null,
  visits: [],
  ...part,
})

const step = (action: string, label: string) => ({ action, label, clause: 'supervision.recheck', main: false })

export function sampleNotice(
  steps: [string, string][],
  items: [Partial<NoticeItem>, Partial<NoticeItem>] = [{}, {}],
): NoticeView {
  const id = '7b1d4c1e-8a60-4a52-9d30-6c2f6f0a0031'
  const served = '2026-11-11T07:31:00.000Z'
  const [first, second] = items
  const all = [item(itemIds[0], '三层临边防护缺失 12 m', first), item(itemIds[1], '安全通道堆放钢管', second)]
  return {
    head: {
      id: noticeId,
      room: 'rectification',
      number: '青建监改〔2026〕0015号',
      title: '责令改正通知书 · 城东污水厂扩建工程',
      state: 'confirmed',
      stateLabel: '待审核',
      open: true,
      projectId: id,
      projectName: '城东污水厂扩建工程',
      since: served,
      due: all[0]!.due,
      tier: 'yellow',
    },
    record: {
      id: noticeId,
      state: 'confirmed',
      kind: 'correct',
      number: '青建监改〔2026〕0015号',
      projectId: id,
      projectName: '城东污水厂扩建工程',
      address: '人民路 1 号',
      permitNo: null,
      district: '990421001',
      site: null,
      inspectionId: null,
      alarmId: null,
      foundOn: '2026-11-11',
      orgId: id,
      orgName: '云桥建设',
      orgRole: 'contractor',
      supervisionId: id,
      supervisionName: '正衡监理',
      ownerId: id,
      ownerName: '水务投资',
      officers: [{ personId: person, name: '林远舟', certificate: '99042100001' }],
      scope: '',
      basis: ['建质〔2014〕154号'],
      protection: [],
      resumeWhen: [],
      items: all,
      draftedAt: served,
      issuedAt: served,
      servedAt: served,
      service: {
        way: 'electronic',
        recipient: { name: '何秉', post: '项目经理' },
        outcome: 'read',
        note: '',
        photos: [],
        by: mark('林远舟', served),
        readBy: mark('何秉', served),
      },
      yellowAt: '2026-11-17T16:00:00.000Z',
      redAt: '2026-11-25T16:00:00.000Z',
      tier: 'yellow',
      yellowedAt: '2026-11-17T16:00:00.000Z',
      lockedAt: null,
      closedAt: null,
      withdrawn: null,
      reopenings: [],
      resumeOpinion: null,
      resumed: null,
      paperId: photoIds[0],
      resumePaperId: null,
    },
    steps: steps.map(([action, label]) => step(action, label)),
    acts: [],
    tracks: all.map(({ id: itemId, state }) => ({
      itemId,
      holder: state === 'fixing' ? ('unit' as const) : ('bureau' as const),
      holderName: state === 'fixing' ? '云桥建设' : '林远舟',
      daysUsed: 9,
      daysLeft: -2,
      overdue: state === 'fixing',
    })),
    holds: [],
    terms: { general: 7, serious: 3, imminent: 0 },
  }
}
