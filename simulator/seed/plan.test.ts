import { addDays, daysBetween, isWorkday } from '@plumbline/core/kit'
import { calendarOf } from '@plumbline/core/law'
import { describe, expect, test } from 'vitest'
import { makeCounty } from '../county/index.ts'
import { hours } from './courses.ts'
import { foundAt } from './inspect.ts'
import { acceptances, planHistory } from './plan.ts'

const calendar = calendarOf()
const counties = [
  makeCounty(7, '2026-11-20'),
  makeCounty(8, '2026-11-20'),
  makeCounty(7, '2026-11-23'),
  makeCounty(7, '2026-10-09'),
]

describe.each(counties)('the history of the county of seed $seed on $today', (county) => {
  const history = planHistory(county)
  const orders = history.flatMap((visit) => visit.orders.map((order) => ({ visit, order })))

  test('nothing happens today or later', () => {
    const days = [...history.map(({ day }) => day), ...orders.flatMap(({ order }) => order.deeds.map(({ day }) => day))]
    expect(days.filter((day) => day >= county.today)).toEqual([])
    expect(days.filter((day) => day <= addDays(county.today, -42))).toEqual([])
  })

  test('nobody is visited before his works begin', () => {
    expect(history.filter(({ day, project }) => day <= project.startDay)).toEqual([])
  })

  test('deeds of a notice follow one another, after its service', () => {
    for (const { visit, order } of orders) {
      const times = [
        `${visit.day} ${hours[visit.hour + 1]}`,
        ...order.deeds.map(({ day, hour }) => `${day} ${hours[hour]}`),
      ]
      expect(new Set(times).size).toBe(times.length)
      expect(times).toEqual(times.toSorted())
    }
  })

  test('the bureau works on working days', () => {
    const bureau = ['review', 'extend', 'order_visit', 'visit', 'withdraw', 'resume']
    const days = [
      ...history.map(({ day }) => day),
      ...orders.flatMap(({ order }) =>
        order.deeds.filter(({ deed }) => bureau.includes(deed.do)).map(({ day }) => day),
      ),
    ]
    expect(days.filter((day) => !isWorkday(day, calendar))).toEqual([])
  })

  test('two notices were never answered whole for fifteen days, and the main site has none open', () => {
    const owed = orders.filter(
      ({ visit, order }) =>
        ['silent', 'half', 'stopped'].includes(order.course) && daysBetween(visit.day, county.today) >= 15,
    )
    const { apartments, school, sewageWorks } = county.demo.projects
    expect(owed.map(({ visit }) => visit.project.key).sort()).toEqual([apartments, school].sort())
    const main = orders.filter(({ visit }) => visit.project.key === sewageWorks)
    expect(main.map(({ order }) => order.deeds.at(-1)?.deed.do)).toEqual(['review'])
  })

  test('every notice has findings of its own, and no two findings share an id', () => {
    const ids = history.flatMap((visit) => foundAt(county.seed, visit).map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
    for (const { visit, order } of orders)
      expect(foundAt(county.seed, visit).filter(({ unit }) => unit === order.unit).length).toBeGreaterThan(0)
  })

  test('sites that ask for acceptance were not inspected of late', () => {
    const asking = acceptances(county).map(({ project }) => project.key)
    expect(asking).toHaveLength(3)
    expect(history.filter(({ project }) => asking.includes(project.key))).toEqual([])
  })

  test('the same county has the same history', () => {
    expect(planHistory(makeCounty(county.seed, county.today))).toEqual(history)
  })
})
