import type { Capacity, officers, projectPosts } from '@plumbline/core/access'
import type { Day, Point, Polygon } from '@plumbline/core/kit'

// What the generator gives. Keys such as 'org:contractor-03' are stable names, not database ids:
// whoever registers the county through the API keeps the map from key to id.

export type TeamKey = 'team:east' | 'team:west' | 'team:zone'

export interface Town {
  /** 9 digits below the county's region code. */
  code: string
  name: string
  kind: 'street' | 'town' | 'zone'
  /** 国家高新区: the area rule of features PRJ-19 holds inside this polygon. */
  hightechZone: boolean
  team: TeamKey
  polygon: Polygon
  /** Where the map writes the name. */
  label: Point
}

export interface Team {
  key: TeamKey
  name: string
  /** Town codes. */
  towns: string[]
}

export type OrgRole = 'group' | 'owner' | 'contractor' | 'supervision' | 'design' | 'survey' | 'testing'

export interface Org {
  key: string
  name: string
  short: string
  role: OrgRole
  uscc: string
  /** Key of the head group. */
  parent: string | null
  legalRepresentative: string
  address: string
  phone: string
}

export interface Person {
  key: string
  name: string
  sex: '男' | '女'
  idNumber: string
  phone: string
}

export interface Officer {
  person: string
  capacity: (typeof officers)[number]
  team: TeamKey | null
  /** 行政执法证号 */
  certificate: string
}

/** Somebody who answers for a whole enterprise: its 法定代表人, or the head office of a group. */
export interface OrgPost {
  person: string
  org: string
  capacity: Extract<Capacity, 'company'>
  title: '法定代表人' | '集团安全总监'
}

export interface SitePost {
  person: string
  org: string
  project: string
  capacity: (typeof projectPosts)[number]
}

export type Sector = 'building' | 'municipal' | 'housing' | 'industrial' | 'water' | 'transport' | 'landscape'
export type Stage = 'foundation' | 'structure' | 'fitout' | 'completion'
export type ClassTag = 'first_class' | 'standard_site' | 'key_public' | 'key_investment' | 'designated'
export type PartyRole = Exclude<OrgRole, 'group'>

export interface Project {
  key: string
  code: string
  name: string
  address: string
  /** Town code. */
  town: string
  point: Point
  sector: Sector
  /** 类别, in Chinese. */
  category: string
  /** ㎡ of building; null for works without a building: roads, rivers, greenery. */
  area: number | null
  /** 万元 */
  cost: number
  stage: Stage
  tags: ClassTag[]
  /** Org keys. */
  parties: Record<PartyRole, string>
  /** The person to call. */
  contact: string
  startDay: Day
  /** Null where another authority permits the works: 水利 and 交通. */
  permitNo: string | null
}

export interface DemoPeople {
  inspector: string
  secondInspector: string
  neighbourInspector: string
  chief: string
  clerk: string
  leader: string
  admin: string
  projectManager: string
  safetyOfficer: string
  chiefEngineer: string
  ownerRepresentative: string
  headOffice: string
  citizen: string
}

export interface DemoProjects {
  /** 城东污水厂扩建工程: projectManager, safetyOfficer and ownerRepresentative of the demo people work here. */
  sewageWorks: string
  /** 禾丰路人才公寓二期 */
  apartments: string
  /** 云禾里花园 */
  garden: string
  /** 青禾一中体育馆 */
  gymnasium: string
  /** 云桥小学迁建工程 */
  school: string
}

export interface County {
  seed: number
  /** The legal day on which the county is seen; all other days are told from it. */
  today: Day
  region: string
  name: string
  authority: string
  outline: Polygon
  towns: Town[]
  teams: Team[]
  orgs: Org[]
  people: Person[]
  officers: Officer[]
  orgPosts: OrgPost[]
  projects: Project[]
  sitePosts: SitePost[]
  demo: { people: DemoPeople; projects: DemoProjects }
}

export const sectorLabels: Record<Sector, string> = {
  building: '房建',
  municipal: '市政',
  housing: '保障性住房',
  industrial: '产业园区',
  water: '水利',
  transport: '交通',
  landscape: '园林',
}

export const stageLabels: Record<Stage, string> = {
  foundation: '基础',
  structure: '主体',
  fitout: '装饰',
  completion: '收尾',
}
