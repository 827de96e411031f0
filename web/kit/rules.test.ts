import { describe, expect, test } from 'vitest'
import { rules, sentenceFor, sentenceOf } from './rules.zh.ts'

describe('every rule has a sentence', () => {
  test.each(Object.keys(rules))('%s', (rule) => {
    // Also when the detail is missing or not what the sentence hopes for.
    for (const detail of [undefined, null, 'x', 7, [], [{}], {}]) {
      const sentence = sentenceOf(rule, detail)
      expect(sentence).toMatch(/\p{Script=Han}.*。$/u)
      expect(sentence).not.toMatch(/undefined|null|object|[!！]/)
    }
  })
})

test('an unknown rule says so with its key; names of Object are no rules', () => {
  expect(sentenceOf('moon_phase')).toBe('系统没有说明原因（moon_phase）')
  expect(sentenceOf('constructor')).toBe('系统没有说明原因（constructor）')
})

test('what is missing is missing, whichever room says it', () => {
  expect(sentenceFor({ kind: 'missing', rule: 'project', detail: undefined })).toBe(sentenceOf('missing'))
})

test('a hold names its paper, clause and item', () => {
  const hold = { number: '青建监改〔2026〕0012号', title: '整改', clause: 'pinghu.ladder', item: '三层临边防护缺失' }
  expect(sentenceOf('held', [hold])).toMatch(/青建监改〔2026〕0012号（.*《.+》.*；三层临边防护缺失）/)
})
