import type { Day } from '@plumbline/core/kit'
import type { ClassTag, DemoProjects, Sector, Stage } from './schema.ts'

/** A site whose facts are told, not drawn. Org keys are given where the story needs them. */
export interface Told {
  demo?: keyof DemoProjects
  name: string
  /** Name of the town. */
  town: string
  address: string
  sector: Sector
  category: string
  area: number | null
  cost: number
  stage: Stage
  tags: ClassTag[]
  /** Days before the county's today, or a day. */
  started: number | Day
  owner: string
  contractor?: string
  supervision?: string
}

/** The sites that the drawings and the story of features.md part D call by name. */
const storySites: Told[] = [
  {
    demo: 'sewageWorks',
    name: '城东污水厂扩建工程',
    town: '城东街道',
    address: '城东街道滨河东路88号',
    sector: 'municipal',
    category: '污水处理',
    area: 8640,
    cost: 12_600,
    stage: 'structure',
    tags: ['first_class', 'key_investment'],
    started: 236,
    owner: 'org:owner-01',
    contractor: 'org:contractor-01',
    supervision: 'org:supervision-01',
  },
  {
    demo: 'apartments',
    name: '禾丰路人才公寓二期',
    town: '禾丰街道',
    address: '禾丰街道禾丰路与文苑路交叉口东北侧',
    sector: 'housing',
    category: '人才公寓',
    area: 46_200,
    cost: 17_800,
    stage: 'structure',
    tags: ['first_class', 'standard_site'],
    started: 318,
    owner: 'org:owner-02',
    contractor: 'org:contractor-01',
    supervision: 'org:supervision-01',
  },
  {
    demo: 'garden',
    name: '云禾里花园',
    town: '云桥镇',
    address: '云桥镇云桥大道以南、禾里路以西',
    sector: 'building',
    category: '住宅',
    area: 83_500,
    cost: 31_400,
    stage: 'foundation',
    tags: ['first_class'],
    started: 121,
    owner: 'org:owner-03',
    contractor: 'org:contractor-01',
    supervision: 'org:supervision-01',
  },
  {
    demo: 'gymnasium',
    name: '青禾一中体育馆',
    town: '禾丰街道',
    address: '禾丰街道文苑路15号',
    sector: 'building',
    category: '教育建筑',
    area: 9870,
    cost: 5260,
    stage: 'structure',
    tags: ['key_public'],
    started: 203,
    owner: 'org:owner-04',
    contractor: 'org:contractor-04',
    supervision: 'org:supervision-02',
  },
  {
    demo: 'school',
    name: '云桥小学迁建工程',
    town: '云桥镇',
    address: '云桥镇桥东路6号',
    sector: 'building',
    category: '教育建筑',
    area: 21_300,
    cost: 9100,
    stage: 'fitout',
    tags: ['key_public', 'standard_site'],
    started: 402,
    owner: 'org:owner-04',
    contractor: 'org:contractor-07',
    supervision: 'org:supervision-02',
  },
]

type Edge = readonly [
  name: string,
  town: string,
  sector: Sector,
  category: string,
  area: number | null,
  cost: number,
  owner: string,
  started?: Day,
]

/** One site on each side of every boundary of the equipment rules (features PRJ-18, PRJ-19), so that a reader can try them. */
const edges: Edge[] = [
  ['石泾镇邻里中心', '石泾镇', 'building', '公共建筑', 4999, 1840, 'org:owner-06'],
  ['望溪镇综合文化站', '望溪镇', 'building', '公共建筑', 5000, 1920, 'org:owner-06'],
  ['桑园镇农贸市场改建工程', '桑园镇', 'building', '商业建筑', 3200, 980, 'org:owner-19'],
  ['柳浦老街雨污分流工程', '柳浦镇', 'municipal', '管网', null, 1999, 'org:owner-08'],
  ['南塘大街拓宽工程', '南塘镇', 'municipal', '市政道路', null, 2000, 'org:owner-08'],
  ['高新区创业路微型消防站', '高新区', 'building', '公共建筑', 1999, 760, 'org:owner-11'],
  ['高新区人才服务中心', '高新区', 'building', '公共建筑', 2000, 810, 'org:owner-11'],
  ['禾芯半导体中试车间', '高新区', 'industrial', '厂房', 3200, 1450, 'org:owner-20'],
  ['澄光新材研发楼', '高新区', 'industrial', '研发楼', 4999, 2310, 'org:owner-21'],
  ['高新产业园三期标准厂房', '高新区', 'industrial', '厂房', 5000, 1780, 'org:owner-12'],
  // Begun before the zone's own rule of 2019: judged by the law of its day, it stays free of it.
  ['远帆装备装配车间续建工程', '高新区', 'industrial', '厂房', 3600, 1390, 'org:owner-24', '2018-09-03'],
]

const boundarySites: Told[] = edges.map(([name, town, sector, category, area, cost, owner, started], i) => ({
  name,
  town,
  address: area === null ? `${town}${name.slice(0, 4)}沿线` : `${town}工业路${12 + i * 9}号`,
  sector,
  category,
  area,
  cost,
  stage: started ? 'completion' : 'structure',
  tags: [],
  started: started ?? 96 + i * 13,
  owner,
}))

export const toldSites: readonly Told[] = [...storySites, ...boundarySites]
