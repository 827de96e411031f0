import { citeClause, type Law } from '../law/index.ts'
import type { Broken } from '../workflow/index.ts'
import { deductionsFor } from './deductions.ts'
import { findCheckTable } from './jgj59-tables.ts'
import { type Mark, scoreAll, type ScoringRules, type Summary, unmarkedItems } from './jgj59.ts'
import type { Finding, Inspection, InspectionContent, InspectionUnit, Severity, Spot } from './schema.ts'
import { judgeSpot } from './spot.ts'
import { findTemplate, type Template } from './templates.ts'

/** A question of the form as the page draws it. */
export interface FormItem {
  code: string
  title: string
  /** null where the template has no points. */
  points: number | null
  /** 保证项目. */
  guarantee: boolean
  /** The text a finding at this item cites. */
  clause: string
}

/** One page of the form: a table of JGJ 59, or a section of a checklist. */
export interface FormSection {
  code: string
  title: string
  items: FormItem[]
}

type Chosen = Pick<Inspection, 'templateCode' | 'templateVersion' | 'tables'>

/** The template an inspection was begun on. Throws for one that was never shipped, which is a bug. */
export function getTemplate({ templateCode, templateVersion }: Omit<Chosen, 'tables'>): Template {
  const template = findTemplate(templateCode, templateVersion)
  if (!template) throw new RangeError(`no template ${templateCode} ${templateVersion}`)
  return template
}

/** The form of an inspection, in the order in which it is walked through. */
export function formOf(chosen: Chosen): FormSection[] {
  const template = getTemplate(chosen)
  if (template.form === 'scored')
    return template.tables
      .filter(({ code }) => chosen.tables.includes(code))
      .map(({ code, title, items }) => ({
        code,
        title,
        items: items.map((item) => ({ ...item, clause: `JGJ 59-2011 表 ${code} ${title} ${item.title}` })),
      }))
  return [...Map.groupBy(template.items, ({ section }) => section)].map(([title, items]) => ({
    code: items[0]!.code,
    title,
    items: items.map(({ code, text, clause }) => ({
      code,
      title: text,
      points: null,
      guarantee: false,
      clause: citeClause(clause),
    })),
  }))
}

export const itemsOf = (chosen: Chosen): FormItem[] => formOf(chosen).flatMap(({ items }) => items)

/** Days until a finding must be put right, by its severity; 0 is at once. */
export const termOf = (law: Law, severity: Severity): number => law.number(`rectification.term.${severity}`)

export const sayTerm = (days: number): string => (days === 0 ? '立即' : `${days} 日`)

const signed = (value: number) => (value > 0 ? `+${value}` : `${value}`)

/** A tolerance as standards print it: ±5, or -5，+8; where one side is free, which side it is that binds. */
export function sayTolerance({ lower, upper }: { lower: number | null; upper: number | null }): string {
  if (lower === null) return upper === null ? '' : `上偏差 ${signed(upper)}`
  if (upper === null) return `下偏差 ${signed(lower)}`
  return lower === -upper ? `±${upper}` : `${signed(lower)}，${signed(upper)}`
}

function spotFinding(spot: Spot, items: readonly FormItem[], unit: InspectionUnit, kept?: Finding): Finding {
  const { test } = spot
  const { readings, outOfTolerance } = judgeSpot(test)
  const out = outOfTolerance.map(({ place, value, deviation }) => `${place} ${value}（偏差 ${signed(deviation)}）`)
  return {
    severity: 'general',
    orgId: unit.orgId,
    requirement: '',
    photos: [],
    point: null,
    deductions: [],
    points: 0,
    ...kept,
    // The words follow the readings: what was measured is not for typing over.
    id: spot.id,
    spotId: spot.id,
    itemCode: spot.itemCode ?? '',
    itemName: items.find(({ code }) => code === spot.itemCode)?.title ?? test.quantity,
    text: `${test.part}${test.quantity}实测 ${readings.length} 点，超差 ${out.length} 点：${out.join('；')}；设计值 ${test.design} ${test.unit}，允许偏差 ${sayTolerance(test)}`.slice(
      0,
      500,
    ),
    clause: test.clause,
  }
}

type Filled = InspectionContent & Chosen & Pick<Inspection, 'units'>

/**
 * The findings with those that the spot tests entail: a test out of tolerance is a finding of its own, linked by its id, and it
 * goes when the readings are corrected.
 */
function withSpotFindings(record: Filled): Finding[] {
  const items = itemsOf(record)
  const unit = record.units.find(({ role }) => role === 'contractor') ?? record.units[0]
  const out = record.spots.filter(({ test }) => judgeSpot(test).outOfTolerance.length > 0)
  const own = record.findings.filter(({ spotId }) => spotId === null || out.some(({ id }) => id === spotId))
  const made = new Map(
    unit
      ? out.map((spot) => [
          spot.id,
          spotFinding(
            spot,
            items,
            unit,
            own.find(({ spotId }) => spotId === spot.id),
          ),
        ])
      : [],
  )
  const kept = own.map((finding) => (finding.spotId ? (made.get(finding.spotId) ?? finding) : finding))
  const fresh = [...made.values()].filter(({ id }) => !own.some(({ spotId }) => spotId === id))
  return [...kept, ...fresh]
}

/** Points by item, its findings' deductions taken in order; or the first fault, with the item's name. */
function takePoints(findings: readonly Finding[]): { points: Map<string, number> } | Broken {
  const points = new Map<string, number>()
  for (const [itemCode, some] of Map.groupBy(findings, (finding) => finding.itemCode)) {
    const asks = some.flatMap(({ deductions }) => deductions)
    if (asks.length === 0) continue
    const taken = deductionsFor(itemCode, asks)
    if ('fault' in taken) return { rule: taken.fault, detail: { items: [some[0]!.itemName] } }
    let at = 0
    for (const { id, deductions } of some) {
      const own = taken.deductions.slice(at, at + deductions.length)
      at += deductions.length
      points.set(
        id,
        own.reduce((sum, one) => sum + one.deducted, 0),
      )
    }
  }
  return { points }
}

/** Marks as the scoring takes them. An item not yet answered is left out. */
function marksOf({ answers, findings }: Pick<Filled, 'answers' | 'findings'>): Map<string, Mark> {
  const taken = (code: string) =>
    findings.filter(({ itemCode }) => itemCode === code).reduce((sum, { points }) => sum + points, 0)
  return new Map(
    answers.map(({ itemCode, mark }) => [
      itemCode,
      mark === 'na' ? { na: true } : { deducted: mark === 'fail' ? taken(itemCode) : 0 },
    ]),
  )
}

/** The score of the tables answered whole; null for a checklist and while no table is. */
function scoreOf(record: Filled, rules: ScoringRules): Summary | null {
  const marks = marksOf(record)
  const whole = record.tables.filter((code) => {
    const table = findCheckTable(code)
    return table !== undefined && unmarkedItems([table], marks).length === 0
  })
  const used = new Map([...marks].filter(([code]) => whole.includes(code.slice(0, code.lastIndexOf('.')))))
  return getTemplate(record).form === 'scored' && used.size > 0 ? scoreAll(used, rules).summary : null
}

/**
 * A record with everything that follows from what was entered: the findings of spot tests, the points of deductions, the score.
 * The server does this at every save; the page does the same while the officer types. Faulty deductions count nothing here:
 * `saveFault` names them.
 */
export function computed<R extends Filled & { score: Inspection['score'] }>(record: R, rules: ScoringRules): R {
  const wanted = new Set(itemsOf(record).map(({ code }) => code))
  const found = withSpotFindings(record)
  const taken = takePoints(found)
  const findings = found.map((finding) => ({
    ...finding,
    points: 'points' in taken ? (taken.points.get(finding.id) ?? 0) : 0,
  }))
  const settled = { ...record, findings, answers: record.answers.filter(({ itemCode }) => wanted.has(itemCode)) }
  return { ...settled, score: scoreOf(settled, rules) }
}

const twice = (values: readonly string[]) => new Set(values).size < values.length

/** Why a draft cannot be kept as it was sent, or null. An unfinished draft is no fault. */
export function saveFault(record: Filled, now: string): Broken | string | null {
  const items = new Set(itemsOf(record).map(({ code }) => code))
  const units = new Set(record.units.map(({ orgId }) => orgId))
  if (record.visitedAt > now) return 'inspection_in_future'
  const { findings, answers, spots, tables } = record
  if (tables.some((code) => !isTable(record, code))) return 'inspection_table_unknown'
  if ([answers.map(({ itemCode }) => itemCode), findings.map(({ id }) => id), spots.map(({ id }) => id)].some(twice))
    return 'inspection_entry_twice'
  const outside = findings.filter(({ itemCode }) => itemCode !== '' && !items.has(itemCode))
  if (outside.length > 0)
    return { rule: 'inspection_finding_outside', detail: { items: outside.map(({ itemName }) => itemName) } }
  if (findings.some(({ orgId }) => !units.has(orgId)) || record.attendees.some(({ orgId }) => !units.has(orgId)))
    return 'inspection_unit_unknown'
  const taken = takePoints(withSpotFindings(record))
  return 'rule' in taken ? taken : null
}

const isTable = (record: Chosen, code: string) => {
  const template = getTemplate(record)
  return template.form === 'scored' && template.tables.some((table) => table.code === code)
}

const named = (rule: string, items: readonly { itemName: string }[]): Broken[] =>
  items.length === 0 ? [] : [{ rule, detail: { items: [...new Set(items.map(({ itemName }) => itemName))] } }]

/** Everything that stands in the way of submitting, each with the names of the items concerned; empty when nothing does. */
export function submitFaults(record: Filled): Broken[] {
  const items = itemsOf(record)
  const markOf = new Map(record.answers.map(({ itemCode, mark }) => [itemCode, mark]))
  const scored = getTemplate(record).form === 'scored'
  const { findings } = record
  const asNames = (some: readonly FormItem[]) => some.map(({ title }) => ({ itemName: title }))
  const failed = items.filter(({ code }) => markOf.get(code) === 'fail')
  const found = (code: string) => findings.filter(({ itemCode }) => itemCode === code)
  return [
    ...(items.length === 0 ? [{ rule: 'inspection_table_missing' }] : []),
    ...named('inspection_unanswered', asNames(items.filter(({ code }) => !markOf.has(code)))),
    ...named('inspection_finding_missing', asNames(failed.filter(({ code }) => found(code).length === 0))),
    ...named(
      'inspection_finding_contradicts',
      findings.filter(({ itemCode }) => itemCode !== '' && markOf.get(itemCode) !== 'fail'),
    ),
    ...named(
      'inspection_finding_text',
      findings.filter(({ text, clause }) => !text.trim() || !clause.trim()),
    ),
    // clause jgj59.scoring: an item that does not conform loses points
    ...named(
      'inspection_deduction_missing',
      scored
        ? asNames(
            failed.filter(
              ({ code }) => found(code).length > 0 && found(code).every(({ deductions }) => deductions.length === 0),
            ),
          )
        : [],
    ),
    ...named(
      'inspection_photo_missing',
      findings.filter(({ severity, photos }) => severity !== 'general' && photos.length === 0),
    ),
    ...(record.part.trim() ? [] : [{ rule: 'inspection_part_missing' }]),
  ]
}

/**
 * What a signature is bound to: everything the signer was shown, in fixed names. `hashes` are the SHA-256 of the photographs by
 * file id, so that the pictures themselves are bound and not only their names.
 */
export function signedContent(record: Inspection, hashes: ReadonlyMap<string, string>) {
  const photo = (id: string) => hashes.get(id) ?? id
  return {
    id: record.id,
    project: { id: record.projectId, name: record.projectName, address: record.address },
    kind: record.kind,
    template: [record.templateCode, record.templateVersion],
    visitedAt: record.visitedAt,
    weather: record.weather,
    part: record.part,
    officers: record.officers.map(({ name, certificate }) => ({ name, certificate })),
    units: record.units,
    attendees: record.attendees,
    tables: record.tables,
    answers: record.answers.toSorted((a, b) => (a.itemCode < b.itemCode ? -1 : 1)),
    findings: record.findings.map((finding) => ({ ...finding, photos: finding.photos.map(photo) })),
    spots: record.spots,
    photos: record.photos.map(photo),
    measures: record.measures.toSorted(),
    opinion: record.opinion,
    score: record.score,
  }
}

/** Every file a record names. */
export const filesOf = (record: Pick<Inspection, 'findings' | 'photos' | 'signature'>): string[] => [
  ...new Set([
    ...record.photos,
    ...record.findings.flatMap(({ photos }) => photos),
    ...(record.signature?.fileId ? [record.signature.fileId] : []),
  ]),
]
