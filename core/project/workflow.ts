import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys, partyKeys, reaches } from '../access/index.ts'
import { dayOf, DayString } from '../kit/index.ts'
import { defineWorkflow, type Facts, type OpenStep, stepOf } from '../workflow/index.ts'
import {
  NewProject,
  type OfferedStep,
  type Post,
  postParty,
  type Project,
  ProjectChange,
  type ProjectState,
} from './schema.ts'
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

/** What of a project a unit's or a person's entry in the registers settles. */
const Registered = z.object({
  orgs: z.array(z.object({ id: z.uuid(), name: z.string() })).default([]),
  people: z.array(z.object({ id: z.uuid(), name: z.string(), phone: z.string() })).default([]),
})
export type Registered = z.infer<typeof Registered>

/** The record with the names and telephone numbers that the registers have now. */
export function withRegistered(record: Project, { orgs, people }: Registered): Project {
  const orgNames = new Map(orgs.map(({ id, name }) => [id, name]))
  const known = new Map(people.map((person) => [person.id, person]))
  return {
    ...record,
    parties: record.parties.map((party) => ({ ...party, orgName: orgNames.get(party.orgId) ?? party.orgName })),
    posts: record.posts.map((post) => {
      const person = known.get(post.personId)
      return person ? { ...post, name: person.name, phone: person.phone } : post
    }),
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

/**
 * The posts that stand. A finished project has none, but of the units that still owe something (`owing`, by id), and of the
 * owner: joint acceptance is applied for when works are completed.
 */
export function standingPosts({ state, posts }: Project, owing: readonly string[]): Post[] {
  if (state !== 'completed' && state !== 'terminated') return posts
  return posts.filter(
    ({ capacity, orgId }) => owing.includes(orgId) || (state === 'completed' && capacity === 'owner_rep'),
  )
}

/** What forbids a step whatever is filled in: the page says it beside the step, the engine when it is taken all the same. */
const barriers: Partial<Record<string, (record: Project) => string | null>> = {
  // ADM-01: nobody builds without named supervisors.
  start: ({ officers }) => (officers.length === 0 ? 'supervisor_missing' : null),
  // A legal order is lifted by the order's own closure, never beside it.
  resume: ({ stops }) => (stops.some(({ because }) => because === null) ? null : 'stopped_by_order'),
}
export const barrierOf = (record: Project, action: string): string | null => barriers[action]?.(record) ?? null

/**
 * The steps as a project's page offers them, each with the rule that forbids it as things stand. Before works begin the
 * officers are named: while they are missing, naming them is what is to be done now.
 */
export function offered(record: Project, steps: readonly OpenStep[]): OfferedStep[] {
  const lacksOfficers = record.state === 'registered' && record.officers.length === 0
  return steps.map((one) => {
    const barrier = barrierOf(record, one.action)
    const main = one.main || (lacksOfficers && one.action === 'assign')
    return { ...one, main: main && barrier === null, barrier }
  })
}

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
      guard: (facts) => barrierOf(facts.record, 'start') ?? notTomorrow(facts),
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
      guard: ({ record }) => barrierOf(record, 'resume'),
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
    follow: step({
      label: '随登记信息更新',
      from: underWay,
      to: 'stay',
      by: ['system'],
      input: Registered,
      apply: ({ record, input }) => withRegistered(record, input),
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
