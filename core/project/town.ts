import { z } from 'zod'
import { type Capacity, districtKeys } from '../access/index.ts'
import { inside, Point, Polygon } from '../kit/index.ts'
import { defineWorkflow, stepOf } from '../workflow/index.ts'

/** 镇街: its nine-digit code below the county's, and its drawn border. */
export const Town = z.object({
  code: z.string().regex(/^\d{9}$/),
  name: z.string().trim().min(2).max(40),
  polygon: Polygon,
  /** 国家高新区: the area rule of PRJ-19 holds inside. */
  hightechZone: z.boolean().default(false),
})
export type Town = z.infer<typeof Town>

export const Towns = z
  .array(Town)
  .min(1)
  .max(200)
  .refine((towns) => new Set(towns.map(({ code }) => code)).size === towns.length, 'town_code_twice')

export type Placed =
  | { ok: true; town: Town; inZone: boolean }
  | { ok: false; rule: 'town_unknown' | 'point_outside_town' }

/** Where a site lies: its town must exist and hold the point. The zone is told by its polygon, not by the town's name. */
export function placeSite(towns: readonly Town[], district: string, point: Point): Placed {
  const town = towns.find(({ code }) => code === district)
  if (!town) return { ok: false, rule: 'town_unknown' }
  if (!inside(point, town.polygon)) return { ok: false, rule: 'point_outside_town' }
  return { ok: true, town, inZone: towns.some((one) => one.hightechZone && inside(point, one.polygon)) }
}

/** The county's map is a record of its own, so that drawing it is an act like any other. */
export interface CountyRecord {
  id: string
  state: 'drawn' | null
  region: string
  towns: Town[]
}

const step = stepOf<'drawn', CountyRecord>()
const drawers = ['clerk', 'chief', 'admin', 'system'] as const satisfies readonly Capacity[]
const input = z.object({ towns: Towns })

export const countyWorkflow = defineWorkflow<'drawn', CountyRecord>()({
  name: 'county',
  title: '县域地图',
  states: { drawn: { label: '已绘制', final: true } },
  steps: {
    draw: step({
      label: '绘制镇街边界',
      from: [null, 'drawn'],
      to: 'drawn',
      by: drawers,
      input,
      guard: ({ record, input: { towns } }) =>
        towns.every(({ code }) => code.startsWith(record.region)) ? null : 'town_outside_county',
      apply: ({ record, input: { towns } }) => ({ ...record, towns }),
    }),
  },
  head: ({ region }) => ({
    number: null,
    title: '县域地图',
    projectId: null,
    subjects: [],
    parties: [],
    reach: [...districtKeys(region), 'everybody'],
    due: null,
    tier: 'calm',
    timers: [],
    words: [],
  }),
})
