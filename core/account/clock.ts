import { z } from 'zod'
import { appointable } from '../access/index.ts'
import { defineWorkflow, Instant, stepOf } from '../workflow/index.ts'

export interface ClockRecord {
  id: string
  state: 'running' | null
  region: string
}

const step = stepOf<'running', ClockRecord>()

/** The movable clock of a demo county. Officers and parties may play with it; a real county has none. */
export const clockWorkflow = defineWorkflow<'running', ClockRecord>()({
  name: 'clock',
  title: '演示时钟',
  states: { running: { label: '运行', final: true } },
  steps: {
    start: step({ label: '启用演示时钟', from: [null], to: 'running', by: ['system'], input: z.object({}) }),
    move: step({
      label: '拨快时钟',
      from: ['running'],
      to: 'stay',
      by: appointable,
      input: z.object({ to: Instant }),
      guard: ({ input, now }) => (input.to > now ? null : 'clock_only_forward'),
    }),
  },
  // Every signed-in person reaches it: it hides nothing.
  head: () => ({
    number: null,
    title: '演示时钟',
    projectId: null,
    subjects: [],
    parties: [],
    reach: ['d:', 'everybody'],
    due: null,
    tier: 'calm',
    timers: [],
    words: [],
  }),
})
