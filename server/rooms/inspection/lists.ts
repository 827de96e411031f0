import {
  coverageOf,
  gradeTitles,
  type InspectionFilter,
  type InspectionKind,
  inspectionKinds,
  type InspectionRow,
  inspectionWorkflow,
  type OfficerChoice,
  subjects,
} from '@plumbline/core/inspection'
import { isOfficer, systemActor } from '@plumbline/core/access'
import { sayInstant } from '@plumbline/core/kit'
import writeXlsxFile from 'write-excel-file/node'
import { type Ctx, read } from '../../base/context.ts'
import { Refused } from '../../base/errors.ts'
import { Bytes } from '../../base/http.ts'
import { findOfficers } from '../account/index.ts'
import { getProject } from '../project/index.ts'
import * as store from './store.ts'

export const listInspections = (ctx: Ctx, ask: InspectionFilter & { after?: string | undefined; limit: number }) =>
  read(ctx, (tx) => store.list(tx, ask))

/** One project's history (INS-17) and when each subject was last looked at (INS-21). */
export function projectHistory(ctx: Ctx, projectId: string) {
  return read(ctx, async (tx) => {
    await getProject(tx, projectId)
    const { rows } = await store.list(tx, { projectId, limit: 200 })
    const visits = await store.listVisits(tx, { projectId })
    const kinds = Object.keys(inspectionKinds) as InspectionKind[]
    return {
      rows,
      coverage: coverageOf(visits),
      kinds: kinds
        .map((kind) => ({ kind, count: visits.filter((visit) => visit.kind === kind).length }))
        .filter(({ count }) => count > 0),
    }
  })
}

/** The officers one may take along: those assigned to the project first, then everybody who supervises any project. */
export async function officerChoices(ctx: Ctx, projectId: string): Promise<OfficerChoice[]> {
  // The door also lets in the parties' people, who sign: whom the bureau can send is not theirs to know.
  if (!isOfficer(ctx.actor.capacity)) throw new Refused('forbidden', 'capacity')
  const project = await read(ctx, (tx) => getProject(tx, projectId))
  const assigned = new Set(project.officers.map(({ personId }) => personId))
  // A colleague of another team is found although his projects are out of reach: only name and certificate are told.
  const found = await read({ ...ctx, actor: systemActor }, async (tx) =>
    findOfficers(tx, [...new Set([...assigned, ...(await store.findAssignedOfficers(tx))])]),
  )
  return found
    .filter(({ personId }) => personId !== ctx.actor.personId)
    .map((officer) => ({ ...officer, assigned: assigned.has(officer.personId) }))
    .toSorted((a, b) => Number(b.assigned) - Number(a.assigned) || a.name.localeCompare(b.name, 'zh-CN'))
}

const columns: { header: string; width: number; value: (row: InspectionRow) => string | number | null }[] = [
  { header: '文号', width: 24, value: ({ number }) => number },
  { header: '状态', width: 10, value: ({ stateLabel }) => stateLabel },
  { header: '项目', width: 36, value: ({ projectName }) => projectName },
  { header: '检查类型', width: 22, value: ({ kind }) => inspectionKinds[kind] },
  { header: '类别', width: 8, value: ({ subject }) => subjects[subject] },
  { header: '检查时间', width: 18, value: ({ visitedAt }) => sayInstant(new Date(visitedAt)) },
  { header: '监督员', width: 18, value: ({ officers }) => officers.join('、') },
  { header: '问题数', width: 8, value: ({ findings }) => findings },
  { header: '总分', width: 8, value: ({ total }) => total },
  { header: '等级', width: 10, value: ({ grade }) => grade && gradeTitles[grade] },
]

/** More rows than one file carries are not cut off in silence: the note above the table says how many are shown. */
const mostRows = 5000

/** The list under a filter as XLSX, with the filter noted above the table. */
export async function exportInspections(ctx: Ctx, filter: InspectionFilter): Promise<Bytes> {
  const { rows, next } = await listInspections(ctx, { ...filter, limit: mostRows })
  const note = `筛选：${sayFilter(filter)}；共 ${rows.length} 条${next ? '（仅最近的部分，请缩小范围）' : ''}；导出时间 ${sayInstant(new Date(ctx.now))}`
  const cell = (value: string | number | null) =>
    typeof value === 'number' ? { value, type: Number } : { value: value ?? '', type: String }
  const sheet = [
    [{ value: '监督检查记录', type: String, fontWeight: 'bold' as const }],
    [{ value: note, type: String }],
    columns.map(({ header }) => ({ value: header, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => columns.map(({ value }) => cell(value(row)))),
  ]
  const bytes = await writeXlsxFile(sheet, { columns: columns.map(({ width }) => ({ width })) }).toBuffer()
  return new Bytes(bytes, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('监督检查记录.xlsx')}`,
    'cache-control': 'no-store',
  })
}

function sayFilter({ state, kind, subject, projectId, officerId, from, to, text }: InspectionFilter): string {
  const said = [
    state && `状态 ${inspectionWorkflow.states[state].label}`,
    kind && `检查类型 ${inspectionKinds[kind]}`,
    subject && `类别 ${subjects[subject]}`,
    projectId && '限一个项目',
    officerId && '限一名监督员',
    (from || to) && `检查日期 ${from ?? '不限'} 至 ${to ?? '不限'}`,
    text && `含“${text}”`,
  ].filter(Boolean)
  return said.length > 0 ? said.join('，') : '无'
}
