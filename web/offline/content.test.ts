import { expect, test } from 'vitest'
import { readContent, sayTime } from './content.ts'

const factsOf = (content: unknown) =>
  Object.fromEntries(readContent(JSON.stringify(content)).facts.map(({ label, value }) => [label, value]))

test('what is no content of ours is shown as it is', () => {
  expect(readContent('nothing')).toEqual({ kind: 'unknown', facts: [], whole: 'nothing' })
  expect(readContent('[1]')).toEqual({ kind: 'unknown', facts: [], whole: '[\n  1\n]' })
  expect(readContent('null').kind).toBe('unknown')
})

test('an instant that is none is said to be none', () => {
  for (const at of ['soon', undefined, Number.NaN, 2 ** 60]) expect(sayTime(at)).toBe('时间无法识别')
  expect(sayTime(1_795_000_000)).toBe('2026-11-18 19:06')
})

const act = {
  id: 7,
  topic: 'rectification.issue',
  from: 'draft',
  to: 'issued',
  actorName: '林远舟',
  capacity: 'inspector',
  doneAt: '2026-11-20T06:05:00.123456Z',
}

test('an act says who did which step when', () => {
  const facts = factsOf(act)
  expect(facts).toMatchObject({ 办理人: '监督员 林远舟', 办理时间: '2026-11-20 14:05', 办理编号: '7' })
  expect(facts['办理事项']).toMatch(/ · 签发$/)
  expect(facts['办理前']).toBe('拟稿')
})

test('a step and a state of a procedure that is not known here keep their keys', () => {
  expect(factsOf({ ...act, topic: 'mining.dig', capacity: 'constructor', from: null, to: 'toString' })).toMatchObject({
    办理事项: 'mining.dig',
    办理人: 'constructor 林远舟',
    办理前: '新建',
    办理后: 'toString',
  })
  expect(factsOf({ ...act, topic: 'rectification.constructor' })['办理事项']).toBe('rectification.constructor')
})

test('a file says its name, size and digest; what is not known is left out', () => {
  const facts = factsOf({
    sha256: 'ab',
    name: '整改前.jpg',
    size: 57182,
    type: 'image/jpeg',
    takenAt: null,
    lon: null,
    lat: null,
    createdAt: act.doneAt,
  })
  expect(facts).toEqual({
    文件名: '整改前.jpg',
    类型: 'image/jpeg',
    大小: '57182 字节',
    收到时间: '2026-11-20 14:05',
    'SHA-256': 'ab',
  })
})
