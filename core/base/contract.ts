import { z } from 'zod'
import type { AnyRoute } from '../kit/index.ts'
import { ActLine, ById, CaseRow, Instant } from '../workflow/index.ts'

/** A page of a list: pass `next` back as `after` for the rows that follow. */
export const Paging = z.object({
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const page = <R extends z.ZodType>(row: R) => z.object({ rows: z.array(row), next: z.string().nullable() })

export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true')

export const HoldView = z.object({
  id: z.uuid(),
  subjectId: z.uuid(),
  effect: z.string(),
  caseId: z.uuid(),
  /** Of the case that placed it, which is found at /<room>/:id. */
  room: z.string(),
  number: z.string().nullable(),
  title: z.string(),
  clause: z.string(),
  item: z.string(),
  placedAt: Instant,
})
export type HoldView = z.infer<typeof HoldView>

export const MessageView = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  room: z.string().nullable(),
  number: z.string().nullable(),
  kind: z.string(),
  level: z.string(),
  title: z.string(),
  body: z.string(),
  createdAt: Instant,
  readAt: Instant.nullable(),
})
export type MessageView = z.infer<typeof MessageView>

/** 镇街 by its nine-digit code: what a form offers where districts are chosen. */
export const District = z.object({ code: z.string(), name: z.string() })
export type District = z.infer<typeof District>

export const FileView = z.object({
  id: z.uuid(),
  sha256: z.string(),
  type: z.string(),
  name: z.string(),
  size: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  takenAt: Instant.nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  device: z.string().nullable(),
  createdAt: Instant,
})
export type FileView = z.infer<typeof FileView>

/** An act that a room has heard of and failed to take in. It is tried again later, longer each time. */
export const FailedListener = z.object({
  actId: z.number().int(),
  /** The room that hears, and what it hears: <workflow>.<step>. */
  listener: z.string(),
  topic: z.string(),
  caseId: z.uuid(),
  tries: z.number().int(),
  error: z.string(),
  nextTry: Instant,
})
export type FailedListener = z.infer<typeof FailedListener>

/** A step that the clock was to carry out and could not; given up, it waits for the operator. */
export const FailedTimer = z.object({
  caseId: z.uuid(),
  room: z.string(),
  action: z.string(),
  at: Instant,
  tries: z.number().int(),
  error: z.string(),
  givenUp: z.boolean(),
})
export type FailedTimer = z.infer<typeof FailedTimer>

export const Failing = z.object({ listeners: z.array(FailedListener), timers: z.array(FailedTimer) })
export type Failing = z.infer<typeof Failing>

/** The routes of the tools themselves: operations, inbox, search, messages, files, the live stream, health. */
export const baseContract = {
  health: {
    method: 'GET',
    path: '/health',
    permission: 'public',
    title: '运行状况',
    reply: z.object({
      ok: z.boolean(),
      version: z.string(),
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
  },
  operations: {
    method: 'GET',
    path: '/operations',
    permission: 'operations.read',
    title: '运行状况：未办成的后台事项与到期事项',
    reply: Failing,
  },
  retryTimer: {
    method: 'POST',
    path: '/operations/timers',
    permission: 'operations.act',
    title: '重新办理已停止重试的到期事项',
    body: FailedTimer.pick({ caseId: true, action: true }),
    reply: Failing,
  },
  inbox: {
    method: 'GET',
    path: '/inbox',
    permission: 'signed_in',
    title: '待办：等我办理的案卷，按期限排列',
    query: Paging,
    reply: page(CaseRow),
  },
  search: {
    method: 'GET',
    path: '/search',
    permission: 'signed_in',
    title: '按名称、编码、单位、地点、联系人、文号或拼音首字母查找',
    query: z.object({
      q: z.string().trim().min(1).max(60),
      room: z.string().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    reply: z.object({ rows: z.array(CaseRow) }),
  },
  history: {
    method: 'GET',
    path: '/cases/:id/acts',
    permission: 'signed_in',
    title: '案卷经过',
    params: ById,
    reply: z.object({ rows: z.array(ActLine) }),
  },
  holds: {
    method: 'GET',
    path: '/subjects/:id/holds',
    permission: 'signed_in',
    title: '对项目、单位、人员、设备生效的锁定',
    params: ById,
    reply: z.object({ rows: z.array(HoldView) }),
  },
  districts: {
    method: 'GET',
    path: '/districts',
    permission: 'signed_in',
    title: '本县镇街',
    reply: z.object({ rows: z.array(District) }),
  },
  messages: {
    method: 'GET',
    path: '/messages',
    permission: 'signed_in',
    title: '消息',
    query: z.object({
      unread: Flag.optional(),
      before: Instant.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    reply: z.object({ rows: z.array(MessageView), unread: z.number() }),
  },
  markRead: {
    method: 'POST',
    path: '/messages/read',
    permission: 'signed_in',
    title: '消息已读',
    body: z.object({ ids: z.array(z.uuid()).min(1).max(200) }),
    reply: z.object({ unread: z.number() }),
  },
  upload: {
    method: 'POST',
    path: '/files',
    permission: 'signed_in',
    title: '上传文件（JPEG、PNG、WebP、PDF、XLSX）',
    takes: 'multipart',
    reply: FileView,
  },
  file: {
    method: 'GET',
    path: '/files/:id',
    permission: 'signed_in',
    title: '文件原件',
    params: ById,
    sends: 'application/octet-stream',
  },
  fileFacts: {
    method: 'GET',
    path: '/files/:id/facts',
    permission: 'signed_in',
    title: '文件信息',
    params: ById,
    reply: FileView,
  },
  thumb: {
    method: 'GET',
    path: '/files/:id/thumb',
    permission: 'signed_in',
    title: '缩略图',
    params: ById,
    sends: 'image/webp',
  },
  stream: {
    method: 'GET',
    path: '/stream',
    permission: 'signed_in',
    title: '变更推送（SSE）',
    sends: 'text/event-stream',
  },
} satisfies Record<string, AnyRoute>
