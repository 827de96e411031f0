import type { RefusalKind } from '@plumbline/core/workflow'

/** The only error a room throws on purpose. `rule` is a key; the web holds the sentence; `detail` names the parts. */
export class Refused extends Error {
  readonly kind: RefusalKind
  readonly rule: string
  readonly detail: unknown
  constructor(kind: RefusalKind, rule: string, detail?: unknown) {
    super(`${kind}: ${rule}`)
    this.name = 'Refused'
    this.kind = kind
    this.rule = rule
    this.detail = detail
  }
}

export const httpStatus = {
  malformed: 400,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  unmet: 422,
  too_many: 429,
} as const satisfies Record<RefusalKind, number>
