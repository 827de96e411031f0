import { type Cell, headings, requiredHeadings, sayCell } from '@plumbline/core/project'
import type { ImportFault, ProjectFilter, ProjectRow } from '@plumbline/core/project'
import {
  authorities,
  type Cells,
  duties,
  type Heading,
  partyRoles,
  projectWorkflow,
  sectors,
  stages,
  tags,
  tierLabels,
} from '@plumbline/core/project'
import { sayInstant } from '@plumbline/core/kit'
import { readSheet } from 'read-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { Refused } from '../../base/errors.ts'

export const mostRows = 5000
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * The rows of the first sheet by heading, without the empty ones, each with its line as Excel counts it. Refuses unmet
 * import_unreadable, import_headings (naming the missing), import_too_long.
 */
export async function readRows(bytes: Buffer): Promise<{ line: number; cells: Cells }[]> {
  const sheet = await readSheet(bytes).catch(() => {
    throw new Refused('unmet', 'import_unreadable')
  })
  const [first = [], ...rest] = sheet
  const columns = new Map(first.map((cell, at) => [sayCell(cell as Cell), at]))
  const missing = requiredHeadings.filter((heading) => !columns.has(heading))
  if (missing.length > 0) throw new Refused('unmet', 'import_headings', { missing })
  const rows = rest.flatMap((row, at) => {
    if (row.every((cell) => sayCell(cell as Cell) === '')) return []
    const cells = Object.fromEntries(
      headings.flatMap((heading) => (columns.has(heading) ? [[heading, row[columns.get(heading)!] as Cell]] : [])),
    ) as Partial<Record<Heading, Cell>>
    return [{ line: at + 2, cells }]
  })
  if (rows.length > mostRows) throw new Refused('unmet', 'import_too_long', { most: mostRows })
  return rows
}

const bold = { fontWeight: 'bold' } as const
const head = (names: readonly string[]) => names.map((value) => ({ value, ...bold }))
const write = (rows: unknown[][], sheet: string, widths: readonly number[], frozen: number): Promise<Buffer> =>
  writeExcelFile(rows as never, {
    sheet,
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: frozen,
  }).toBuffer()

/** An empty import sheet. */
export const templateSheet = (): Promise<Buffer> =>
  write(
    [head(headings)],
    '项目',
    headings.map((heading) => Math.max(12, heading.length * 2 + 2)),
    1,
  )

/** Every refused cell of an import: its line, its column, what stood there and why it is refused. */
export const errorSheet = (faults: readonly ImportFault[]): Promise<Buffer> =>
  write(
    [
      head(['行号', '列', '原值', '原因']),
      ...faults.map(({ row, heading, value, reason }) => [
        { value: row },
        { value: heading },
        { value },
        { value: reason },
      ]),
    ],
    '错误',
    [8, 20, 32, 60],
    1,
  )

const columns: readonly [heading: string, width: number, of: (row: ProjectRow) => string | number | null][] = [
  ['项目编码', 20, ({ code }) => code],
  ['项目名称', 36, ({ name }) => name],
  ['所属镇街', 12, ({ town }) => town],
  ['地址', 36, ({ address }) => address],
  ['行业', 12, ({ sector }) => sectors[sector].label],
  ['主管部门', 24, ({ sector }) => authorities[sectors[sector].authority]],
  ['状态', 10, ({ stateLabel }) => stateLabel],
  ['预警', 10, ({ tier }) => tierLabels[tier]],
  ['建筑面积(㎡)', 14, ({ area }) => area],
  ['工程造价(万元)', 14, ({ cost }) => cost],
  ['阶段', 8, ({ stage }) => stages[stage]],
  ['类别', 14, ({ category }) => category],
  ['标签', 20, (row) => row.tags.map((tag) => tags[tag]).join('、')],
  ...(['owner', 'contractor', 'supervision'] as const).map(
    (role) =>
      [
        partyRoles[role],
        30,
        ({ parties }: ProjectRow) =>
          parties
            .filter((party) => party.role === role)
            .map(({ orgName }) => orgName)
            .join('、'),
      ] as [string, number, (row: ProjectRow) => string],
  ),
  ['监督人员', 20, ({ officers }) => officers.map(({ name }) => name).join('、')],
  ['联系人', 12, ({ contact }) => contact.name],
  ['联系电话', 16, ({ contact }) => contact.phone],
  ['开工日期', 12, ({ startDay }) => startDay],
  ['应设系统', 30, (row) => row.duties.map(({ duty }) => duties[duty]).join('、')],
  ['信息完整度(%)', 14, ({ completeness }) => completeness],
]

/** The list as a sheet: first what was asked and when, then the rows. `cut` says that there were more than stand here. */
export function listSheet(
  rows: readonly ProjectRow[],
  filter: ProjectFilter,
  now: string,
  cut: boolean,
): Promise<Buffer> {
  const note = `筛选条件：${sayFilter(filter)}　导出时间：${sayInstant(new Date(now))}　共 ${rows.length} 项${cut ? '（未完，请缩小范围后分次导出）' : ''}`
  return write(
    [
      [{ value: note, columnSpan: columns.length }],
      head(columns.map(([heading]) => heading)),
      ...rows.map((row) =>
        columns.map(([, , of]) => {
          const value = of(row)
          return value === null || value === '' ? null : { value }
        }),
      ),
    ],
    '项目清单',
    columns.map(([, width]) => width),
    2,
  )
}

/** A filter in words. */
function sayFilter({ q, town, sector, authority, state, tier, tag, duty, org, officer }: ProjectFilter): string {
  const said = [
    q && `查找“${q}”`,
    town && `区划 ${town}`,
    sector && sectors[sector].label,
    authority && authorities[authority],
    state && projectWorkflow.states[state].label,
    tier && tierLabels[tier],
    tag && tags[tag],
    duty && `应设${duties[duty]}`,
    org && `参建单位 ${org}`,
    officer && `监督人员 ${officer}`,
  ].filter(Boolean)
  return said.join('、') || '无'
}
