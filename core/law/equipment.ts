import type { Law } from './law.ts'
import type { RuleCode } from './rules/index.ts'

/** What decides whether a project must be equipped. Areas in ㎡, cost in 万元; null where not known. */
export interface EquipmentFacts {
  /** 房屋建筑工程（含工业厂房）, or 市政等建设项目, which is everything else. */
  works: 'building' | 'municipal'
  area: number | null
  cost: number | null
  /** 重点建设的公建项目，国家、省、市重点投资的项目. */
  keyProject: boolean
  /** 申报创建建筑安全标准化工地. */
  standardSite: boolean
  /** 行政主管部门认为必须安装. */
  designated: boolean
  /** The site lies in the 国家高新区. */
  inZone: boolean
}

export type Duty = 'video' | 'attendance' | 'dust'
export type Criterion =
  | 'building_area'
  | 'municipal_cost'
  | 'key_project'
  | 'standard_site'
  | 'designated'
  | 'zone_area'

/** 以上 includes the figure itself. */
const atLeast = (size: number | null, least: unknown): boolean =>
  size !== null && typeof least === 'number' && size >= least

/** The criteria in the order in which they are cited: what can be measured first. */
const criteria: readonly {
  criterion: Criterion
  rule: RuleCode
  met: (facts: EquipmentFacts, value: unknown) => boolean
}[] = [
  {
    criterion: 'building_area',
    rule: 'equipment.building_area',
    met: (facts, least) => facts.works === 'building' && atLeast(facts.area, least),
  },
  {
    criterion: 'municipal_cost',
    rule: 'equipment.municipal_cost',
    met: (facts, least) => facts.works === 'municipal' && atLeast(facts.cost, least),
  },
  { criterion: 'key_project', rule: 'equipment.key_project', met: (facts, on) => on === true && facts.keyProject },
  {
    criterion: 'standard_site',
    rule: 'equipment.standard_site',
    met: (facts, on) => on === true && facts.standardSite,
  },
  { criterion: 'designated', rule: 'equipment.designated', met: (facts, on) => on === true && facts.designated },
  {
    criterion: 'zone_area',
    rule: 'equipment.zone_area',
    met: (facts, least) => facts.works === 'building' && facts.inZone && atLeast(facts.area, least),
  },
]

const duties: readonly { duty: Duty; rule: RuleCode }[] = [
  { duty: 'video', rule: 'equipment.duty.video' },
  { duty: 'attendance', rule: 'equipment.duty.attendance' },
  { duty: 'dust', rule: 'equipment.duty.dust' },
]

/** Every criterion that a project meets, with its clause. Empty where the law of its day knows no such duty. */
export function equipmentCriteria(facts: EquipmentFacts, law: Law): { criterion: Criterion; clause: string }[] {
  return criteria.flatMap(({ criterion, rule, met }) => {
    const standing = law.findRule(rule)
    return standing && met(facts, standing.value) ? [{ criterion, clause: standing.clause }] : []
  })
}

/**
 * What a project must install, each duty once, because of the first criterion it meets.
 * `law` is the law of the project's own day (the day its works begin, else the day it was registered):
 * the texts bind 新开工建设工程, so a later text does not reach back.
 */
export function equipmentDuties(facts: EquipmentFacts, law: Law): { duty: Duty; because: Criterion; clause: string }[] {
  const first = equipmentCriteria(facts, law)[0]
  if (!first) return []
  return duties
    .filter(({ rule }) => law.findRule(rule)?.value === true)
    .map(({ duty }) => ({ duty, because: first.criterion, clause: first.clause }))
}
