import { existsSync, readFileSync } from 'node:fs'
import { findClause } from '@plumbline/core/law'
import { type AnyWorkflow, defineWorkflow, printWorkflow, stepOf } from '@plumbline/core/workflow'
import { workflows } from '@plumbline/core/workflows'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { rooms } from '../server/app.ts'
import { workflowsOf } from '../server/base/room.ts'

const targets = (step: AnyWorkflow['steps'][string], from: string | null) =>
  step.to === 'stay' ? [from] : typeof step.to === 'string' ? [step.to] : [...step.to]

const onward = (workflow: AnyWorkflow, from: string | null) =>
  Object.values(workflow.steps)
    .filter((step) => step.from.includes(from))
    .flatMap((step) => targets(step, from))

function reachable(workflow: AnyWorkflow, start: string | null): Set<string | null> {
  const seen = new Set<string | null>([start])
  for (const state of seen) for (const next of onward(workflow, state)) seen.add(next)
  return seen
}

/** What is wrong with a table, each fault in words. */
function faultsOf(workflow: AnyWorkflow): string[] {
  const states = Object.entries(workflow.states)
  const finals = states.filter(([, { final }]) => final).map(([name]) => name)
  const fromNothing = reachable(workflow, null)
  return [
    ...states.filter(([name]) => !fromNothing.has(name)).map(([name]) => `${name} is never reached`),
    ...states
      .filter(([name]) => finals.length > 0 && !finals.some((one) => reachable(workflow, name).has(one)))
      .map(([name]) => `${name} is a dead end`),
    ...states.flatMap(([name, { waits = [] }]) =>
      waits
        .filter((action) => !workflow.steps[action]?.from.includes(name))
        .map((action) => `${name} waits for ${action}, which does not start there`),
    ),
    ...Object.entries(workflow.steps).flatMap(([action, { clause }]) =>
      clause && !findClause(clause) ? [`${action} cites ${clause}, which no clause bears`] : [],
    ),
    ...Object.entries(workflow.steps).flatMap(([action, step]) =>
      [...step.from, ...targets(step, null)]
        .filter((state) => state !== null && !workflow.states[state])
        .map((state) => `${action} names ${state}, which is no state`),
    ),
    ...Object.entries(workflow.steps).flatMap(([action, step]) =>
      Array.isArray(step.to) && !step.settle ? [`${action} has several ends and does not settle`] : [],
    ),
  ]
}

describe.each(workflows.map((workflow) => [workflow.name, workflow] as const))('%s', (name, workflow) => {
  test('the table has no fault', () => expect(faultsOf(workflow)).toEqual([]))
  test('docs/workflows shows it as it is (npm run print)', () => {
    const file = `docs/workflows/${name}.md`
    expect(existsSync(file), `${file} is missing`).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(printWorkflow(workflow))
  })
})

test('the list holds every workflow that a room carries out', () => {
  expect(
    workflowsOf(rooms)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(workflows.map(({ name }) => name).sort())
})

test('a faulty table is found out', () => {
  const step = stepOf<'a' | 'b' | 'c' | 'end', { id: string; state: 'a' | 'b' | 'c' | 'end' | null }>()
  const faulty = defineWorkflow<'a' | 'b' | 'c' | 'end', { id: string; state: 'a' | 'b' | 'c' | 'end' | null }>()({
    name: 'faulty',
    title: '有错的表',
    states: {
      a: { label: 'A', waits: ['late'] },
      b: { label: 'B' },
      c: { label: 'C' },
      end: { label: '完', final: true },
    },
    steps: {
      open: step({ label: '开', from: [null], to: 'a', by: ['chief'], clause: 'no.such', input: z.object({}) }),
      stick: step({ label: '卡', from: ['a'], to: 'b', by: ['chief'], input: z.object({}) }),
      finish: step({ label: '完', from: ['a'], to: ['end', 'b'], by: ['chief'], input: z.object({}) }),
      late: step({ label: '迟', from: ['b'], to: 'stay', by: ['chief'], input: z.object({}) }),
    },
    head: () => ({
      number: null,
      title: '',
      projectId: null,
      subjects: [],
      parties: [],
      reach: [],
      due: null,
      tier: 'calm',
      timers: [],
      words: [],
    }),
  })
  expect(faultsOf(faulty as unknown as AnyWorkflow)).toEqual([
    'c is never reached',
    'b is a dead end',
    'c is a dead end',
    'a waits for late, which does not start there',
    'open cites no.such, which no clause bears',
    'finish has several ends and does not settle',
  ])
})
