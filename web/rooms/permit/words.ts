import { citeClause } from '@plumbline/core/law'
import { MaterialKind, materialKinds } from '@plumbline/core/permit'

export const kinds = MaterialKind.options.map((kind) => {
  const { title, department, clause } = materialKinds[kind]
  return { kind, title, department, clause: citeClause(clause) }
})

export const titleOf = (kind: MaterialKind | null): string => (kind ? materialKinds[kind].title : '申请表')
