import { dueOf, ladderOf, newItem, newNotice, Notice, type NoticeItem, warnAtOf } from '@plumbline/core/rectification'
import type { Project } from '@plumbline/core/project'
import { lawOn } from '@plumbline/core/law'
import { sameId } from '../../server/base/act.ts'
import { asWriter, write, type Written } from '../county.ts'
import type { Cluster } from '../cluster.ts'
import type { Multiplied } from '../multiply.ts'

export const servedAt = '2026-06-01T02:00:00.000Z'
const numberOf = (no: number) => `测建监改〔2026〕${String(no).padStart(7, '0')}号`

/** One served correction notice with two items on each template project, nothing of it due for a week. */
export async function writeNotices(cluster: Cluster, projects: readonly Project[]): Promise<Notice[]> {
  const notices = projects.map((project, no) => servedNotice(project, no))
  await asWriter(cluster, (tx) => write(tx, 'rectification', 'serve', notices as Written[]))
  return notices
}

export const noticeCopies = (notices: readonly Notice[]): Multiplied => ({
  tables: [
    { table: 'base.case', key: 'id' },
    { table: 'rectification.notice', key: 'id' },
    { table: 'rectification.item', key: 'notice_id' },
    { table: 'base.timer', key: 'case_id' },
    { table: 'base.act', key: 'case_id' },
  ],
  templates: notices.map(({ id, number }) => ({ id, token: number! })),
  token: `'测建监改〔2026〕' || lpad(no::text, 7, '0') || '号'`,
})

function servedNotice(project: Project, no: number): Notice {
  const law = lawOn('2026-06-01', '', [])
  const [owner, contractor, supervision] = project.parties
  const due = dueOf(servedAt, law.number('rectification.term.general'))
  const item = (place: number): NoticeItem => ({
    ...newItem(
      {
        id: sameId('bench', 'item', no, place),
        text: ['护栏缺失', '电箱未锁'][place]!,
        clause: 'JGJ 59-2011 表B.13',
        severity: 'general',
        requirement: '限期整改',
        days: null,
        photos: [],
        point: null,
      },
      { findingId: null, itemCode: null },
    ),
    due,
    warnAt: warnAtOf(due, law),
  })
  const drafted = newNotice({
    id: sameId('bench', 'notice', no),
    kind: 'correct',
    projectId: project.id,
    // Short texts: every word of a million notices is indexed before the first is measured.
    projectName: '滨河花园',
    address: project.address,
    permitNo: null,
    district: project.district,
    site: project.point,
    inspectionId: null,
    alarmId: null,
    foundOn: '2026-06-01',
    orgId: contractor!.orgId,
    orgName: contractor!.orgName,
    orgRole: 'contractor',
    supervisionId: supervision!.orgId,
    supervisionName: supervision!.orgName,
    ownerId: owner!.orgId,
    ownerName: owner!.orgName,
    officers: [],
    scope: '',
    basis: ['《建设工程安全生产管理条例》'],
    protection: [],
    resumeWhen: [],
    items: [item(0), item(1)],
    draftedAt: servedAt,
  })
  return Notice.parse({
    ...drafted,
    state: 'fixing',
    number: numberOf(no),
    issuedAt: servedAt,
    servedAt,
    service: {
      way: 'on_site',
      recipient: { name: '张测', post: '项目经理' },
      outcome: 'read',
      note: '',
      photos: [],
      by: mark,
      readBy: null,
    },
    ...ladderOf(servedAt, law),
  })
}

const mark = { personId: null, name: '测试人员', at: servedAt }
