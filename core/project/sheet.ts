import { isDay, isProjectCode, isUscc } from '../kit/index.ts'
import type { PartyRole } from './schema.ts'
import { Sector, sectors, Stage, stages } from './sector.ts'
import { placeSite, type Town } from './town.ts'

/** The headings of an import sheet. Columns may stand in any order; the first seven must be there. */
export const headings = [
  '项目编码',
  '项目名称',
  '所属镇街',
  '地址',
  '经度',
  '纬度',
  '行业',
  '建筑面积(㎡)',
  '工程造价(万元)',
  '阶段',
  '类别',
  '建设单位',
  '建设单位信用代码',
  '施工单位',
  '施工单位信用代码',
  '监理单位',
  '监理单位信用代码',
  '联系人',
  '联系电话',
  '开工日期',
] as const
export type Heading = (typeof headings)[number]
export const requiredHeadings = headings.slice(0, 7)

export type Cell = string | number | boolean | Date | null | undefined
export type Cells = Partial<Record<Heading, Cell>>

/** Why a cell is refused, as the error sheet says it. */
export const sheetReasons = {
  cell_missing: '必填项为空',
  cell_too_long: '内容过长',
  project_code_malformed: '项目编码应为16位数字，且单元格须为文本格式',
  project_code_twice: '与本表前面的行重复',
  project_code_taken: '项目库中已有此编码',
  town_unknown: '没有这个镇街',
  point_malformed: '经纬度应为数字',
  point_outside_town: '坐标不在所属镇街范围内',
  sector_unknown: `行业应为：${Sector.options.map((one) => sectors[one].label).join('、')}`,
  stage_unknown: `阶段应为：${Stage.options.map((one) => stages[one]).join('、')}`,
  number_malformed: '应为数字',
  number_not_positive: '应为大于零的数字',
  day_malformed: '不是日历上的日期，应写作 2026-09-01',
  uscc_malformed: '统一社会信用代码的校验码不符',
  uscc_missing: '填写了单位名称，未填信用代码',
  org_name_missing: '填写了信用代码，未填单位名称',
  org_name_differs: '信用代码在企业库中属于其他名称的单位',
  org_revoked: '该单位已注销',
  org_unregistered: '企业库中没有该单位，请先由窗口登记',
  // What only the act itself can find.
  uscc_taken: '参建单位正由他人登记，请重新导入本行',
  held: '参建单位已被锁定，不得承接新项目',
  out_of_reach: '不在您的管辖范围内',
} as const
export type SheetRule = keyof typeof sheetReasons

export interface SheetFault {
  heading: Heading
  value: string
  rule: SheetRule
}

export interface SheetParty {
  role: PartyRole
  heading: Heading
  name: string
  uscc: string
}

/** What a good row says, before its units are looked up by credit code. */
export interface SheetRow {
  code: string
  name: string
  district: string
  address: string
  point: { lon: number; lat: number }
  sector: Sector
  area: number | null
  cost: number | null
  stage: Stage
  category: string
  contact: { name: string; phone: string }
  startDay: string | null
  parties: SheetParty[]
}

export type ReadRow = { ok: true; row: SheetRow } | { ok: false; code: string; faults: SheetFault[] }

const partyHeadings = [
  ['owner', '建设单位', '建设单位信用代码'],
  ['contractor', '施工单位', '施工单位信用代码'],
  ['supervision', '监理单位', '监理单位信用代码'],
] as const satisfies readonly (readonly [PartyRole, Heading, Heading])[]

export const sayCell = (cell: Cell): string =>
  cell instanceof Date
    ? cell.toISOString().slice(0, 10)
    : cell === null || cell === undefined
      ? ''
      : String(cell).trim()

/** Reads one row and names everything that is wrong with it. Pure: what the registers hold is checked by the room. */
export function readSheetRow(cells: Cells, towns: readonly Town[]): ReadRow {
  const faults: SheetFault[] = []
  const textOf = (heading: Heading) => sayCell(cells[heading])
  const fault = (heading: Heading, rule: SheetRule) => {
    faults.push({ heading, value: textOf(heading), rule })
  }
  const text = (heading: Heading, most: number, required = false) => {
    const value = textOf(heading)
    if (required && value === '') fault(heading, 'cell_missing')
    if (value.length > most) fault(heading, 'cell_too_long')
    return value
  }
  const size = (heading: Heading) => {
    const value = textOf(heading)
    if (value === '') return null
    const number = Number(value)
    if (!Number.isFinite(number)) fault(heading, 'number_malformed')
    else if (number <= 0) fault(heading, 'number_not_positive')
    return number
  }

  const code = text('项目编码', 40, true)
  // Excel keeps only 15 digits of a number: a code typed as one has already lost its last.
  if (code !== '' && (typeof cells.项目编码 === 'number' || !isProjectCode(code)))
    fault('项目编码', 'project_code_malformed')
  const place = readPlace(textOf, fault, towns)
  const row = {
    code,
    name: text('项目名称', 100, true),
    ...place,
    address: text('地址', 200, true),
    sector: named(
      textOf('行业'),
      Sector.options,
      (one) => sectors[one].label,
      () => fault('行业', 'sector_unknown'),
    ),
    area: size('建筑面积(㎡)'),
    cost: size('工程造价(万元)'),
    stage: named(
      textOf('阶段') || stages.foundation,
      Stage.options,
      (one) => stages[one],
      () => fault('阶段', 'stage_unknown'),
    ),
    category: text('类别', 40),
    contact: { name: text('联系人', 40), phone: text('联系电话', 30) },
    startDay: readDay(textOf('开工日期'), () => fault('开工日期', 'day_malformed')),
    parties: readParties(textOf, fault),
  }
  if (faults.length === 0) return { ok: true, row: row as SheetRow }
  return {
    ok: false,
    code,
    faults: faults.toSorted((a, b) => headings.indexOf(a.heading) - headings.indexOf(b.heading)),
  }
}

type TextOf = (heading: Heading) => string
type Fault = (heading: Heading, rule: SheetRule) => void

function named<T extends string>(text: string, options: readonly T[], labelOf: (one: T) => string, refuse: () => void) {
  const found = options.find((one) => labelOf(one) === text)
  if (!found) refuse()
  return found
}

function readPlace(textOf: TextOf, fault: Fault, towns: readonly Town[]) {
  const town = towns.find(({ name }) => name === textOf('所属镇街'))
  if (!town) fault('所属镇街', textOf('所属镇街') === '' ? 'cell_missing' : 'town_unknown')
  const degrees = (['经度', '纬度'] as const).map((heading) => {
    const text = textOf(heading)
    const value = text === '' ? NaN : Number(text)
    if (text === '') fault(heading, 'cell_missing')
    else if (!Number.isFinite(value)) fault(heading, 'point_malformed')
    return value
  })
  const point = { lon: degrees[0]!, lat: degrees[1]! }
  if (town && degrees.every(Number.isFinite) && !placeSite(towns, town.code, point).ok)
    fault('经度', 'point_outside_town')
  return { district: town?.code ?? '', point }
}

/** A date cell, or text as people write it: 2026-09-01, 2026/9/1, 2026.9.1. */
function readDay(text: string, refuse: () => void): string | null {
  if (text === '') return null
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? []
  const plain = year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text
  if (!isDay(plain)) refuse()
  return plain
}

const readParties = (textOf: TextOf, fault: Fault): SheetParty[] =>
  partyHeadings.flatMap(([role, heading, codeHeading]) => {
    const name = textOf(heading)
    const uscc = textOf(codeHeading).toUpperCase()
    if (name === '' && uscc === '') return []
    if (name === '') fault(heading, 'org_name_missing')
    if (uscc === '') fault(codeHeading, 'uscc_missing')
    else if (!isUscc(uscc)) fault(codeHeading, 'uscc_malformed')
    return [{ role, heading: codeHeading, name, uscc }]
  })
