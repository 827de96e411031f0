import type { AnyRoute, Reply, Request } from '@plumbline/core/kit'
import type { ActAsk, RefusalKind } from '@plumbline/core/workflow'
import { type UseQueryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/** The kinds the server refuses with, and two more: nobody answered, and a bug (theirs or ours). */
export type FailureKind = RefusalKind | 'network' | 'internal'

/** A refusal as the page meets it. `rule` is a key of rules.zh.ts; `status` is 0 when nothing answered. */
export class ApiError extends Error {
  readonly status: number
  readonly kind: FailureKind
  readonly rule: string
  readonly detail: unknown
  constructor(status: number, kind: FailureKind, rule: string, detail?: unknown) {
    super(rule)
    this.name = 'ApiError'
    this.status = status
    this.kind = kind
    this.rule = rule
    this.detail = detail
  }
}

const kindOfStatus: Record<number, FailureKind> = {
  400: 'malformed',
  401: 'forbidden',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
  413: 'malformed',
  422: 'unmet',
  429: 'too_many',
}

/** Reads a refusal from a reply that is not ok; a body that is not ours (a proxy's page) counts as a bug over there. */
export function refusalOf(status: number, body: unknown): ApiError {
  const told = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const kind = kindOfStatus[status] ?? 'internal'
  const rule = typeof told['rule'] === 'string' ? told['rule'] : kind === 'internal' ? 'internal' : kind
  return new ApiError(status, kind, rule, told['detail'])
}

/** Without this header the server takes no POST: another site's form cannot set it. */
export const guardHeader = { 'x-plumbline': '1' }

/** The address of a route with its parameters and query filled in; undefined and empty values are left out. */
export function urlOf<R extends AnyRoute>(route: R, ask: Request<R, 'in'>): string {
  const { params = {}, query = {} } = ask as Loose
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one))
  }
  return `/api${path}${search.size ? `?${search}` : ''}`
}

/** fetch that tells a lost connection as an ApiError and nothing else; an abort stays an abort. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, 'network', 'network')
  }
}

/** Calls a route of a contract. Its types are the contract's; nothing is generated. Throws ApiError. */
export async function call<R extends AnyRoute>(
  route: R,
  ask: Request<R, 'in'>,
  signal?: AbortSignal,
): Promise<Reply<R>> {
  const { body } = ask as Loose
  const headers: Record<string, string> = route.method === 'POST' ? { ...guardHeader } : {}
  if (body !== undefined) headers['content-type'] = 'application/json'
  const response = await reach(urlOf(route, ask), {
    method: route.method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  })
  const json: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw refusalOf(response.status, json)
  if (!route.reply) return json as Reply<R>
  const read = route.reply.safeParse(json)
  if (!read.success) throw new ApiError(response.status, 'internal', 'reply_unreadable', read.error.issues)
  return read.data as Reply<R>
}

export const keyOf = (route: AnyRoute, ask: unknown) => [route.path, ask] as const

type RouteOptions<T> = Pick<UseQueryOptions<T, ApiError>, 'enabled' | 'refetchInterval' | 'staleTime'>

/** Reads a route and keeps it in the query cache under its path and ask. */
export const useRoute = <R extends AnyRoute>(route: R, ask: Request<R, 'in'>, options: RouteOptions<Reply<R>> = {}) =>
  useQuery<Reply<R>, ApiError>({
    queryKey: keyOf(route, ask),
    queryFn: ({ signal }) => call(route, ask, signal),
    ...options,
  })

/** A change makes everything on screen stale; a page never patches the cache by hand. */
export function useSend<R extends AnyRoute>(route: R) {
  const client = useQueryClient()
  return useMutation<Reply<R>, ApiError, Request<R, 'in'>>({
    mutationFn: (ask) => call(route, ask),
    onSettled: () => client.invalidateQueries(),
  })
}

/** The sender of a case's acts, as Steps takes it: `<Steps onAct={useAct(contract.act, id)} …>`. */
export function useAct(route: AnyRoute, id: string): (act: ActAsk) => Promise<void> {
  const send = useSend(route)
  return async (act) => {
    // One route takes every step of a workflow; which input belongs to which action is held by its schema on the server.
    await send.mutateAsync({ params: { id }, body: act } as never)
  }
}

/** A keyset list as a page sees it: what is loaded so far, and whether there is more. */
export interface Pages<Row> {
  rows: Row[]
  /** Rows that match in all, when the route tells. */
  total: number | undefined
  isPending: boolean
  error: ApiError | null
  more: (() => void) | undefined
  loadingMore: boolean
  again: () => void
}

type RowOf<T> = T extends { rows: readonly (infer Row)[] } ? Row : never

/** Reads a list route whose reply is `{ rows, next, total? }` and whose query takes `after`. */
export function usePages<R extends AnyRoute>(route: R, ask: Request<R, 'in'>): Pages<RowOf<Reply<R>>> {
  type Row = RowOf<Reply<R>>
  type Sheet = { rows: Row[]; next: string | null; total?: number }
  const list = useInfiniteQuery({
    queryKey: [...keyOf(route, ask), 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const loose = ask as Loose
      const query = pageParam === undefined ? loose.query : { ...loose.query, after: pageParam }
      return call(route, { ...loose, query } as Request<R, 'in'>, signal) as Promise<Sheet>
    },
    getNextPageParam: (last) => last.next ?? undefined,
  })
  return {
    rows: list.data?.pages.flatMap((sheet) => sheet.rows) ?? [],
    total: list.data?.pages[0]?.total,
    isPending: list.isPending,
    error: list.error as ApiError | null,
    more: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    loadingMore: list.isFetchingNextPage,
    again: () => void list.refetch(),
  }
}

/** The id that makes a repeated act harmless. randomUUID exists only in a secure context, a phone on the LAN has none. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
