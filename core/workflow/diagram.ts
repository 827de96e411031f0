import { capacities } from '../access/index.ts'
import type { AnyWorkflow } from './contract.ts'
import type { AnyStep } from './workflow.ts'

/** A workflow as a Mermaid state diagram and a table of its steps, for docs/workflows/<name>.md. */
export function printWorkflow(workflow: AnyWorkflow): string {
  const steps = Object.entries<AnyStep<string, { id: string; state: string | null }>>(workflow.steps)
  const arrows = steps.flatMap(([, step]) =>
    step.from.flatMap((from) => {
      const targets = step.to === 'stay' ? [from] : typeof step.to === 'string' ? [step.to] : step.to
      return targets.map((to) => `  ${from ?? '[*]'} --> ${to}: ${step.label}`)
    }),
  )
  const finals = Object.entries(workflow.states).flatMap(([name, { final }]) => (final ? [`  ${name} --> [*]`] : []))
  const labels = Object.entries(workflow.states).map(([name, { label }]) => `  ${name}: ${label}`)
  const rows = steps.map(
    ([action, step]) =>
      `| ${action} | ${step.label} | ${step.by.map((one) => capacities[one]).join('、')} | ${step.clause ?? ''} | ${step.heldBy?.join(', ') ?? ''} |`,
  )
  return [
    `# ${workflow.title} (${workflow.name})`,
    '',
    'Printed from the table in `core`; do not edit.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...labels,
    ...new Set(arrows),
    ...finals,
    '```',
    '',
    '| step | 名称 | 谁 | clause | forbidden by holds |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
