import { z } from 'zod'
import { Point } from '../kit/index.ts'
import { Instant } from '../workflow/index.ts'

/** One switching of a sprayer, and the three marks of its way: accepted (9011), executed (9012), effective (2021). */
export const Command = z.object({
  id: z.uuid(),
  deviceId: z.uuid(),
  unit: z.number().int(),
  on: z.boolean(),
  /** The alarm that caused it; null when a person ordered it. */
  alarmId: z.uuid().nullable(),
  by: z.object({ personId: z.uuid(), name: z.string() }).nullable(),
  createdAt: Instant,
  /** Not sent before: an actuator that was just switched rests first. */
  dueAt: Instant,
  /** After this it is neither sent nor carried out. */
  expiresAt: Instant,
  maxRunSeconds: z.number().int(),
  /** Where a vehicle was sent; null of what stands where it works. */
  to: Point.nullable(),
  qn: z.string().nullable(),
  sentAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  executedAt: Instant.nullable(),
  effectiveAt: Instant.nullable(),
  /** QnRtn or ExeRtn of a device that said no. */
  refusedCode: z.number().int().nullable(),
})
export type Command = z.infer<typeof Command>

export type CommandState =
  | 'waiting'
  | 'unsent'
  | 'sent'
  | 'accepted'
  | 'executed'
  | 'effective'
  | 'refused'
  | 'unacknowledged'

export const commandStates: Record<CommandState, string> = {
  waiting: '等待发出',
  unsent: '未发出，已作废',
  sent: '已发出',
  accepted: '设备已接受',
  executed: '设备已执行',
  effective: '已生效',
  refused: '设备拒绝',
  unacknowledged: '设备没有回应',
}

/** How a command stands. Silence is never taken for success: past its time, what was not said is called so. */
export function commandState(command: Command, now: Instant): CommandState {
  if (command.effectiveAt) return 'effective'
  if (command.refusedCode !== null) return 'refused'
  if (command.executedAt) return 'executed'
  if (command.acceptedAt) return 'accepted'
  const over = now > command.expiresAt
  if (command.sentAt) return over ? 'unacknowledged' : 'sent'
  return over ? 'unsent' : 'waiting'
}
