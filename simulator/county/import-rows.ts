import { type Heading, headings } from '@plumbline/core/project'
import { entries, type Entry } from './import-entries.ts'
import { drawMap, placeIn, region } from './map.ts'
import { registerOrgs } from './orgs.ts'
import { phone } from './people.ts'
import { random } from './random.ts'
import { type Org, sectorLabels, stageLabels, type Town } from './schema.ts'

export { headings, type Heading }
export type Row = Record<Heading, string | number | Date | null>

interface Registers {
  towns: Town[]
  orgs: Org[]
}

function unit({ orgs }: Registers, key: string): Org {
  const org = orgs.find((each) => each.key === key)
  if (!org) throw new Error(`no enterprise: ${key}`)
  return org
}

function townNamed({ towns }: Registers, name: string): Town {
  const town = towns.find((each) => each.name === name)
  if (!town) throw new Error(`no town: ${name}`)
  return town
}

function toRow(registers: Registers, facts: Entry, i: number): Row {
  const [code, name, town, address, sector, area, cost, stage, category, ownerNo, contractorNo, contact, started] =
    facts
  const owner = unit(registers, `org:owner-${ownerNo}`)
  const contractor = unit(registers, `org:contractor-${contractorNo}`)
  const supervision = unit(registers, `org:supervision-${String((i % 15) + 1).padStart(2, '0')}`)
  const point = placeIn(townNamed(registers, town), random(0, `workbook ${code}`))
  return {
    项目编码: region + code,
    项目名称: name,
    所属镇街: town,
    地址: address,
    经度: point.lon,
    纬度: point.lat,
    行业: sectorLabels[sector],
    '建筑面积(㎡)': area,
    '工程造价(万元)': cost,
    阶段: stageLabels[stage],
    类别: category,
    建设单位: owner.name,
    建设单位信用代码: owner.uscc,
    施工单位: contractor.name,
    施工单位信用代码: contractor.uscc,
    监理单位: supervision.name,
    监理单位信用代码: supervision.uscc,
    联系人: contact,
    联系电话: phone(9900 + i),
    // Excel keeps dates as numbers; people also type them as text, as here every third row does.
    开工日期: i % 3 === 2 ? started : new Date(`${started}T00:00:00Z`),
  }
}

/** The same code with another last character. */
const spoiled = (uscc: string): string => uscc.slice(0, 17) + (uscc.endsWith('A') ? 'B' : 'A')

/** 12 rows that may enter and 6 that may not; each bad row has one fault, told in `faults` by its heading. */
export function importRows(): { rows: Row[]; faults: { row: number; heading: Heading }[] } {
  const registers: Registers = { ...drawMap(), orgs: registerOrgs() }
  const rows = entries.map((facts, i) => toRow(registers, facts, i))
  const bad: [after: number, heading: Heading, spoil: (row: Row) => unknown][] = [
    [2, '项目编码', () => rows[0]?.项目编码],
    [4, '施工单位信用代码', (row) => spoiled(String(row.施工单位信用代码))],
    [5, '所属镇街', () => '东川镇'],
    [7, '建筑面积(㎡)', () => -3200],
    [9, '项目名称', () => null],
    [11, '开工日期', () => '2026-02-30'],
  ]
  const mixed: { row: Row; fault?: Heading }[] = rows.map((row) => ({ row }))
  bad.forEach(([after, heading, spoil], i) => {
    const [code, name, ...rest] = entries[after] as Entry
    const copy = toRow(
      registers,
      [`26080${i + 1}${code.slice(6)}`, `${name}配套工程`, ...rest] as Entry,
      entries.length + i,
    )
    const row: Row = { ...copy, [heading]: spoil(copy) as Row[Heading] }
    mixed.splice(mixed.findIndex(({ row: { 项目编码 } }) => 项目编码 === region + code) + 1, 0, { row, fault: heading })
  })
  return {
    rows: mixed.map(({ row }) => row),
    faults: mixed.flatMap(({ fault }, i) => (fault ? [{ row: i, heading: fault }] : [])),
  }
}

/** The workshop of features.md part D, minute 1: 5,200 ㎡, excavated to 7.5 m, built with one tower crane. */
export function workshop() {
  const registers: Registers = { ...drawMap(), orgs: registerOrgs() }
  const town = townNamed(registers, '城东街道')
  const [owner, contractor, supervision, design, survey] = [
    'org:owner-24',
    'org:contractor-01',
    'org:supervision-01',
    'org:design-01',
    'org:survey-01',
  ].map((key) => {
    const { name, uscc } = unit(registers, key)
    return { name, uscc }
  })
  return {
    code: `${region}2609180191`,
    name: '远帆装备精密加工车间',
    town: town.code,
    address: '城东街道城东路66号',
    point: placeIn(town, random(0, 'workshop')),
    sector: 'industrial',
    category: '厂房',
    area: 5200,
    cost: 1860,
    stage: 'foundation',
    tags: [],
    startDay: '2026-11-16',
    parties: { owner, contractor, supervision, design, survey },
    contact: { name: '南宫恒', phone: phone(9990) },
    dangerousWorks: [
      { kind: 'excavation', depth: 7.5, unit: 'm' },
      { kind: 'tower_crane', count: 1 },
    ],
  }
}
