import {
  answersWanted,
  findTemplate,
  formOf,
  type Inspection,
  inspectionContract as contract,
  type InspectionView,
} from '@plumbline/core/inspection'
import { type Project, random, type Stage as ProjectStage } from '../county/index.ts'
import type { Session } from '../client.ts'
import { type Fault, faults, supervisionFault } from './faults.ts'
import { idOf } from './names.ts'
import { before, signature, takePhoto } from './pictures.ts'
import type { Visit } from './plan.ts'
import { getId } from './registry.ts'
import { nameOf, holderOf, orgIdOf, sessionOf, type Setting } from './setting.ts'

const weathers = ['晴', '多云', '阴', '小雨', '晴转多云'] as const

const parts: Record<ProjectStage, readonly string[]> = {
  foundation: ['基坑开挖', '地下室底板钢筋绑扎', '桩基施工'],
  structure: ['主体二层', '主体五层', '主体八层'],
  fitout: ['内部装饰', '外立面施工', '机电安装'],
  completion: ['室外附属工程', '收尾清场'],
}

interface Found {
  id: string
  fault: Fault
  unit: 'contractor' | 'supervision'
}

/** The faults of a visit, each on the unit that must answer for it. */
export function foundAt(seed: number, visit: Visit): Found[] {
  const found = (fault: Fault, unit: Found['unit']): Found => ({
    id: idOf(seed, visit.key, unit, fault.item, fault.text),
    fault,
    unit,
  })
  return [
    ...visit.faults.map((key) => found(faults[key], 'contractor')),
    ...(visit.orders.some(({ unit }) => unit === 'supervision') ? [found(supervisionFault, 'supervision')] : []),
  ]
}

const tablesOf = (found: readonly Found[]) => [...new Set(found.map(({ fault }) => fault.table))].filter(Boolean).sort()

/** The inspection of a visit from the first entry to both sides' signatures. Answers its record. */
export async function inspect(setting: Setting, visit: Visit, at: string): Promise<Inspection> {
  const { desk, county, ids } = setting
  const [lead, second] = visit.officers
  const session = await desk.as(lead)
  const dice = random(county.seed, visit.key)
  let view = await session.call(contract.start, {
    body: {
      requestId: idOf(county.seed, visit.key),
      input: {
        projectId: getId(ids.projects, visit.project.key),
        kind: visit.kind,
        templateCode: visit.template,
        tables: tablesOf(foundAt(county.seed, visit)),
        officerIds: [getId(ids.people, second)],
        visitedAt: before(at, 40),
        part: dice.pick(parts[visit.project.stage]),
        weather: dice.pick(weathers),
      },
    },
  })
  const act = async (who: Session, action: string, input: object) => {
    const body = { requestId: idOf(county.seed, visit.key, action, who.view.person!.id), action, input }
    view = await who.call(contract.act, { params: { id: view.record.id }, body: body as never })
  }
  if (view.record.state === 'draft') {
    if (view.record.revision === 0) await act(session, 'save', await contentOf(setting, visit, view, session, at))
    await act(session, 'submit', { revision: view.record.revision })
  }
  if (view.record.state === 'submitted') {
    const { contentDigest } = view
    if (view.record.officers.some(({ confirmedAt }) => confirmedAt === null))
      await act(await desk.as(second), 'cosign', { contentDigest })
    await sign(setting, visit, session, contentDigest, act)
  }
  return view.record
}

/** The site's project manager signs: on the demo site in a session of his own, elsewhere on the inspector's screen. */
async function sign(
  setting: Setting,
  { project }: Visit,
  officer: Session,
  contentDigest: string,
  act: (who: Session, action: string, input: object) => Promise<void>,
): Promise<void> {
  const { county } = setting
  const manager = holderOf(county, project, 'project_manager')
  const own = project.key === county.demo.projects.sewageWorks
  const signer = own ? await sessionOf(setting, project, 'project_manager') : officer
  const name = nameOf(setting, manager)
  const { id: fileId } = await signer.upload(await signature(manager), `签字-${name}.png`)
  const orgId = orgIdOf(setting, project, 'contractor')
  await act(signer, 'sign', { contentDigest, fileId, orgId, ...(own ? {} : { name, role: '项目经理' }) })
}

async function contentOf(setting: Setting, visit: Visit, { record }: InspectionView, session: Session, at: string) {
  const { project } = visit
  const found = foundAt(setting.county.seed, visit)
  const items = new Map(formOf(record).flatMap((section) => section.items.map((item) => [item.code, item])))
  const findings = []
  for (const [i, { id, fault, unit }] of found.entries()) {
    const item = items.get(fault.item)!
    // What a supervision unit left undone is found in its papers: there is nothing to photograph.
    const picture =
      unit === 'contractor'
        ? await takePhoto(session, `${fault.scene}:${visit.key}/${fault.item}/${i}`, 'before', {
            taken: before(at, 35 - i * 6),
            point: project.point,
          })
        : null
    findings.push({
      id,
      itemCode: item.code,
      itemName: item.title,
      text: fault.text,
      clause: item.clause,
      deductions: fault.deductions,
      points: 0,
      severity: fault.severity,
      orgId: orgIdOf(setting, project, unit),
      requirement: fault.requirement,
      photos: picture ? [picture.id] : [],
      point: picture?.point ?? null,
    })
  }
  const failed = new Set(found.map(({ fault }) => fault.item))
  const wanted = answersWanted(findTemplate(record.templateCode, record.templateVersion)!, record.tables)
  return {
    revision: record.revision,
    attendees: attendeesOf(setting, project),
    answers: wanted.map((itemCode) => ({ itemCode, mark: failed.has(itemCode) ? 'fail' : 'pass', note: '' })),
    findings,
    ...verdictOf(visit),
  }
}

const attendeesOf = (setting: Setting, project: Project) =>
  (
    [
      ['contractor', 'project_manager', '项目经理'],
      ['supervision', 'chief_engineer', '总监理工程师'],
    ] as const
  ).map(([unit, capacity, role]) => ({
    orgId: orgIdOf(setting, project, unit),
    name: nameOf(setting, holderOf(setting.county, project, capacity)),
    role,
  }))

function verdictOf({ faults: found, orders }: Visit) {
  if (found.length === 0) return { measures: ['oral'], opinion: '本次抽查内容未发现不符合项，请继续落实安全生产责任。' }
  return orders.some(({ kind }) => kind !== 'correct')
    ? { measures: ['stop'], opinion: '存在重大事故隐患，责令停工整改，经复查合格后方可复工。' }
    : { measures: ['correct'], opinion: '责令限期整改，整改完成后经监理复核，报监督人员审核。' }
}
