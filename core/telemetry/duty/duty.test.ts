import { expect, test } from 'vitest'
import { lawOn } from '../../law/index.ts'
import { dutyDay, onDuty, type Roster } from './roster.ts'
import { hasRoom, tellees } from './tellees.ts'

const law = lawOn('2026-11-20', '990421')
const at = (text: string) => Date.parse(`${text}+08:00`)
const person = (last: string) => `00000000-0000-4000-8000-0000000000${last}`

// 2026-11-20 is a Friday.
test('office hours have no duty; a night belongs to the day on which it begins', () => {
  expect(dutyDay(law, at('2026-11-20T08:00:00'))).toBeNull()
  expect(dutyDay(law, at('2026-11-20T17:59:59'))).toBeNull()
  expect(dutyDay(law, at('2026-11-20T18:00:00'))).toBe('2026-11-20')
  expect(dutyDay(law, at('2026-11-20T23:59:59'))).toBe('2026-11-20')
  expect(dutyDay(law, at('2026-11-21T00:00:00'))).toBe('2026-11-20')
  expect(dutyDay(law, at('2026-11-21T07:59:59'))).toBe('2026-11-20')
})

test('the officer of the night is found by the weekday; nobody set is nobody', () => {
  const nights: Roster['nights'] = [null, null, null, null, null, { personId: person('05'), name: '周若溪' }, null]
  expect(onDuty(undefined, law, at('2026-11-20T23:00:00'))).toBeNull()
  expect(onDuty({ nights }, law, at('2026-11-20T12:00:00'))).toBeNull()
  expect(onDuty({ nights }, law, at('2026-11-21T03:00:00'))?.name).toBe('周若溪')
  expect(onDuty({ nights }, law, at('2026-11-21T20:00:00'))).toBeNull()
})

const post = (capacity: 'project_manager' | 'safety_officer' | 'chief_engineer' | 'owner_rep', last: string) => ({
  ...{ capacity, orgId: person('90'), personId: person(last), name: '', phone: '' },
})
const officer = (last: string) => ({ personId: person(last), name: '', lead: false, since: '2026-01-01T00:00:00.000Z' })
const project = {
  district: '990421001',
  officers: [officer('01'), officer('02')],
  posts: [
    post('project_manager', '11'),
    post('safety_officer', '12'),
    post('chief_engineer', '13'),
    post('owner_rep', '14'),
  ],
}
const keys = (told: ReturnType<typeof tellees>) => told.map(({ key, side }) => `${side} ${key.slice(-2)}`)

test('a warning goes to those assigned and the manager, never to the owner; red to safety officer and engineer too', () => {
  expect(keys(tellees(project, 'warn', null))).toEqual(['bureau 01', 'bureau 02', 'site 11'])
  expect(keys(tellees(project, 'alarm', null))).toEqual(['bureau 01', 'bureau 02', 'site 11', 'site 12', 'site 13'])
})

test('at night the officer on duty is told in the place of those assigned', () => {
  expect(keys(tellees(project, 'warn', { personId: person('07'), name: '' }))).toEqual(['bureau 07', 'site 11'])
})

test('a project without officers is the county’s; who holds two posts is told once', () => {
  expect(tellees({ ...project, officers: [] }, 'warn', null)[0]).toEqual({
    key: 'd:990421',
    side: 'bureau',
    personId: null,
  })
  const twice = { ...project, posts: [post('project_manager', '11'), post('safety_officer', '11')] }
  expect(keys(tellees(twice, 'alarm', null))).toEqual(['bureau 01', 'bureau 02', 'site 11'])
})

test('the last place of the day is the digest’s; red goes through', () => {
  expect([0, 8, 9, 10].map((told) => hasRoom(told, 'warn', 10))).toEqual([true, true, false, false])
  expect(hasRoom(99, 'alarm', 10)).toBe(true)
})
