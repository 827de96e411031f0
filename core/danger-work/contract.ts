import { z } from 'zod'
import { Flag, page, Paging } from '../base/index.ts'
import type { AnyRoute } from '../kit/index.ts'
import { actBody, ById, caseView } from '../workflow/index.ts'
import { Pour, Watcher } from './schema.ts'
import { ApplyInput, pourWorkflow } from './workflow.ts'

/** What stands against a start or a resumption now: the server asks the same again when it is taken. */
export const PourWatch = Watcher.extend({
  freshness: z.enum(['live', 'stale', 'never']),
  /** Red alarms that stand, each with its words. */
  alarms: z.array(z.object({ id: z.uuid(), title: z.string() })),
})
export type PourWatch = z.infer<typeof PourWatch>

export const PourView = caseView(Pour).extend({ watch: z.array(PourWatch) })
export type PourView = z.infer<typeof PourView>

export const pourContract = {
  list: {
    method: 'GET',
    path: '/pours',
    permission: 'danger_work.read',
    title: '混凝土浇筑令，按计划开始时间，近的在前',
    query: Paging.extend({ open: Flag.optional(), projectId: z.uuid().optional(), deviceId: z.uuid().optional() }),
    reply: page(Pour),
  },
  get: {
    method: 'GET',
    path: '/pours/:id',
    permission: 'danger_work.read',
    title: '浇筑令、监测设备状态与可办事项',
    params: ById,
    reply: PourView,
  },
  watchers: {
    method: 'GET',
    path: '/projects/:id/pour-watchers',
    permission: 'danger_work.read',
    title: '项目在用的高支模监测设备与时效，供申请时选择',
    params: ById,
    reply: z.object({ rows: z.array(PourWatch.omit({ alarms: true })) }),
  },
  apply: {
    method: 'POST',
    path: '/pours',
    permission: 'danger_work.act',
    title: '申请混凝土浇筑令',
    body: z.object({ requestId: z.uuid(), input: ApplyInput }),
    reply: PourView,
  },
  act: {
    method: 'POST',
    path: '/pours/:id/acts',
    permission: 'danger_work.act',
    title: '办理：签发、不予签发、撤回、开始、停止、恢复、结束',
    params: ById,
    body: actBody(pourWorkflow, ['sign', 'decline', 'withdraw', 'start', 'suspend', 'resume', 'finish']),
    reply: PourView,
  },
} satisfies Record<string, AnyRoute>
