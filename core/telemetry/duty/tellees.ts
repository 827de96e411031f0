import { districtKey, type Key, personKey } from '../../access/index.ts'
import type { Project } from '../../project/index.ts'
import type { AlarmLevel } from '../watch.ts'
import type { DutyNight } from './roster.ts'

/** Whom a message goes to, and on which side he stands: unread, it goes up to those above him. */
export interface Tellee {
  key: Key
  side: 'bureau' | 'site'
  /** Set where it is one person, whose day has a budget. */
  personId: string | null
}

type Told = Pick<Project, 'district' | 'officers' | 'posts'>

const person =
  (side: Tellee['side']) =>
  (personId: string): Tellee => ({ key: personKey(personId), side, personId })

/** Officers who reach the whole county: the station chief and those above. */
export const countyKey = ({ district }: Pick<Project, 'district'>): Key => districtKey(district.slice(0, 6))

/**
 * 属地住建部门和项目负责人 (ENV-05): the officers assigned, or at night the one on duty (ENV-15), and the project manager.
 * Red goes to the site's safety officer and chief supervising engineer too.
 */
export function tellees(project: Told, level: AlarmLevel, duty: DutyNight): Tellee[] {
  const officers = duty ? [duty] : project.officers
  const bureau: Tellee[] =
    officers.length > 0
      ? officers.map(({ personId }) => personId).map(person('bureau'))
      : [{ key: countyKey(project), side: 'bureau', personId: null }]
  const posts = ['project_manager', ...(level === 'alarm' ? ['safety_officer', 'chief_engineer'] : [])]
  const site = project.posts.filter(({ capacity }) => posts.includes(capacity)).map(({ personId }) => personId)
  const all = [...bureau, ...site.map(person('site'))]
  // One person, one message, whatever posts he holds.
  return all.filter(({ key }, at) => all.findIndex((one) => one.key === key) === at)
}

/**
 * Whether a warning still goes to a person by itself. The last message of his day's budget is left for the digest that
 * names the rest; red goes through whatever was told.
 */
export const hasRoom = (told: number, level: AlarmLevel, budget: number): boolean =>
  level === 'alarm' || told < budget - 1
