import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { FormInstance } from 'antd'
import { ApiError } from './api.ts'
import { type FieldError, type FieldName, fieldErrors, issuesOf, markFields, sayIssue } from './fields.ts'

/** The issues of a schema as the server sends them: path with dots, code, zod's own sentence. */
function refusalFor(schema: z.ZodType, value: unknown) {
  const result = schema.safeParse(value)
  if (result.success) throw new Error('was accepted')
  const detail = result.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message }))
  return { kind: 'malformed' as const, detail }
}

const say = (schema: z.ZodType, value: unknown) => issuesOf(refusalFor(schema, value)).map(sayIssue)

describe('a field’s fault in Chinese', () => {
  test.each([
    ['absent', z.object({ a: z.string() }), {}, '请填写'],
    ['empty', z.string().min(1), '', '请填写'],
    ['too short', z.string().min(8), 'abc', '至少 8 个字'],
    ['too long', z.string().max(2), 'abc', '最多 2 个字'],
    ['too small', z.number().min(0), -1, '不得小于 0'],
    ['not positive', z.number().positive(), 0, '应大于 0'],
    ['too large', z.number().max(100), 101, '不得大于 100'],
    ['too few', z.array(z.string()).min(2), ['a'], '至少 2 项'],
    ['no day', z.iso.date(), '2026-02-30', '日期应写作 2026-11-20'],
    ['no choice', z.enum(['a']), 'b', '请从给出的选项中选择'],
    ['wrong type', z.number(), '7', '填写的类型不对'],
    ['the author’s words', z.string().refine(() => false, '信用代码校验位不对'), 'x', '信用代码校验位不对'],
  ])('%s', (_, schema, value, words) => {
    expect(say(schema, value)).toEqual([words])
  })
})

test('faults come to their fields below the form’s place in the body, several of one field together', () => {
  const schema = z.object({
    input: z.object({
      reason: z
        .string()
        .min(2)
        .regex(/^[a-z]+$/),
      items: z.array(z.object({ days: z.number() })),
    }),
    requestId: z.uuid(),
  })
  const refusal = refusalFor(schema, { input: { reason: '1', items: [{ days: 'x' }] }, requestId: '' })
  expect(fieldErrors(refusal, ['input'])).toEqual([
    { name: ['reason'], errors: ['至少 2 个字', '格式不对'] },
    { name: ['items', 0, 'days'], errors: ['填写的类型不对'] },
    { name: ['requestId'], errors: ['格式不对'] },
  ])
})

test('a refusal that is not about fields marks none', () => {
  expect(issuesOf({ kind: 'unmet', detail: [{ code: 'x', path: 'a', message: '' }] })).toEqual([])
  expect(issuesOf({ kind: 'malformed', detail: 'body' })).toEqual([])
})

describe('a fault of a part that has no field of its own', () => {
  const marked = (names: FieldName[], paths: string[], fieldOf?: (name: FieldName) => FieldName) => {
    let marks: FieldError[] = []
    const form = {
      getFieldsError: () => names.map((name) => ({ name, errors: [] })),
      setFields: (given: FieldError[]) => (marks = given),
    } as unknown as FormInstance
    const detail = paths.map((path) => ({ path, code: 'custom', message: '有误' }))
    markFields(form, new ApiError(400, 'malformed', 'body', detail), ['input'], fieldOf)
    return marks.map(({ name, errors }) => [name.join('.'), errors.length])
  }
  test('stands at the field that holds the part, once for each complaint', () => {
    expect(marked([['basis'], ['scope']], ['input.basis.0', 'input.basis.2', 'input.scope'])).toEqual([
      ['basis', 2],
      ['scope', 1],
    ])
  })
  test('stands at the nearest such field', () => {
    expect(marked([['items'], ['items', 1, 'text']], ['input.items.1.text', 'input.items.0.days'])).toEqual([
      ['items.1.text', 1],
      ['items', 1],
    ])
  })
  test('keeps its own name where the form holds nothing of it, or stands where the form says', () => {
    expect(marked([['scope']], ['input.scopes'])).toEqual([['scopes', 1]])
    expect(marked([['words']], ['input.reason'], () => ['words'])).toEqual([['words', 1]])
  })
})
