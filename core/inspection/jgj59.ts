import type { Law } from '../law/index.ts'
import { type CheckTable, findCheckTable, jgj59Tables, summaryItems, type SummaryKey } from './jgj59-tables.ts'

/** What the officers found at one item: 缺项 (not applicable on this site), or the sum of its deductions. */
export type Mark = { na: true } | { na?: false; deducted: number }

/** Marks by item code. A table of which no item is marked was not used. */
export type Marks = ReadonlyMap<string, Mark>

/** The thresholds of the standard, read from the law of the inspection's day. */
export interface ScoringRules {
  excellent: number
  qualified: number
  guaranteePass: number
  guaranteeFull: number
  /** With 保证项目 missing, test the ratio 40/60 instead of the sum 40. */
  byRatio: boolean
}

export const scoringRules = (law: Law): ScoringRules => ({
  excellent: law.number('jgj59.excellent'),
  qualified: law.number('jgj59.qualified'),
  guaranteePass: law.number('jgj59.guarantee_pass'),
  guaranteeFull: law.number('jgj59.guarantee_full'),
  byRatio: law.flag('jgj59.guarantee_by_ratio'),
})

export interface TableScore {
  table: string
  /** 0-100 after 缺项 are taken out. */
  score: number
  /** Points kept and points possible over the items checked, before a zero. */
  got: number
  full: number
  /** Why the whole table counts zero: an item code of the 保证项目 with no points left, or their sum. */
  zeroed: { by: 'item'; item: string } | { by: 'sum'; got: number; full: number } | null
}

export type Grade = 'excellent' | 'qualified' | 'unqualified'
export const gradeTitles: Record<Grade, string> = { excellent: '优良', qualified: '合格', unqualified: '不合格' }

/** Takes away what binary fractions add, so that a score of exactly 70 is not 69.99999999999999. */
const exact = (score: number): number => Number(score.toFixed(9))

/** The items of the tables in use that nobody has marked yet; scoring needs all of them. */
export const unmarkedItems = (tables: readonly CheckTable[], marks: Marks): string[] =>
  tables.flatMap((table) => table.items.filter((item) => !marks.has(item.code)).map((item) => item.code))

/**
 * One table's score, or null when every item is 缺项.
 * Throws RangeError for an unmarked item or a deduction that is no number at or above zero; callers list `unmarkedItems` first.
 */
export function scoreTable(table: CheckTable, marks: Marks, rules: ScoringRules): TableScore | null {
  const checked = table.items.flatMap((item) => {
    const mark = marks.get(item.code)
    if (!mark) throw new RangeError(`item ${item.code} is not marked`)
    if (mark.na) return []
    if (!(mark.deducted >= 0)) throw new RangeError(`item ${item.code}: ${mark.deducted} is no deduction`)
    // clause jgj59.scoring: deductions never exceed the points of the item
    return [{ ...item, got: Math.max(0, item.points - mark.deducted) }]
  })
  if (!checked.length) return null
  const { got, full } = total(checked)
  const guarantee = checked.filter((item) => item.guarantee)
  const zeroed = zeroedBy(guarantee, total(guarantee), rules)
  return { table: table.code, score: zeroed ? 0 : exact((got * 100) / full), got, full, zeroed }
}

const total = (items: readonly { got: number; points: number }[]) => ({
  got: exact(items.reduce((sum, item) => sum + item.got, 0)),
  full: items.reduce((sum, item) => sum + item.points, 0),
})

/** clause jgj59.scoring: a 保证项目 without points, or under 40 of 60 in all, zeroes the table. */
function zeroedBy(
  guarantee: readonly { code: string; got: number }[],
  { got, full }: { got: number; full: number },
  rules: ScoringRules,
): TableScore['zeroed'] {
  const empty = guarantee.find((item) => item.got === 0)
  if (empty) return { by: 'item', item: empty.code }
  if (!guarantee.length) return null // tables B.13 and B.19 have none
  const failed = rules.byRatio ? got * rules.guaranteeFull < full * rules.guaranteePass : got < rules.guaranteePass
  return failed ? { by: 'sum', got, full } : null
}

export interface Summary {
  /** The items checked, in the order of Appendix A. `score` is the mean of its tables, `points` its share of the weight. */
  rows: { key: SummaryKey; title: string; weight: number; tables: TableScore[]; score: number; points: number }[]
  total: number
  grade: Grade
}

/** The summary table, or null when nothing was checked. `scores` are the tables used, without those that are 缺项 whole. */
export function summarise(scores: readonly TableScore[], rules: ScoringRules): Summary | null {
  const rows = summaryItems.flatMap(({ key, title, weight }) => {
    const tables = scores.filter(({ table }) => summaryOf(table) === key)
    if (!tables.length) return []
    // several scaffolds, hoists or cranes: the arithmetic mean of their tables
    const score = exact(tables.reduce((sum, table) => sum + table.score, 0) / tables.length)
    return [{ key, title, weight, tables, score, points: exact((weight * score) / 100) }]
  })
  if (!rows.length) return null
  const weight = rows.reduce((sum, row) => sum + row.weight, 0)
  // 缺项 of the summary: what was reached over the weights of what was checked
  const total = exact((rows.reduce((sum, row) => sum + row.points, 0) * 100) / weight)
  return { rows, total, grade: gradeOf(total, scores, rules) }
}

function summaryOf(code: string): SummaryKey {
  const table = findCheckTable(code)
  if (!table) throw new RangeError(`no table ${code}`)
  return table.summary
}

/** clause jgj59.grades: a table without points is 不合格 whatever the total. */
function gradeOf(total: number, scores: readonly TableScore[], rules: ScoringRules): Grade {
  if (scores.some(({ score }) => score === 0) || total < rules.qualified) return 'unqualified'
  return total >= rules.excellent ? 'excellent' : 'qualified'
}

/** All tables that carry marks, scored and summed: what a record shows. Throws as `scoreTable` does. */
export function scoreAll(marks: Marks, rules: ScoringRules): { scores: TableScore[]; summary: Summary | null } {
  const used = jgj59Tables.filter((table) => table.items.some((item) => marks.has(item.code)))
  const scores = used.flatMap((table) => scoreTable(table, marks, rules) ?? [])
  return { scores, summary: summarise(scores, rules) }
}
