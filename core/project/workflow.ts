import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys, partyKeys, reaches } from '../access/index.ts'
import { dayOf, DayString } from '../kit/index.ts'
import { defineWorkflow, type Facts, stepOf } from '../workflow/index.ts'
import { NewProject, postParty, type Project, ProjectChange, type ProjectState } from './schema.ts'
import { sectors } from './sector.ts'

const step = stepOf<ProjectState, Project>()
const registrars = ['clerk', 'chief', 'admin', 'system'] as const satisfies readonly Capacity[]
const underWay = ['registered', 'building', 'stopped'] as const
const Reason = z.string().trim().min(2).max(500)
const Papers = z.array(z.uuid()).min(1).max(20)

/** The officers assigned, and nobody else of the bureau. */
const byAssigned = { by: ['inspector', 'chief'], mine: ({ id }: Project) => [assignedKey(id)] } as const

/** The record with the facts given. Names of units and people are filled in from the registers by the room. */
export function withFacts(record: Project, change: ProjectChange): Project {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as ProjectChange
  const { parties, posts, ...plain } = given
  const merged: Project = { ...record, ...plain }
  return {
    ...merged,
    works: sectors[merged.sector].works,
    keyProject: merged.tags.includes('key_public') || merged.tags.includes('key_investment'),
    standardSite: merged.tags.includes('standard_site'),
    designated: merged.tags.includes('designated'),
    parties: parties?.map((one) => ({ ...one, orgName: '' })) ?? record.parties,
    posts: posts?.map((one) => ({ ...one, name: '', phone: '' })) ?? record.posts,
  }
}

/** A unit has one part of a kind, and a post belongs to a party of the right kind: a safety officer to a contractor. */
function partsFit({ parties, posts }: Project) {
  if (new Set(parties.map(({ role, orgId }) => role + orgId)).size < parties.length) return 'party_twice'
  if (new Set(posts.map(({ capacity, personId }) => capacity + personId)).size < posts.length) return 'post_twice'
  const astray = posts.find(
    ({ capacity, orgId }) => !parties.some((party) => party.orgId === orgId && party.role === postParty[capacity]),
  )
  return astray ? { rule: 'post_without_party', detail: { capacity: astray.capacity } } : null
}

const NewOfficers = z
  .array(z.object({ personId: z.uuid(), lead: z.boolean() }))
  .min(1)
  .max(20)

/** 主办 is one person; the others are 协办. */
const oneLead = ({ input }: Facts<Project, { officers: z.infer<typeof NewOfficers> }>) => {
  const { officers } = input
  if (new Set(officers.map(({ personId }) => personId)).size < officers.length) return 'officer_twice'
  return officers.filter(({ lead }) => lead).length === 1 ? null : 'one_lead_officer'
}

const notTomorrow = ({ input, now }: Facts<Project, { day: string }>) =>
  input.day <= dayOf(new Date(now)) ? null : 'day_in_future'

const stopped = ({ record, now }: Facts<Project, unknown>, because: string | null, reason: string): Project => ({
  ...record,
  stops: [...record.stops, { because, reason, since: now }],
})
const lifted = (record: Project, because: string | null): Project => ({
  ...record,
  stops: record.stops.filter((stop) => stop.because !== because),
})
/** Works go on only when no stop stands any longer. */
const afterLifting = ({ stops, startedAt }: Project): ProjectState =>
  stops.length > 0 ? 'stopped' : startedAt ? 'building' : 'registered'

export const projectWorkflow = defineWorkflow<ProjectState, Project>()({
  name: 'project',
  title: '项目',
  states: {
    registered: { label: '已登记', waits: ['start'] },
    building: { label: '在建' },
    stopped: { label: '停工' },
    completed: { label: '竣工', final: true },
    terminated: { label: '终止', final: true },
  },
  steps: {
    register: step({
      label: '登记项目',
      from: [null],
      to: 'registered',
      by: registrars,
      heldBy: ['new_project'],
      input: NewProject,
      guard: ({ record }) => partsFit(record),
    }),
    amend: step({
      label: '变更信息',
      from: underWay,
      to: 'stay',
      by: registrars,
      input: ProjectChange,
      guard: ({ record, actor, input }) =>
        input.district && !reaches(actor, districtKeys(input.district))
          ? 'town_out_of_reach'
          : partsFit(withFacts(record, input)),
      apply: ({ record, input }) => withFacts(record, input),
    }),
    assign: step({
      label: '指派监督人员',
      from: underWay,
      to: 'stay',
      by: ['chief', 'admin', 'system'],
      input: z.object({ officers: NewOfficers, reason: z.string().trim().max(500).default('') }),
      guard: oneLead,
      apply: ({ record, input, now }) => ({
        ...record,
        officers: input.officers.map((one) => {
          const stays = record.officers.find(({ personId }) => personId === one.personId)
          return { ...one, name: stays?.name ?? '', since: stays?.since ?? now }
        }),
      }),
    }),
    start: step({
      label: '开工',
      from: ['registered'],
      to: 'building',
      by: ['clerk', 'chief', 'system'],
      heldBy: ['new_business'],
      input: z.object({ day: DayString }),
      // ADM-01: nobody builds without named supervisors.
      guard: (facts) => (facts.record.officers.length === 0 ? 'supervisor_missing' : notTomorrow(facts)),
      apply: ({ record, input, now }) => ({ ...record, startDay: input.day, startedAt: now }),
    }),
    stop: step({
      label: '停工',
      from: ['building'],
      to: 'stopped',
      ...byAssigned,
      input: z.object({ reason: Reason, files: Papers }),
      apply: (facts) => stopped(facts, null, facts.input.reason),
    }),
    resume: step({
      label: '复工',
      from: ['stopped'],
      to: underWay,
      settle: afterLifting,
      ...byAssigned,
      input: z.object({ reason: Reason, files: Papers }),
      // A legal order is lifted by the order's own closure, never beside it.
      guard: ({ record }) => (record.stops.some(({ because }) => because === null) ? null : 'stopped_by_order'),
      apply: ({ record }) => lifted(record, null),
    }),
    stop_by_order: step({
      label: '责令停工',
      clause: 'supervision.rectify_term',
      from: underWay,
      to: 'stopped',
      by: ['system'],
      input: z.object({ because: z.uuid(), scope: z.string() }),
      guard: ({ record, input }) =>
        record.stops.some(({ because }) => because === input.because) ? 'already_stopped' : null,
      apply: (facts) => stopped(facts, facts.input.because, facts.input.scope),
    }),
    resume_by_order: step({
      label: '解除停工',
      clause: 'supervision.rectify_term',
      from: ['stopped'],
      to: underWay,
      settle: afterLifting,
      by: ['system'],
      input: z.object({ because: z.uuid() }),
      apply: ({ record, input }) => lifted(record, input.because),
    }),
    complete: step({
      label: '竣工',
      from: ['building'],
      to: 'completed',
      by: ['clerk', 'chief', 'system'],
      heldBy: ['new_business'],
      input: z.object({ day: DayString, files: Papers }),
      guard: notTomorrow,
    }),
    terminate: step({
      label: '终止',
      from: underWay,
      to: 'terminated',
      by: ['clerk', 'chief', 'system'],
      input: z.object({ reason: Reason, files: Papers }),
    }),
  },
  head: (project) => ({
    number: project.code,
    title: project.name,
    projectId: project.id,
    // A project that is being registered is no subject yet; its units are.
    subjects: [...(project.state ? [project.id] : []), ...new Set(project.parties.map(({ orgId }) => orgId))],
    parties: [...new Set(project.parties.map(({ orgId }) => orgId))],
    reach: [
      ...new Set([
        ...districtKeys(project.district),
        assignedKey(project.id),
        ...project.parties.flatMap(({ orgId }) => partyKeys(project.id, orgId)),
      ]),
    ],
    due: null,
    tier: 'calm',
    timers: [],
    words: [
      project.name,
      project.code,
      project.address,
      project.town,
      project.contact.name,
      project.contact.phone,
      ...project.parties.map(({ orgName }) => orgName),
      ...project.posts.map(({ name }) => name),
    ],
  }),
})
