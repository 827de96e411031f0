import { may } from '@plumbline/core/access'
import {
  type ImportAnswer,
  type ImportFault,
  readSheetRow,
  type SheetParty,
  sheetReasons,
  type SheetRow,
  type SheetRule,
} from '@plumbline/core/project'
import type { Org } from '@plumbline/core/org'
import { randomUUID } from 'node:crypto'
import { sameId } from '../../base/act.ts'
import { type Ctx, read } from '../../base/context.ts'
import { Refused } from '../../base/errors.ts'
import { findFile, keepFile } from '../../base/files/index.ts'
import { findOrgsByUscc, registerOrg } from '../org/index.ts'
import { register } from './service.ts'
import * as store from './store.ts'
import { getTowns } from './towns.ts'
import { errorSheet, readRows, xlsxType } from './workbook.ts'

/** Rows entered in one request: about a second's work, so that the page can show how far it is. */
const piece = 100

interface ImportAsk {
  importId: string
  fileId: string
  from: number
}

interface Judged {
  line: number
  requestId: string
  row: SheetRow | null
  faults: ImportFault[]
}

/**
 * Enters one piece of an import sheet. Nothing is remembered between pieces: every row is an act of its own whose request
 * id is made from the import and the line, so that a lost answer, a restart or a second click repeats nothing; and each
 * piece judges the whole file anew, so that the last can write the whole error sheet.
 */
export async function importProjects(ctx: Ctx, ask: ImportAsk): Promise<ImportAnswer> {
  const file = await findFile(ctx, ask.fileId)
  if (file.type !== xlsxType) throw new Refused('unmet', 'import_not_xlsx')
  const rows = await readRows(await ctx.house.files.get(file.sha256))
  const { judged, done } = await judge(ctx, ask.importId, rows)
  const end = Math.min(ask.from + piece, judged.length)
  const upTo = judged.slice(0, end)
  for (const one of upTo)
    if (one.row && !done.has(one.requestId)) {
      const fault = await enter(ctx, one.requestId, one.line, one.row)
      if (fault) one.faults.push(fault)
    }
  const faults = upTo.flatMap((one) => one.faults)
  const failed = upTo.filter((one) => one.faults.length > 0).length
  const last = end === judged.length
  return {
    total: judged.length,
    done: end,
    imported: end - failed,
    failed,
    faults,
    next: last ? null : end,
    errorSheet:
      last && faults.length > 0 ? (await keepFile(ctx, await errorSheet(faults), '导入错误表.xlsx')).id : null,
  }
}

/** Reads every row and holds it against the file itself and the registers. Rows this import entered before are good. */
async function judge(ctx: Ctx, importId: string, rows: Awaited<ReturnType<typeof readRows>>) {
  return read(ctx, async (tx) => {
    const towns = await getTowns(tx)
    const firstLine = new Map<string, number>()
    const judged = rows.map(({ line, cells }): Judged => {
      const result = readSheetRow(cells, towns)
      const requestId = sameId('project.import', importId, line)
      const found = result.ok
        ? []
        : result.faults.map(({ heading, value, rule }) => faultOf(line, heading, value, rule))
      const code = result.ok ? result.row.code : result.code
      if (code !== '' && firstLine.has(code)) found.push(faultOf(line, '项目编码', code, 'project_code_twice'))
      else firstLine.set(code, line)
      return { line, requestId, row: result.ok && found.length === 0 ? result.row : null, faults: found }
    })
    const good = judged.flatMap(({ row }) => row ?? [])
    const done = await store.findDone(
      tx,
      judged.map(({ requestId }) => requestId),
    )
    const codes = new Set(
      (
        await store.findCodes(
          tx,
          good.map(({ code }) => code),
        )
      ).map(({ code }) => code),
    )
    const usccs = [...new Set(good.flatMap(({ parties }) => parties.map(({ uscc }) => uscc)))]
    const orgs = new Map<string, Pick<Org, 'name' | 'state'>>(
      (await findOrgsByUscc(tx, usccs)).map((org) => [org.uscc, org]),
    )
    for (const one of judged) {
      if (!one.row || done.has(one.requestId)) continue
      one.faults.push(...registerFaults(one.line, one.row, codes, orgs, may(ctx.actor.capacity, 'org.write')))
      if (one.faults.length > 0) one.row = null
    }
    return { judged, done }
  })
}

function registerFaults(
  line: number,
  row: SheetRow,
  codes: ReadonlySet<string>,
  orgs: Map<string, Pick<Org, 'name' | 'state'>>,
  mayEnterOrgs: boolean,
) {
  const faults = codes.has(row.code) ? [faultOf(line, '项目编码', row.code, 'project_code_taken')] : []
  for (const { uscc, heading, name } of row.parties) {
    const org = orgs.get(uscc)
    if (org && org.name !== name) faults.push(faultOf(line, heading, uscc, 'org_name_differs'))
    else if (org?.state === 'revoked') faults.push(faultOf(line, heading, uscc, 'org_revoked'))
    else if (!org && !mayEnterOrgs) faults.push(faultOf(line, heading, uscc, 'org_unregistered'))
    // A unit that the register does not know is entered under the first name the sheet gives it.
    else if (!org) orgs.set(uscc, { name, state: 'registered' })
  }
  return faults
}

const faultOf = (row: number, heading: string, value: string, rule: SheetRule): ImportFault => ({
  row,
  heading,
  value,
  rule,
  reason: sheetReasons[rule],
})

/** Registers one row with the units it names; answers the fault when an act was refused after all. */
async function enter(ctx: Ctx, requestId: string, line: number, row: SheetRow): Promise<ImportFault | null> {
  try {
    const parties = []
    for (const party of row.parties) parties.push({ role: party.role, orgId: await enterOrg(ctx, party) })
    await register(ctx, { requestId, input: { ...row, parties, posts: [], tags: [], permitNo: null } })
    return null
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const known = Object.hasOwn(sheetReasons, error.rule) ? sheetReasons[error.rule as SheetRule] : null
    return {
      row: line,
      heading: '项目编码',
      value: row.code,
      rule: error.rule,
      reason: known ?? `未能登记（${error.rule}）`,
    }
  }
}

/** The unit of a credit code; one that the register does not know yet is entered on the way. */
async function enterOrg(ctx: Ctx, { uscc, name, role }: SheetParty): Promise<string> {
  const known = await read(ctx, (tx) => findOrgsByUscc(tx, [uscc]))
  if (known[0]) return known[0].id
  const input = { uscc, name, kinds: [role], parentId: null, legalPerson: '', phone: '' }
  return (await registerOrg(ctx, { requestId: randomUUID(), input })).id
}
