import { z } from 'zod'
import {
  assignedKey,
  capacities,
  type Capacity,
  districtKeys,
  isProjectPost,
  type Key,
  partyKeys,
  personKey,
  postKey,
} from '../access/index.ts'
import type { PartyRole } from '../project/index.ts'
import { assignedTo, type Broken, defineWorkflow, Instant, stepOf } from '../workflow/index.ts'
import { scoringRules } from './jgj59.ts'
import { computed, saveFault, submitFaults } from './record.ts'
import { type Inspection, InspectionContent, InspectionKindName, type InspectionState } from './schema.ts'
import { findTemplate, inspectionKinds, subjects } from './templates.ts'

const step = stepOf<InspectionState, Inspection>()
const inspectors = ['inspector', 'chief'] as const satisfies readonly Capacity[]
const siteRepresentatives = ['project_manager', 'safety_officer'] as const satisfies readonly Capacity[]

const reason = z.string().trim().min(2).max(500)
const personName = z.string().trim().max(40)

/** The officers of the visit themselves, whoever else is assigned. */
const visitors = ({ officers }: Inspection): Key[] => officers.map(({ personId }) => personKey(personId))

const unitsIn = ({ units }: Inspection, ...roles: PartyRole[]) => units.filter(({ role }) => roles.includes(role))

const withOrgs = (units: readonly { orgId: string }[]) => [...new Set(units.map(({ orgId }) => orgId))]

/** clause supervision.two_officers, and a template that fits the kind of inspection. */
function startFault({ record, min }: { record: Inspection; min: number }): Broken | string | null {
  const template = findTemplate(record.templateCode, record.templateVersion)
  if (!template) return 'inspection_template_unknown'
  if (!template.kinds.includes(record.kind)) return 'inspection_template_kind'
  if (new Set(record.officers.map(({ personId }) => personId)).size < min)
    return { rule: 'inspection_officers_missing', detail: { min } }
  const bare = record.officers.filter(({ certificate }) => !certificate)
  if (bare.length > 0)
    return { rule: 'inspection_officer_uncertified', detail: { names: bare.map(({ name }) => name) } }
  if (record.units.length === 0) return 'inspection_units_missing'
  return null
}

/** clause supervision.two_officers: as many as the law demands have put their names to it, and nobody named is left out. */
function cosignFault({ record, min }: { record: Inspection; min: number }): Broken | null {
  const open = record.officers.filter(({ confirmedAt }) => confirmedAt === null)
  if (open.length === 0 && record.officers.length >= min) return null
  return { rule: 'inspection_cosign_missing', detail: { names: open.map(({ name }) => name) } }
}

const confirm = (record: Inspection, personId: string | null, now: string) =>
  record.officers.map((officer) => (officer.personId === personId ? { ...officer, confirmedAt: now } : officer))

const contentDigest = z.string().regex(/^[0-9a-f]{64}$/)

/** 监督抽查记录: from the first entry on site to the signatures of both sides. */
export const inspectionWorkflow = defineWorkflow<InspectionState, Inspection>()({
  name: 'inspection',
  title: '监督检查',
  states: {
    draft: { label: '填写中', waits: ['submit'] },
    submitted: { label: '待签字', waits: ['cosign', 'sign'] },
    signed: { label: '已签字', final: true },
    void: { label: '已作废', final: true },
  },
  steps: {
    start: step({
      label: '开始检查',
      clause: 'supervision.two_officers',
      from: [null],
      to: 'draft',
      by: inspectors,
      mine: assignedTo,
      input: z.object({
        projectId: z.uuid(),
        kind: InspectionKindName,
        templateCode: z.string().max(40),
        tables: InspectionContent.shape.tables.default([]),
        /** The other inspectors of the visit; who starts it is one himself. */
        officerIds: z.array(z.uuid()).max(10),
        visitedAt: Instant.optional(),
        part: InspectionContent.shape.part.default(''),
        weather: InspectionContent.shape.weather.default(''),
        alarmId: z.uuid().nullable().default(null),
      }),
      guard: ({ record, law, now }) =>
        startFault({ record, min: law.number('inspection.officers_min') }) ?? saveFault(record, now),
    }),
    save: step({
      label: '暂存',
      clause: 'supervision.record',
      from: ['draft'],
      to: 'stay',
      by: inspectors,
      mine: visitors,
      // Only what changed is sent; `revision` is the one it changed from.
      input: InspectionContent.partial().extend({ revision: z.number().int() }),
      guard: ({ record, input: { revision: _, ...changed }, now }) => saveFault({ ...record, ...changed }, now),
      apply: ({ record, input: { revision: _, ...changed }, law, actor, now }) => ({
        ...computed({ ...record, ...changed }, scoringRules(law)),
        revision: record.revision + 1,
        savedBy: actor.name,
        savedAt: now,
      }),
    }),
    submit: step({
      label: '提交签字',
      clause: 'supervision.record',
      from: ['draft'],
      to: 'submitted',
      by: inspectors,
      mine: visitors,
      input: z.object({ revision: z.number().int() }),
      guard: ({ record }) => submitFaults(record)[0] ?? null,
      apply: ({ record, law, actor, now }) => ({
        ...computed(record, scoringRules(law)),
        officers: confirm(record, actor.personId, now),
        submittedAt: record.submittedAt ?? now,
      }),
    }),
    cosign: step({
      label: '监督员确认',
      clause: 'supervision.two_officers',
      from: ['submitted'],
      to: 'stay',
      by: inspectors,
      mine: ({ officers }) =>
        officers.filter(({ confirmedAt }) => confirmedAt === null).map(({ personId }) => personKey(personId)),
      input: z.object({ contentDigest }),
      apply: ({ record, actor, now }) => ({ ...record, officers: confirm(record, actor.personId, now) }),
    }),
    sign: step({
      label: '现场签字',
      clause: 'supervision.record',
      from: ['submitted'],
      to: 'signed',
      by: [...inspectors, ...siteRepresentatives],
      // On the inspector's screen, or in the contractor's own session.
      mine: (record) => [
        ...visitors(record),
        ...unitsIn(record, 'contractor').map(({ orgId }) => postKey(record.projectId, orgId)),
      ],
      input: z.object({
        contentDigest,
        fileId: z.uuid(),
        orgId: z.uuid(),
        name: personName.default(''),
        role: personName.default(''),
      }),
      guard: ({ record, actor, input, law }) => {
        if (!record.units.some(({ orgId }) => orgId === input.orgId)) return 'inspection_unit_unknown'
        if (isProjectPost(actor.capacity)) {
          if (input.orgId !== actor.orgId) return 'inspection_unit_unknown'
        } else if (!input.name || !input.role) return 'inspection_signer_missing'
        return cosignFault({ record, min: law.number('inspection.officers_min') })
      },
      apply: ({ record, actor, input, now }) => {
        const own = isProjectPost(actor.capacity)
        return {
          ...record,
          signature: {
            // Who signs from his own session signs as himself.
            name: own ? actor.name : input.name,
            role: own ? capacities[actor.capacity] : input.role,
            orgId: input.orgId,
            fileId: input.fileId,
            contentDigest: input.contentDigest,
            signedAt: now,
            by: own ? 'own' : 'officer',
          },
        }
      },
    }),
    refuse_sign: step({
      label: '记录拒签',
      clause: 'supervision.record',
      from: ['submitted'],
      to: 'signed',
      by: inspectors,
      mine: visitors,
      input: z.object({
        contentDigest,
        orgId: z.uuid(),
        name: personName.min(1),
        role: personName.min(1),
        reason,
        witness: z.string().trim().min(2).max(80),
      }),
      guard: ({ record, input, law }) =>
        record.units.some(({ orgId }) => orgId === input.orgId)
          ? cosignFault({ record, min: law.number('inspection.officers_min') })
          : 'inspection_unit_unknown',
      apply: ({ record, input: { reason: refused, contentDigest: digest, ...who }, now }) => ({
        ...record,
        signature: { ...who, fileId: null, contentDigest: digest, signedAt: now, by: 'officer', refused },
      }),
    }),
    revise: step({
      label: '退回修改',
      clause: 'supervision.record',
      from: ['submitted', 'signed'],
      to: 'draft',
      by: inspectors,
      mine: visitors,
      input: z.object({ reason }),
      // A legal order rests on what was signed.
      guard: ({ record }) => (record.orders.length > 0 ? 'inspection_ordered' : null),
      apply: ({ record }) => ({
        ...record,
        officers: record.officers.map((officer) => ({ ...officer, confirmedAt: null })),
      }),
    }),
    void: step({
      label: '作废',
      clause: 'supervision.record',
      from: ['draft', 'submitted'],
      to: 'void',
      by: inspectors,
      mine: visitors,
      input: z.object({ reason }),
      guard: ({ record }) => (record.orders.length > 0 ? 'inspection_ordered' : null),
    }),
  },
  head: (record) => {
    // The parties reach it from the moment it is laid before them, also while it is being revised.
    const parties = record.submittedAt ? withOrgs(unitsIn(record, 'contractor', 'supervision')) : []
    return {
      number: record.number,
      title: `${record.projectName} ${inspectionKinds[record.kind]}（${subjects[record.subject]}）`,
      projectId: record.projectId,
      subjects: [record.projectId],
      parties,
      reach: [
        ...districtKeys(record.district),
        assignedKey(record.projectId),
        ...visitors(record),
        ...parties.flatMap((orgId) => partyKeys(record.projectId, orgId)),
      ],
      due: null,
      tier: 'calm',
      timers: [],
      words: [
        record.projectName,
        record.projectCode,
        record.number ?? '',
        record.part,
        ...record.officers.map(({ name }) => name),
      ],
    }
  },
})
