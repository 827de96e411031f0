import {
  discretionLabel,
  findCheckTable,
  type Finding,
  formOf,
  getTemplate,
  gradeTitles,
  type Inspection,
  inspectionKinds,
  type InspectionOfficer,
  judgeSpot,
  measureTitles,
  sayTolerance,
  severityTitles,
  type TableScore,
} from '@plumbline/core/inspection'
import { dayOf, sayInstant } from '@plumbline/core/kit'
import { partyRoles } from '@plumbline/core/project'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { findFiles, keepPaper, newPaper } from '../../base/files/index.ts'
import { thumbnail } from '../../base/files/inspect.ts'
import type { InspectionRecord, Picture } from '../../base/print/papers.ts'
import { getCounty } from '../../base/setting.ts'

const say = (instant: string) => sayInstant(new Date(instant))

/** A number without the noise of binary fractions, as the paper prints scores. */
const digits = (value: number) => `${Number(value.toFixed(2))}`

const zeroedNote = ({ zeroed }: TableScore): string | undefined =>
  zeroed === null
    ? undefined
    : zeroed.by === 'item'
      ? '保证项目有一项得零分，本表计零分'
      : `保证项目 ${digits(zeroed.got)}/${zeroed.full}，本表计零分`

/** What stands of the form on the paper: scores of JGJ 59 by table, or how many items of a checklist conform. */
function sheetsOf(record: Inspection): InspectionRecord['sheets'] {
  if (getTemplate(record).form === 'checklist')
    return formOf(record).map(({ title, items }) => {
      const marks = items.map(({ code }) => record.answers.find(({ itemCode }) => itemCode === code)?.mark)
      const count = (mark: string) => marks.filter((one) => one === mark).length
      const na = count('na')
      return {
        name: title,
        full: `${items.length} 项`,
        score: `符合 ${count('pass')}`,
        note: `不符合 ${count('fail')}${na > 0 ? `，不适用 ${na}` : ''}`,
      }
    })
  const scores = record.score?.rows.flatMap(({ tables }) => tables) ?? []
  return record.tables.map((code) => {
    const score = scores.find(({ table }) => table === code)
    const name = `${code} ${findCheckTable(code)?.title ?? ''}`
    if (!score) return { name, full: '0', score: '缺项' }
    const note = zeroedNote(score) ?? (score.full < 100 ? `实得 ${digits(score.got)}，已按缺项换算` : undefined)
    return { name, full: `${score.full}`, score: digits(score.score), ...(note ? { note } : {}) }
  })
}

/** The fact with what it costs, and whether the officer chose the points himself. */
function describe({ text, points, deductions }: Finding): string {
  const free = deductions.some(({ by }) => by === 'discretion')
  return points > 0 ? `${text}（扣 ${digits(points)} 分${free ? `，${discretionLabel}` : ''}）` : text
}

const testsOf = (record: Inspection): InspectionRecord['tests'] =>
  record.spots.map(({ test }) => {
    const result = judgeSpot(test)
    return {
      item: test.quantity,
      place: test.part,
      clause: test.clause,
      design: `${test.design} ${test.unit}`,
      tolerance: `${sayTolerance(test)} ${test.unit}`,
      readings: test.readings.map(({ value }) => `${value}`),
      instrument: test.instrument ?? '未登记',
      passed: result.passed,
      rate: `${(result.passRate * 100).toFixed(1)}%`,
    }
  })

const inspectorOf = ({ name, certificate, confirmedAt }: InspectionOfficer) => ({
  name,
  certNo: certificate,
  ...(confirmedAt ? { signedAt: say(confirmedAt) } : {}),
})

/** The record's pictures by file id, small enough for paper; the originals stay with the case. */
async function picturesOf(tx: Db, ctx: Ctx, ids: readonly string[]) {
  const pictures = new Map<string, { image: Picture; caption: string }>()
  // One after the other: a visit may have a hundred photographs, and each is unpacked to be made smaller.
  for (const file of await findFiles(tx, [...new Set(ids)]))
    pictures.set(file.id, {
      image: await thumbnail(await ctx.house.files.get(file.sha256)),
      // Of a picture that tells no time the paper says only what we know: when it came to us.
      caption: file.taken_at ? `拍摄 ${say(file.taken_at)}` : `上传 ${say(file.created_at)}`,
    })
  return pictures
}

/** Prints 监督抽查记录表 of a signed record and keeps it with the case. Answers the file's id. */
export async function printRecord(tx: Db, ctx: Ctx, record: Inspection): Promise<string> {
  const { signature, number } = record
  if (!signature || !number) throw new Error('an inspection is printed when it has been signed')
  const { id, qr } = newPaper(ctx)
  const county = await getCounty(tx)
  const shown = record.findings.flatMap(({ photos }) => photos)
  const pictures = await picturesOf(tx, ctx, signature.fileId ? [...shown, signature.fileId] : shown)
  const unitName = (orgId: string) => record.units.find((unit) => unit.orgId === orgId)?.orgName ?? ''
  const drawn = signature.fileId ? pictures.get(signature.fileId)?.image : undefined
  const paper: InspectionRecord = {
    authority: county.authority,
    number,
    issuedOn: dayOf(new Date(ctx.now)),
    qr,
    project: {
      name: record.projectName,
      address: record.address,
      code: record.projectCode,
      progress: record.part,
      ...(record.permitNo ? { permitNo: record.permitNo } : {}),
      units: record.units.map(({ role, orgName }) => ({ role: partyRoles[role], name: orgName })),
    },
    startedAt: say(record.visitedAt),
    endedAt: say(record.submittedAt ?? ctx.now),
    ...(record.weather ? { weather: record.weather } : {}),
    kind: inspectionKinds[record.kind],
    part: record.part,
    attendees: record.attendees.map(({ orgId, name, role }) => ({ unit: unitName(orgId), name, role })),
    sheets: sheetsOf(record),
    ...(record.score
      ? { total: { full: '100', score: digits(record.score.total), note: gradeTitles[record.score.grade] } }
      : {}),
    tests: testsOf(record),
    findings: record.findings.map((finding) => ({
      description: describe(finding),
      clause: finding.clause,
      level: severityTitles[finding.severity],
      unit: unitName(finding.orgId),
      photos: finding.photos.flatMap((id) => pictures.get(id) ?? []),
    })),
    measures: Object.entries(measureTitles).map(([key, name]) => ({
      name,
      chosen: record.measures.some((one) => one === key),
    })),
    ...(record.opinion ? { opinion: record.opinion } : {}),
    inspectors: record.officers.map(inspectorOf),
    parties: [
      {
        unit: unitName(signature.orgId),
        name: signature.name,
        role: signature.role,
        signedAt: say(signature.signedAt),
        ...(drawn ? { signature: drawn } : {}),
        ...(signature.refused ? { refused: `${signature.refused}（见证：${signature.witness ?? ''}）` } : {}),
      },
    ],
    digest: signature.contentDigest,
  }
  const { pdf } = await ctx.house.printer.print('inspection-record', paper)
  return keepPaper(tx, ctx, record.id, { id, pdf, name: `监督抽查记录 ${number}.pdf` })
}
