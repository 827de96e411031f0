import { describe, expect, test } from 'vitest'
import { findClause } from '../law/index.ts'
import { answersWanted, findTemplate, inspectionKinds, subjects, templates } from './templates.ts'

test('an unknown template or version is not found', () => {
  expect(findTemplate('jgj59', '1999')).toBeUndefined()
  expect(findTemplate('jgj60')).toBeUndefined()
})

test('every subject has a template, and every kind', () => {
  expect(new Set(templates.map(({ subject }) => subject))).toEqual(new Set(Object.keys(subjects)))
  expect(new Set(templates.flatMap(({ kinds }) => kinds))).toEqual(new Set(Object.keys(inspectionKinds)))
})

test('the three kinds of INS-17 have templates of their own', () => {
  for (const kind of ['enforcement', 'quarterly', 'conformity'] as const)
    expect(findTemplate(kind)?.kinds).toContain(kind)
})

describe('each template', () => {
  test.each(templates.map((template) => [template.code, template] as const))('%s is sound', (_, template) => {
    expect(findTemplate(template.code, template.version)).toBe(template)
    const codes = answersWanted(template, template.form === 'scored' ? template.tables.map(({ code }) => code) : [])
    expect(codes.length).toBeGreaterThan(0)
    expect(new Set(codes).size).toBe(codes.length)
    if (template.form === 'checklist')
      for (const item of template.items) expect(findClause(item.clause), item.code).toBeDefined()
  })
})

test('of JGJ 59 only the tables chosen want answers', () => {
  const jgj59 = findTemplate('jgj59')!
  expect(answersWanted(jgj59)).toEqual([])
  expect(answersWanted(jgj59, ['B.14'])).toEqual(['B.14.1', 'B.14.2', 'B.14.3', 'B.14.4', 'B.14.5', 'B.14.6', 'B.14.7'])
})

test('六个百分之百 are six', () => expect(answersWanted(findTemplate('dust')!)).toHaveLength(6))
