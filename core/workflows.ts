import { accountWorkflow, clockWorkflow, ruleWorkflow } from './account/index.ts'
import { pourWorkflow } from './danger-work/index.ts'
import { deviceWorkflow } from './device/index.ts'
import { inspectionWorkflow, planWorkflow } from './inspection/index.ts'
import { orgWorkflow } from './org/index.ts'
import { permitWorkflow } from './permit/index.ts'
import { personWorkflow } from './person/index.ts'
import { countyWorkflow, projectWorkflow } from './project/index.ts'
import { noticeWorkflow } from './rectification/index.ts'
import { alarmWorkflow, dispatchWorkflow, doubtWorkflow, forecastWorkflow, rosterWorkflow } from './telemetry/index.ts'
import type { AnyWorkflow } from './workflow/index.ts'

const any = (workflow: unknown) => workflow as AnyWorkflow

/** Every workflow there is. docs/workflows is printed from this list. */
export const workflows: readonly AnyWorkflow[] = [
  any(accountWorkflow),
  any(clockWorkflow),
  any(ruleWorkflow),
  any(orgWorkflow),
  any(personWorkflow),
  any(countyWorkflow),
  any(projectWorkflow),
  any(deviceWorkflow),
  any(alarmWorkflow),
  any(dispatchWorkflow),
  any(doubtWorkflow),
  any(forecastWorkflow),
  any(rosterWorkflow),
  any(pourWorkflow),
  any(planWorkflow),
  any(inspectionWorkflow),
  any(permitWorkflow),
  any(noticeWorkflow),
]
