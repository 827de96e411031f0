import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys, orgKey, personKey, postKey } from '../access/index.ts'
import { defineWorkflow, stepOf } from '../workflow/index.ts'
import { NewPerson, type Person, PersonFacts, PersonPost, type PersonState } from './schema.ts'

const step = stepOf<PersonState, Person>()
const registrars = ['clerk', 'admin', 'system'] as const satisfies readonly Capacity[]
const Reason = z.string().trim().min(2).max(200)

export const samePost = (one: PersonPost, other: PersonPost) =>
  one.projectId === other.projectId && one.orgId === other.orgId && one.capacity === other.capacity

const standing = ['registered'] as const

/** 人员库. The input of `register` carries the masked number and a blind index, never the number itself. */
export const personWorkflow = defineWorkflow<PersonState, Person>()({
  name: 'person',
  title: '人员',
  states: { registered: { label: '在册' }, removed: { label: '已移出', final: true } },
  steps: {
    register: step({
      label: '登记人员',
      clause: 'identity.accounts',
      from: [null],
      to: 'registered',
      by: registrars,
      input: NewPerson.extend({ idMasked: z.string(), idIndex: z.string() }),
    }),
    amend: step({
      label: '变更信息',
      from: standing,
      to: 'stay',
      by: registrars,
      input: PersonFacts.partial(),
      apply: ({ record, input }) => ({ ...record, ...input }),
    }),
    reveal: step({
      label: '查看身份证号',
      clause: 'identity.accounts',
      from: standing,
      to: 'stay',
      by: registrars,
      input: z.object({ reason: Reason }),
    }),
    post: step({
      label: '项目任职',
      from: standing,
      to: 'stay',
      by: ['system'],
      input: PersonPost,
      apply: ({ record, input }) => ({
        ...record,
        posts: [...record.posts.filter((one) => !samePost(one, input)), input],
      }),
    }),
    unpost: step({
      label: '项目离任',
      from: standing,
      to: 'stay',
      by: ['system'],
      input: PersonPost,
      apply: ({ record, input }) => ({ ...record, posts: record.posts.filter((one) => !samePost(one, input)) }),
    }),
    remove: step({
      label: '移出',
      from: standing,
      to: 'removed',
      by: registrars,
      input: z.object({ reason: Reason }),
      guard: ({ record }) =>
        record.posts.length === 0
          ? null
          : { rule: 'person_has_posts', detail: { items: record.posts.map(({ projectName }) => projectName) } },
    }),
  },
  // Seen by the county, by the person, by his unit, and by those who supervise a project on which he holds a post.
  head: (person) => ({
    number: null,
    title: person.name,
    projectId: null,
    subjects: [person.id],
    parties: person.orgId ? [person.orgId] : [],
    reach: [
      ...new Set([
        ...districtKeys(person.region),
        personKey(person.id),
        ...(person.orgId ? [orgKey(person.orgId)] : []),
        ...person.posts.flatMap(({ projectId, orgId, district }) => [
          ...districtKeys(district),
          assignedKey(projectId),
          postKey(projectId, orgId),
        ]),
      ]),
    ],
    due: null,
    tier: 'calm',
    timers: [],
    words: [person.name, ...person.posts.map(({ projectName }) => projectName)],
  }),
})
