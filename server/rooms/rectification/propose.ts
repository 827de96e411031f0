import type { Inspection } from '@plumbline/core/inspection'
import { dayOf } from '@plumbline/core/kit'
import { getClause } from '@plumbline/core/law'
import type { Project } from '@plumbline/core/project'
import {
  AnswerableRole,
  type DraftInput,
  newItem,
  newNotice,
  type Notice,
  type NoticeItem,
  type NoticeOfficer,
} from '@plumbline/core/rectification'
import { sameId } from '../../base/act.ts'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { findOfficers } from '../account/index.ts'
import { getInspection } from '../inspection/index.ts'
import { getProject } from '../project/index.ts'
import { getAlarm } from '../telemetry/index.ts'
import { findOrdered } from './store.ts'

/**
 * The record that a draft would open: to one unit of the project, from findings of a signed inspection, or from facts of
 * the officers' own knowledge. Refuses missing project, inspection, alarm; unmet unit_not_answerable, inspection_not_signed,
 * finding_unknown, finding_of_other_unit, found_in_future, officer_not_assigned; conflict finding_ordered.
 */
export async function propose(tx: Db, ctx: Ctx, requestId: string, input: DraftInput): Promise<Notice> {
  const project = await getProject(tx, input.projectId)
  const unit = unitOf(project, input.orgId)
  const found = input.inspectionId
    ? await fromInspection(tx, project, input.inspectionId, input)
    : await fromKnowledge(tx, ctx, project, input)
  if (input.alarmId && (await getAlarm(tx, input.alarmId)).projectId !== project.id)
    throw new Refused('missing', 'alarm')
  const supervision = project.parties.find(({ role }) => role === 'supervision')
  const owner = project.parties.find(({ role }) => role === 'owner')
  return newNotice({
    id: sameId('rectification', requestId),
    kind: input.kind,
    projectId: project.id,
    projectName: project.name,
    address: project.address,
    permitNo: project.permitNo,
    district: project.district,
    site: project.point,
    inspectionId: input.inspectionId,
    alarmId: input.alarmId,
    foundOn: found.foundOn,
    ...unit,
    supervisionId: supervision?.orgId ?? null,
    supervisionName: supervision?.orgName ?? null,
    ownerId: owner?.orgId ?? null,
    ownerName: owner?.orgName ?? null,
    officers: found.officers,
    scope: input.scope,
    basis: input.basis.length > 0 ? input.basis : basisOf(input.kind),
    protection: input.protection,
    resumeWhen: input.resumeWhen,
    items: [...found.items, ...input.items.map((item) => newItem(item, { findingId: null, itemCode: null }))],
    draftedAt: ctx.now,
  })
}

/** The responsible unit: a party of the project whose people act in the system. */
function unitOf(project: Project, orgId: string): Pick<Notice, 'orgId' | 'orgName' | 'orgRole'> {
  for (const { role, orgId: id, orgName } of project.parties) {
    const orgRole = AnswerableRole.safeParse(role)
    if (id === orgId && orgRole.success) return { orgId, orgName, orgRole: orgRole.data }
  }
  throw new Refused('unmet', 'unit_not_answerable')
}

/** The document on which such a notice rests, when the officer names none. */
const basisOf = (kind: Notice['kind']): string[] => [
  getClause(kind === 'correct' ? 'supervision.rectify_term' : 'supervision.stop_work').document,
]

interface Found {
  foundOn: string
  officers: NoticeOfficer[]
  items: NoticeItem[]
}

async function fromInspection(tx: Db, project: Project, inspectionId: string, input: DraftInput): Promise<Found> {
  const inspection = await getInspection(tx, inspectionId)
  if (inspection.projectId !== project.id) throw new Refused('missing', 'inspection')
  if (inspection.state !== 'signed') throw new Refused('unmet', 'inspection_not_signed')
  return {
    foundOn: dayOf(new Date(inspection.visitedAt)),
    officers: inspection.officers.map(({ personId, name, certificate }) => ({ personId, name, certificate })),
    items: await findingsOf(tx, inspection, input),
  }
}

async function findingsOf(tx: Db, inspection: Inspection, { findingIds, orgId }: DraftInput): Promise<NoticeItem[]> {
  const wanted = [...new Set(findingIds)].map((id) => {
    const finding = inspection.findings.find((one) => one.id === id)
    if (!finding) throw new Refused('unmet', 'finding_unknown')
    return finding
  })
  const astray = wanted.filter((finding) => finding.orgId !== orgId)
  if (astray.length > 0) throw new Refused('unmet', 'finding_of_other_unit', { items: astray.map(({ text }) => text) })
  const ordered = await findOrdered(
    tx,
    wanted.map(({ id }) => id),
  )
  const twice = wanted.filter(({ id }) => ordered.includes(id))
  if (twice.length > 0) throw new Refused('conflict', 'finding_ordered', { items: twice.map(({ text }) => text) })
  return wanted.map(({ id, itemCode, text, clause, severity, requirement, photos, point }) =>
    newItem(
      { id, text, clause, severity, requirement, photos, point, days: null },
      { findingId: id, itemCode: itemCode || null },
    ),
  )
}

async function fromKnowledge(tx: Db, ctx: Ctx, project: Project, input: DraftInput): Promise<Found> {
  if (input.findingIds.length > 0) throw new Refused('unmet', 'finding_unknown')
  const foundOn = input.foundOn ?? ctx.today
  if (foundOn > ctx.today) throw new Refused('unmet', 'found_in_future')
  const assigned = project.officers.map(({ personId }) => personId)
  const wanted = input.officerIds.length > 0 ? [...new Set(input.officerIds)] : assigned
  if (wanted.some((id) => !assigned.includes(id))) throw new Refused('unmet', 'officer_not_assigned')
  const known = await findOfficers(tx, wanted)
  const officers = wanted.map((id) => {
    const officer = known.find(({ personId }) => personId === id)
    const name = officer?.name ?? project.officers.find(({ personId }) => personId === id)!.name
    return { personId: id, name, certificate: officer?.certificate ?? '' }
  })
  return { foundOn, officers, items: [] }
}
