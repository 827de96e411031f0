import { expect, test } from 'vitest'
import { findDown } from './command.ts'
import { decode } from './decode.ts'
import { isSiteKind, siteKinds } from './kinds.ts'
import { sampleOf } from './sample.ts'
import { messageSchema, schemaOf } from './schema.ts'
import { sectionOf } from './section.ts'
import { bytesOf, jsonOf } from './text.ts'

const page = Object.values(
  import.meta.glob('../../../docs/devices-json.md', { query: '?raw', import: 'default', eager: true }),
)[0]!

test('the published form is strict: another kind, an unknown field and a text for a number do not fit', () => {
  for (const kind of siteKinds) {
    const fits = (part: Record<string, unknown>) =>
      messageSchema(kind).safeParse({ ...sampleOf(kind), ...part }).success
    expect(fits({})).toBe(true)
    expect(fits({ kind: 'dust' })).toBe(false)
    expect(fits({ extra: 1 })).toBe(false)
    expect(fits({ id: '' })).toBe(false)
    expect(fits({ deviceTime: '2026-02-30T00:00:00Z' })).toBe(false)
  }
  expect(messageSchema('crane').safeParse({ ...sampleOf('crane'), height: '33.5' }).success).toBe(false)
})

test('each kind has a JSON Schema 2020-12 that names its fields and allows no other', () => {
  for (const kind of siteKinds) {
    const schema = schemaOf(kind)
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['id', 'deviceTime', 'kind'],
      additionalProperties: false,
    })
    expect(Object.keys(schema.properties as object)).toEqual(expect.arrayContaining(Object.keys(sampleOf(kind))))
  }
})

test('the page shows every kind as the code has it, and nothing that the decoders do not take', () => {
  for (const kind of siteKinds) expect(page).toContain(`${sectionOf(kind)}\n`)
  const shown = [...page.matchAll(/^### (\w+):/gm)].map(([, kind]) => kind!)
  expect(shown.filter((kind) => !isSiteKind(kind))).toEqual([])
  expect(shown).toHaveLength(siteKinds.length)
  const blocks = [...page.matchAll(/```json\n([^]*?)\n```/g)].map(([, block]) => block!)
  const [down, ...samples] = blocks
  expect(samples.map((block) => JSON.parse(block) as unknown)).toEqual(siteKinds.map(sampleOf))
  for (const sample of samples) {
    expect(decode(bytesOf(sample))).toMatchObject({ ok: true, message: { problems: [] } })
  }
  const lines = down!.split('\n')
  expect(lines.map((line) => findDown(jsonOf(JSON.parse(line)))?.kind)).toEqual([
    'switch',
    // The second names where a water truck is to go.
    'switch',
    'clock',
    'ack',
    'ack',
    'refused',
  ])
})
