import { accountWorkflow, clockWorkflow, ruleWorkflow } from './account/index.ts'
import { inspectionWorkflow, planWorkflow } from './inspection/index.ts'
import type { AnyWorkflow } from './workflow/index.ts'

const any = (workflow: unknown) => workflow as AnyWorkflow

/** Every workflow there is. docs/workflows is printed from this list. */
export const workflows: readonly AnyWorkflow[] = [
  any(accountWorkflow),
  any(clockWorkflow),
  any(ruleWorkflow),
  any(planWorkflow),
  any(inspectionWorkflow),
]
