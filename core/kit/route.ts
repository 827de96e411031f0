import type { z } from 'zod'
import type { Permission } from '../access/permissions.ts'

/** One HTTP route, told once: the server serves it, the web calls it, OpenAPI is printed from it. Paths stand below /api. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: 'GET' | 'POST'
  path: `/${string}`
  /** What the caller must be allowed. There is no default: forgetting it does not compile. */
  permission: Permission
  /** One line in Chinese for the API page. */
  title: string
  params?: P
  query?: Q
  body?: B
  /** Absent when the reply is not JSON: a file, a stream. */
  reply?: R
  /** The media type of a reply that is not JSON. */
  sends?: string
  /** 'multipart' when the body is an upload read by the handler. */
  takes?: 'multipart'
}

export type AnyRoute = Route

type Part<T, K extends string, Side> = T extends z.ZodType
  ? Side extends 'in'
    ? { [k in K]: z.input<T> }
    : { [k in K]: z.output<T> }
  : unknown

/** What a caller gives (before parsing) and what a handler gets (after). */
export type Request<R extends AnyRoute, Side extends 'in' | 'out'> = Part<R['params'], 'params', Side> &
  Part<R['query'], 'query', Side> &
  Part<R['body'], 'body', Side>

export type Reply<R extends AnyRoute> = R['reply'] extends z.ZodType ? z.output<R['reply']> : unknown
