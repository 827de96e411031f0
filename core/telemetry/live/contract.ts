import { z } from 'zod'
import { DeviceKind, DeviceSettings } from '../../device/index.ts'
import { type AnyRoute, DayString } from '../../kit/index.ts'
import { ById, Instant } from '../../workflow/index.ts'
import { SiteEvent } from '../event.ts'
import { HeldTo } from './standing.ts'

/** What a device's values are read against: the plate of its machine, its limits, and how far the ground has moved. */
export const Bearings = z.object({
  deviceId: z.uuid(),
  name: z.string(),
  kind: DeviceKind,
  projectId: z.uuid(),
  projectName: z.string(),
  rated: DeviceSettings.shape.rated,
  limits: z.array(HeldTo),
  /** Per day, against the last normal value that is a day old or older. */
  moved: z.array(z.object({ quantity: z.string(), perDay: z.number() })),
})
export type Bearings = z.infer<typeof Bearings>

/** Kinds of events that are listed one by one. Passages are only counted: a card is nobody's business here. */
export const ListedEvent = z.enum(['exit', 'intrusion', 'cycle'])
export type ListedEvent = z.infer<typeof ListedEvent>

export const PassageHour = z.object({ from: Instant, in: z.number().int(), out: z.number().int() })
export type PassageHour = z.infer<typeof PassageHour>

const permission = 'telemetry.read' as const
/** Today by default. */
const day = DayString.optional()

export const liveContract = {
  bearings: {
    method: 'GET',
    path: '/devices/:id/bearings',
    permission,
    title: '设备铭牌参数、各测点限值与 24 小时变化',
    params: ById,
    reply: Bearings,
  },
  events: {
    method: 'GET',
    path: '/devices/:id/events',
    permission,
    title: '一日内的事件（出场、入侵、吊装循环），新的在前',
    params: ById,
    query: z.object({ kind: ListedEvent, day }),
    /** At most as many as a page shows; `more` when there were others. */
    reply: z.object({ rows: z.array(SiteEvent), more: z.boolean() }),
  },
  passages: {
    method: 'GET',
    path: '/devices/:id/passages',
    permission,
    title: '一日内逐时进出人次，不含人员信息',
    params: ById,
    query: z.object({ day }),
    reply: z.object({ rows: z.array(PassageHour) }),
  },
} satisfies Record<string, AnyRoute>
