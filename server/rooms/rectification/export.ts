import { severityTitles } from '@plumbline/core/inspection'
import { sayInstant } from '@plumbline/core/kit'
import { itemStateTitles, type LedgerFilter, type LedgerRow, noticeKinds } from '@plumbline/core/rectification'
import writeXlsxFile from 'write-excel-file/node'
import type { Ctx } from '../../base/context.ts'
import { Bytes } from '../../base/http.ts'
import { ledger } from './ledger.ts'

const tierTitles = { calm: '正常', yellow: '黄色提醒', red: '红色锁定' } as const
const say = (at: string | null) => (at ? sayInstant(new Date(at)) : null)

type Cell = string | number | null
const columns: { header: string; width: number; value: (row: LedgerRow) => Cell }[] = [
  { header: '文号', width: 24, value: ({ number }) => number },
  { header: '文书', width: 16, value: ({ kind }) => noticeKinds[kind] },
  { header: '项目', width: 36, value: ({ projectName }) => projectName },
  { header: '责任单位', width: 30, value: ({ orgName }) => orgName },
  { header: '隐患', width: 48, value: ({ text }) => text },
  { header: '依据条款', width: 36, value: ({ clause }) => clause },
  { header: '程度', width: 8, value: ({ severity }) => severityTitles[severity] },
  {
    header: '状态',
    width: 12,
    value: ({ stateLabel, noticeState }) => (noticeState === 'withdrawn' ? '已撤回' : stateLabel),
  },
  { header: '现由', width: 24, value: ({ holderName }) => holderName },
  { header: '预警', width: 10, value: ({ tier }) => tierTitles[tier] },
  { header: '下达时间', width: 18, value: ({ issuedAt }) => say(issuedAt) },
  { header: '送达时间', width: 18, value: ({ servedAt }) => say(servedAt) },
  { header: '整改期限', width: 18, value: ({ due }) => say(due) },
  { header: '已用天数', width: 10, value: ({ daysUsed }) => daysUsed },
  { header: '是否逾期', width: 10, value: ({ overdue }) => (overdue ? '逾期' : '') },
  { header: '闭合时间', width: 18, value: ({ acceptedAt }) => say(acceptedAt) },
]

/** More rows than one file carries are not cut off in silence: the note above the table says so. */
const mostRows = 5000

/** The ledger under a filter as XLSX, with the filter noted above the table. */
export async function exportLedger(ctx: Ctx, filter: LedgerFilter): Promise<Bytes> {
  const { rows, next } = await ledger(ctx, { ...filter, limit: mostRows })
  const note = `筛选：${sayFilter(filter)}；共 ${rows.length} 条${next ? '（仅最近的部分，请缩小范围）' : ''}；导出时间 ${say(ctx.now)}`
  const cell = (value: Cell) =>
    typeof value === 'number' ? { value, type: Number } : { value: value ?? '', type: String }
  const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const })
  const sheet = [
    [bold('隐患台账')],
    [{ value: note, type: String }],
    columns.map(({ header }) => bold(header)),
    ...rows.map((row) => columns.map(({ value }) => cell(value(row)))),
  ]
  const bytes = await writeXlsxFile(sheet, { columns: columns.map(({ width }) => ({ width })) }).toBuffer()
  return new Bytes(bytes, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('隐患台账.xlsx')}`,
    'cache-control': 'no-store',
  })
}

function sayFilter(ask: LedgerFilter): string {
  const said = [
    ask.projectId && '限一个项目',
    ask.orgId && '限一个责任单位',
    ask.inspectionId && '限一次检查',
    ask.state && `状态 ${itemStateTitles[ask.state]}`,
    ask.severity && `程度 ${severityTitles[ask.severity]}`,
    ask.tier && `预警 ${tierTitles[ask.tier]}`,
    ask.open !== undefined && (ask.open ? '仅未结文书' : '仅已结文书'),
    ask.overdue !== undefined && (ask.overdue ? '仅逾期' : '仅未逾期'),
    ask.accepted !== undefined && (ask.accepted ? '仅已闭合隐患' : '仅未闭合隐患'),
    ask.repeat !== undefined && (ask.repeat ? '仅重复隐患' : '仅非重复隐患'),
    (ask.from || ask.to) && `下达日期 ${ask.from ?? '不限'} 至 ${ask.to ?? '不限'}`,
    ask.q && `含“${ask.q}”`,
  ].filter(Boolean)
  return said.length > 0 ? said.join('，') : '无'
}
