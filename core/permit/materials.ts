import { z } from 'zod'
import type { ClauseKey } from '../law/index.ts'

interface MaterialKindFacts {
  title: string
  /** Whose opinion it is. */
  department: string
  clause: ClauseKey
}

/** The items of a joint acceptance that every application answers (handbook 11.3 [M]); optional ones of a region are not among them. */
export const materialKinds = {
  planning: {
    title: '规划核实（土地核验）',
    department: '自然资源和规划部门',
    clause: 'joint_acceptance.one_form',
  },
  fire: { title: '消防验收或者备案抽查', department: '住房和城乡建设部门', clause: 'fire.acceptance' },
  air_defence: { title: '人防验收备案', department: '人民防空部门', clause: 'joint_acceptance.one_form' },
  archive: { title: '建设工程档案验收', department: '城建档案机构', clause: 'joint_acceptance.one_form' },
  quality: { title: '质量竣工验收监督', department: '工程质量监督机构', clause: 'quality.supervision' },
} as const satisfies Record<string, MaterialKindFacts>

export type MaterialKind = keyof typeof materialKinds
export const MaterialKind = z.enum(Object.keys(materialKinds) as [MaterialKind, ...MaterialKind[]])

/** What is handed in for one item: files, or the reason why it does not concern the project. */
export const Material = z.object({
  kind: MaterialKind,
  fileIds: z.array(z.uuid()).max(20).default([]),
  notConcerned: z.string().trim().max(200).default(''),
})
export type Material = z.infer<typeof Material>

/** The items without a file and without a reason, in the order of the form. */
export const missingMaterials = (materials: readonly Material[]): MaterialKind[] =>
  MaterialKind.options.filter(
    (kind) => !materials.some((one) => one.kind === kind && (one.fileIds.length > 0 || one.notConcerned.length >= 2)),
  )
