import type { FormInstance } from 'antd'
import type { ApiError } from './api.ts'

/** One complaint about one field, as zod tells it. */
export interface Issue {
  code: string
  path: (string | number)[]
  message: string
}

/** The server writes a path with dots; a part of digits is a place in a list. */
const partsOf = (path: unknown): (string | number)[] => {
  const parts = Array.isArray(path) ? path : typeof path === 'string' && path !== '' ? path.split('.') : []
  return parts.map((part) => (/^\d+$/.test(String(part)) ? Number(part) : String(part)))
}

function issueOf(value: unknown): Issue[] {
  if (typeof value !== 'object' || value === null || !('code' in value)) return []
  const { code, path, message } = value as Record<string, unknown>
  return [{ code: String(code), path: partsOf(path), message: typeof message === 'string' ? message : '' }]
}

/** The issues of a refusal; empty when it is not about fields. */
export function issuesOf(error: Pick<ApiError, 'kind' | 'detail'>): Issue[] {
  if (error.kind !== 'malformed') return []
  const { detail } = error
  return Array.isArray(detail) ? detail.flatMap(issueOf) : []
}

const formats: [RegExp, string][] = [
  [/ISO date$/i, '日期应写作 2026-11-20'],
  [/ISO datetime$/i, '时间应写作 2026-11-20 14:05'],
  [/email/i, '邮箱格式不对'],
]

/** zod tells the bound only in its sentence: "Too small: expected string to have >=2 characters". */
function sayBound(message: string, small: boolean): string {
  const bound = /[<>]=?\s*(-?[\d.]+)/.exec(message)?.[1] ?? ''
  if (message.includes('expected string'))
    return small ? (bound === '1' ? '请填写' : `至少 ${bound} 个字`) : `最多 ${bound} 个字`
  if (message.includes('expected array')) return small ? `至少 ${bound} 项` : `最多 ${bound} 项`
  if (message.includes(small ? '>=' : '<=')) return small ? `不得小于 ${bound}` : `不得大于 ${bound}`
  return small ? `应大于 ${bound}` : `应小于 ${bound}`
}

/** A zod issue as a short Chinese phrase. A message the schema's author wrote in Chinese stands as it is. */
export function sayIssue({ code, message }: Issue): string {
  if (/\p{Script=Han}/u.test(message)) return message
  switch (code) {
    case 'invalid_type':
      return /received (undefined|null)/.test(message) ? '请填写' : '填写的类型不对'
    case 'too_small':
      return sayBound(message, true)
    case 'too_big':
      return sayBound(message, false)
    case 'invalid_format':
      return formats.find(([pattern]) => pattern.test(message))?.[1] ?? '格式不对'
    case 'invalid_value':
    case 'invalid_union':
      return '请从给出的选项中选择'
    case 'unrecognized_keys':
      return '有系统不认识的内容'
    default:
      return '填写有误'
  }
}

export type FieldName = (string | number)[]

export interface FieldError {
  name: FieldName
  errors: string[]
}

/**
 * The issues of a refusal as antd's `form.setFields` takes them, several of one field together.
 * `below` is the path at which the form's values stand in the body, e.g. ['input'].
 */
export function fieldErrors(error: Pick<ApiError, 'kind' | 'detail'>, below: (string | number)[] = []): FieldError[] {
  const fields = new Map<string, FieldError>()
  for (const issue of issuesOf(error)) {
    const inside = below.every((part, at) => issue.path[at] === part)
    const name = inside ? issue.path.slice(below.length) : issue.path
    const key = JSON.stringify(name)
    const field = fields.get(key) ?? { name, errors: [] }
    field.errors.push(sayIssue(issue))
    fields.set(key, field)
  }
  return [...fields.values()]
}

/**
 * Marks an antd form's fields with the server's complaints. One of a part that has no field of its own stands at the field that
 * holds the part: of a line, at the text of all lines. `fieldOf` tells where the form keeps what the server names otherwise.
 */
export function markFields<T>(
  form: FormInstance<T>,
  error: ApiError,
  below?: (string | number)[],
  fieldOf: (name: FieldName) => FieldName = (name) => name,
): void {
  const known = (form.getFieldsError() as { name: FieldName }[]).map(({ name }) => name)
  const marks = new Map<string, FieldError>()
  for (const { name, errors } of fieldErrors(error, below)) {
    const at = holderOf(known, fieldOf(name))
    const mark = marks.get(JSON.stringify(at)) ?? { name: at, errors: [] }
    mark.errors.push(...errors)
    marks.set(JSON.stringify(at), mark)
  }
  // The server names fields by text; whether the form has such a field only the form knows.
  form.setFields([...marks.values()] as unknown as Parameters<FormInstance<T>['setFields']>[0])
}

/** The field of this name, else the longest that begins it. */
function holderOf(known: readonly FieldName[], name: FieldName): FieldName {
  const holders = known.filter((one) => one.every((part, at) => String(part) === String(name[at])))
  return holders.toSorted((one, other) => other.length - one.length)[0] ?? name
}
