import { z } from 'zod'
import { Switch } from '../../device/index.ts'
import { type AnyRoute, DayString } from '../../kit/index.ts'
import { ById } from '../../workflow/index.ts'
import { CommandRow } from '../alarm-contract.ts'

/** How long one unit of an actuator ran on a legal day, and for how long its state was known at all; both in seconds. */
export const RunDay = z.object({ day: DayString, unit: z.number().int(), running: z.number(), known: z.number() })
export type RunDay = z.infer<typeof RunDay>

export const linkageContract = {
  switch: {
    method: 'POST',
    path: '/devices/:id/switch',
    permission: 'device.act',
    title: '启停喷淋、雾炮：同一请求只下达一条指令',
    params: ById,
    body: Switch.extend({ requestId: z.uuid() }),
    reply: z.object({ rows: z.array(CommandRow) }),
  },
  runs: {
    method: 'GET',
    path: '/devices/:id/runs',
    permission: 'telemetry.read',
    title: '喷淋、雾炮逐日运行时长，由状态数据计算',
    params: ById,
    query: z.object({ days: z.coerce.number().int().min(1).max(90).default(30) }),
    reply: z.object({
      /** The first day asked for. */
      from: DayString,
      /** Two states further apart than this say nothing of the time between them, in minutes. */
      gapMinutes: z.number(),
      /** Days of which something is known, newest first. */
      rows: z.array(RunDay),
    }),
  },
} satisfies Record<string, AnyRoute>
