import type { InspectionKind } from '@plumbline/core/inspection'
import { addDays, type Day, daysBetween, isWorkday } from '@plumbline/core/kit'
import { calendarOf } from '@plumbline/core/law'
import type { NoticeKind } from '@plumbline/core/rectification'
import { type County, type Project, type Random, random } from '../county/index.ts'
import { type Course, type Dated, dateCourse } from './courses.ts'
import { type Fault, type FaultKey, faults } from './faults.ts'
import { officersOf } from './sites.ts'

export interface Order {
  key: string
  unit: 'contractor' | 'supervision'
  kind: NoticeKind
  course: Course
  deeds: Dated[]
}

export interface Visit {
  key: string
  project: Project
  day: Day
  /** Place in `hours` of the visit; its notices are served at the next. */
  hour: 0 | 2
  kind: InspectionKind
  template: 'jgj59' | 'dust' | 'fire' | 'quality'
  officers: [lead: string, second: string]
  faults: FaultKey[]
  orders: Order[]
}

const calendar = calendarOf()
const isOpen = (day: Day): boolean => isWorkday(day, calendar)
const working = { add: addDays, open: isOpen }

/** The working day at or before the one that lies `age` days before today. */
export function workdayBefore(today: Day, age: number): Day {
  let day = addDays(today, -age)
  while (!isOpen(day)) day = addDays(day, -1)
  return day
}

/** How many days ago the first visits were. */
const oldest = 39

type Draft = Pick<Visit, 'project' | 'day' | 'kind' | 'template' | 'faults'> & { course: Course | null; stop?: true }

/** The visits that the drawings and the story know: the locked site, the one that waits for review, those whose works were stopped. */
function toldVisits({ today, projects, demo }: County, dice: Random): Draft[] {
  const of = (key: string) => projects.find((one) => one.key === key)!
  const visit = (key: string, age: number, course: Course | null, found: FaultKey[]): Draft => ({
    project: of(key),
    day: workdayBefore(today, age),
    kind: 'routine',
    template: 'jgj59',
    faults: found,
    course,
  })
  const { sewageWorks, apartments, garden, gymnasium, school } = demo.projects
  const begun = addDays(today, -oldest)
  const pits = projects.filter(
    ({ key, stage, startDay }) =>
      stage === 'foundation' && startDay < begun && !Object.values(demo.projects).includes(key),
  )
  const draw = () => pits.splice(dice.int(0, pits.length - 1), 1)[0]!.key
  const [standing, resumed, wronged] = [draw(), draw(), draw()]
  return [
    visit(sewageWorks, 26, 'prompt', ['railing', 'passage']),
    { ...visit(sewageWorks, 12, null, []), template: 'dust', kind: 'special' },
    visit(apartments, 17, 'half', ['edge', 'opening', 'passage', 'switchbox']),
    visit(garden, 8, 'waiting', ['pitEdge', 'pitWater']),
    visit(school, 16, 'silent', ['switchbox', 'helmets']),
    visit(gymnasium, 9, 'silent', ['passage', 'switchbox']),
    visit(wronged, 23, 'withdrawn', ['switchbox']),
    { ...visit(resumed, 27, 'resumed', ['pitWall']), stop: true },
    { ...visit(standing, 4, 'stopped', ['pitWall', 'pitWater']), stop: true },
  ]
}

/** How long ago a visit was decides how far its notices can have come, so that today some stand on every rung. */
const coursesByAge: { least: number; weights: [Course, number][] }[] = [
  {
    least: 21,
    weights: [
      ['prompt', 10],
      ['returned', 3],
      ['unconvinced', 2],
      ['visited', 2],
      ['extended', 2],
      ['slow', 2],
      ['withdrawn', 1],
    ],
  },
  {
    least: 14,
    weights: [
      ['prompt', 8],
      ['returned', 2],
      ['unconvinced', 2],
      ['visited', 1],
    ],
  },
  {
    least: 7,
    weights: [
      ['prompt', 5],
      ['waiting', 3],
      ['silent', 3],
    ],
  },
  {
    least: 1,
    weights: [
      ['prompt', 5],
      ['silent', 5],
      ['waiting', 3],
      ['returned', 2],
    ],
  },
]

function drawFaults({ stage, sector }: Project, dice: Random): Pick<Draft, 'template' | 'faults'> {
  const template = dice.chance(0.2) ? 'dust' : 'jgj59'
  const all = Object.keys(faults) as FaultKey[]
  const met = all.filter((key) => {
    const { template: of, severity, stages, sectors }: Fault = faults[key]
    return of === template && severity !== 'imminent' && stages.includes(stage) && (sectors?.includes(sector) ?? true)
  })
  const wanted = Math.min(
    met.length,
    dice.weighted([
      [1, 4],
      [2, 4],
      [3, 2],
    ] as const),
  )
  const found = new Set<FaultKey>()
  while (found.size < wanted) found.add(dice.pick(met))
  return { template, faults: [...found] }
}

/** How many visits a working day sees; in the last weeks the station is amid its autumn campaign. */
const visitsADay = (age: number): number => (age > 13 ? 1 : age > 6 ? 2 : 5)

function drawnVisits({ today, projects, demo }: County, taken: readonly Project[], dice: Random): Draft[] {
  const days = Array.from({ length: oldest }, (_, i) => addDays(today, i - oldest)).filter(isOpen)
  const visited = new Set([...taken, ...projects.filter(({ key }) => Object.values(demo.projects).includes(key))])
  const visits = days.flatMap((day) => Array.from({ length: visitsADay(daysBetween(day, today)) }, () => day))
  return visits.map((day): Draft => {
    const age = daysBetween(day, today)
    const project = dice.pick(
      projects.filter((one) => !visited.has(one) && one.startDay < addDays(day, -6) && one.stage !== 'completion'),
    )
    visited.add(project)
    const kind = dice.weighted<InspectionKind>([
      ['routine', 7],
      ['random', 3],
    ])
    if (dice.chance(0.1))
      return { project, day, kind, template: dice.pick(['fire', 'quality', 'dust']), faults: [], course: null }
    const course = dice.weighted(coursesByAge.find(({ least }) => age >= least)!.weights)
    return { project, day, kind, ...drawFaults(project, dice), course }
  })
}

/** What becomes of an application for joint acceptance: the last one waits for the clerk. */
export type Fate = 'accepted' | 'returned' | 'submitted'

/** Sites that are done and ask for their joint acceptance; no inspector has been there of late. */
export const acceptances = ({ projects }: County): { project: Project; fate: Fate }[] => {
  const done = projects.filter(({ stage }) => stage === 'completion')
  return (['accepted', 'returned', 'submitted'] as const).flatMap((fate, at) => {
    const project = done.at(-1 - at)
    return project ? [{ project, fate }] : []
  })
}

/**
 * The history of the county: who visits which site when, what he finds, what becomes of each notice. Pure: the same county
 * gives the same history. No figure of today is written here; each follows from what was and was not done.
 */
export function planHistory(county: County): Visit[] {
  const dice = random(county.seed, 'history')
  const told = toldVisits(county, dice)
  const drawn = drawnVisits(
    county,
    [...told.map(({ project }) => project), ...acceptances(county).map(({ project }) => project)],
    dice,
  )
  const drafts = [...told, ...drawn].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return drafts.map((draft, at) => schedule(county, draft, `visit:${String(at + 1).padStart(3, '0')}`, dice))
}

function schedule(county: County, { course, stop, ...draft }: Draft, key: string, dice: Random): Visit {
  const hour = dice.pick([0, 2] as const)
  const order = (unit: Order['unit'], kind: NoticeKind, way: Course): Order => ({
    key: `${key}/${unit}`,
    unit,
    kind,
    course: way,
    deeds: dateCourse(way, { day: draft.day, hour: hour + 1 }, working, dice).filter(({ day }) => day < county.today),
  })
  const isDemo = Object.values(county.demo.projects).includes(draft.project.key)
  const alsoSupervision = course !== null && !stop && !isDemo && draft.template === 'jgj59' && dice.chance(0.2)
  return {
    ...draft,
    key,
    hour,
    officers: officersOf(county, draft.project),
    orders: [
      ...(course ? [order('contractor', stop ? 'stop_whole' : 'correct', course)] : []),
      ...(alsoSupervision ? [order('supervision', 'correct', 'prompt')] : []),
    ],
  }
}
