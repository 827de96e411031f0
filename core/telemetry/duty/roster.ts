import { z } from 'zod'
import { type Capacity, districtKeys, personKey } from '../../access/index.ts'
import { addDays, type Day, dayOf, weekdayOf } from '../../kit/index.ts'
import type { Law } from '../../law/index.ts'
import { defineWorkflow, stepOf } from '../../workflow/index.ts'
import { inHours } from '../limits.ts'

/** Who is told at night, or null where nobody is set and the officers assigned are told as by day. */
export const DutyNight = z.object({ personId: z.uuid(), name: z.string() }).nullable()
export type DutyNight = z.infer<typeof DutyNight>

/** 值班表 of a station: seven nights, Sunday first, each from the evening of that day to the next morning. */
export const Roster = z.object({
  id: z.uuid(),
  state: z.enum(['kept']).nullable(),
  region: z.string(),
  nights: z.array(DutyNight).length(7),
})
export type Roster = z.infer<typeof Roster>

export const weekdayNames = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const

const step = stepOf<'kept', Roster>()

export const rosterWorkflow = defineWorkflow<'kept', Roster>()({
  name: 'roster',
  title: '夜间值班表',
  states: { kept: { label: '执行中', final: true } },
  steps: {
    set: step({
      label: '编排值班',
      clause: 'house.alarm',
      from: [null, 'kept'],
      to: 'kept',
      by: ['chief'] satisfies Capacity[],
      // The names are filled in from the register by the room.
      input: z.object({ nights: z.array(z.uuid().nullable()).length(7) }),
      apply: ({ record, input }) => ({
        ...record,
        nights: input.nights.map((personId) => (personId === null ? null : { personId, name: '' })),
      }),
    }),
  },
  head: ({ region, nights }) => ({
    number: null,
    title: '夜间值班表',
    projectId: null,
    subjects: [],
    parties: [],
    reach: [...districtKeys(region), ...nights.flatMap((night) => (night ? [personKey(night.personId)] : []))],
    due: null,
    tier: 'calm',
    timers: [],
    words: [],
  }),
})

/** The day to whose night an instant (milliseconds) belongs, or null in office hours. */
export function dutyDay(law: Law, at: number): Day | null {
  const [begins, ends] = [law.number('alarm.duty_begins'), law.number('alarm.duty_ends')]
  if (!inHours(at, begins, ends)) return null
  const today = dayOf(new Date(at))
  return inHours(at, 0, ends) ? addDays(today, -1) : today
}

/** The officer on duty at an instant (milliseconds); null in office hours, and where nobody is set. */
export function onDuty(roster: Pick<Roster, 'nights'> | undefined, law: Law, at: number): DutyNight {
  const day = dutyDay(law, at)
  return day === null ? null : (roster?.nights[weekdayOf(day)] ?? null)
}
