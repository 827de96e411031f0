import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys, type Key, partyKeys, postKey } from '../access/index.ts'
import { defineWorkflow, type Facts, stepOf } from '../workflow/index.ts'
import { Material, materialKinds, missingMaterials } from './materials.ts'
import { type Application, type ApplicationState, Gap } from './schema.ts'

const step = stepOf<ApplicationState, Application>()
const applicants = ['owner_rep'] as const satisfies readonly Capacity[]

const Materials = z.array(Material).max(10)
const Form = z.object({ statement: z.string().trim().min(2).max(2000), materials: Materials })
export const SubmitInput = Form.extend({ projectId: z.uuid() })
export type SubmitInput = z.infer<typeof SubmitInput>
export const ReturnInput = z.object({ gaps: z.array(Gap).max(50) })

const owner = ({ projectId, ownerId }: Application): Key[] => [postKey(projectId, ownerId)]
const mark = ({ actor, now }: Facts<Application, unknown>) => ({ personId: actor.personId, name: actor.name, at: now })

const once = (materials: readonly Material[]) =>
  new Set(materials.map(({ kind }) => kind)).size === materials.length ? null : 'material_twice'

/** All gaps at once: those the clerk names, and every item without a material that he has not named already. */
const gapsOf = ({ record, input }: Facts<Application, z.output<typeof ReturnInput>>): Gap[] => [
  ...input.gaps,
  ...missingMaterials(record.materials)
    .filter((kind) => !input.gaps.some((gap) => gap.kind === kind))
    .map((kind) => ({ kind, text: `缺少：${materialKinds[kind].title}` })),
]

/** 联合验收申请. What forbids it is asked of the holds on its project; who placed them it does not know. */
export const permitWorkflow = defineWorkflow<ApplicationState, Application>()({
  name: 'permit',
  title: '联合验收申请',
  states: {
    submitted: { label: '待受理', waits: ['accept'] },
    returned: { label: '待补正', waits: ['resubmit'] },
    accepted: { label: '已受理', final: true },
    withdrawn: { label: '已撤回', final: true },
  },
  steps: {
    submit: step({
      label: '提交申请',
      clause: 'joint_acceptance.one_form',
      from: [null],
      to: 'submitted',
      by: applicants,
      mine: owner,
      heldBy: ['new_business'],
      input: SubmitInput,
      guard: ({ record }) =>
        record.projectState === 'building' || record.projectState === 'completed'
          ? once(record.materials)
          : 'project_not_building',
      apply: (facts) => ({ ...facts.record, submitted: mark(facts) }),
    }),
    return: step({
      label: '一次告知补正',
      clause: 'joint_acceptance.one_form',
      from: ['submitted'],
      to: 'returned',
      by: ['clerk'],
      input: ReturnInput,
      guard: (facts) => (gapsOf(facts).length > 0 ? null : 'gaps_missing'),
      apply: (facts) => ({
        ...facts.record,
        returns: [...facts.record.returns, { gaps: gapsOf(facts), by: mark(facts) }],
      }),
    }),
    resubmit: step({
      label: '补正后重新提交',
      clause: 'joint_acceptance.one_form',
      from: ['returned'],
      to: 'submitted',
      by: applicants,
      mine: owner,
      heldBy: ['new_business'],
      input: Form,
      guard: ({ input }) => once(input.materials),
      apply: (facts) => ({ ...facts.record, ...facts.input, submitted: mark(facts) }),
    }),
    accept: step({
      label: '受理',
      clause: 'joint_acceptance.one_form',
      from: ['submitted'],
      to: 'accepted',
      by: ['clerk'],
      input: z.object({}),
      guard: ({ record }) => {
        const missing = missingMaterials(record.materials)
        return missing.length === 0
          ? null
          : { rule: 'materials_missing', detail: { items: missing.map((kind) => materialKinds[kind].title) } }
      },
      apply: (facts) => ({ ...facts.record, accepted: mark(facts) }),
    }),
    withdraw: step({
      label: '撤回申请',
      clause: 'joint_acceptance.one_form',
      from: ['submitted', 'returned'],
      to: 'withdrawn',
      by: applicants,
      mine: owner,
      input: z.object({ reason: z.string().trim().min(2).max(500) }),
    }),
  },
  head: (application) => ({
    number: application.number,
    title: `联合验收申请 · ${application.projectName}`,
    projectId: application.projectId,
    subjects: [application.projectId],
    parties: [application.ownerId],
    reach: [
      ...districtKeys(application.district),
      assignedKey(application.projectId),
      ...partyKeys(application.projectId, application.ownerId),
    ],
    due: null,
    tier: 'calm',
    timers: [],
    words: [application.projectName, application.ownerName, application.number ?? ''],
  }),
})
