import { citeClause } from '@plumbline/core/law'
import { type ApplicationView, MaterialKind, materialKinds, permitWorkflow } from '@plumbline/core/permit'

export const kinds = MaterialKind.options.map((kind) => {
  const { title, department, clause } = materialKinds[kind]
  return { kind, title, department, clause: citeClause(clause) }
})

export const titleOf = (kind: MaterialKind | null): string => (kind ? materialKinds[kind].title : '申请表')

/** The steps as the server gave them, those the application waits for first: the first is drawn as the main one. */
export function inOrder({ steps, record }: ApplicationView): ApplicationView['steps'] {
  const waits: readonly string[] = record.state ? (permitWorkflow.states[record.state].waits ?? []) : []
  return steps.toSorted((one, other) => Number(waits.includes(other.action)) - Number(waits.includes(one.action)))
}
