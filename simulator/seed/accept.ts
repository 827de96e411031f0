import { type ApplicationView, MaterialKind, permitContract as contract } from '@plumbline/core/permit'
import type { Session } from '../client.ts'
import type { Project } from '../county/index.ts'
import { idOf } from './names.ts'
import { scannedPage } from './pictures.ts'
import type { Fate } from './plan.ts'
import { getId } from './registry.ts'
import { sessionOf, type Setting } from './setting.ts'

/** What an applicant whose papers are returned has not handed in. */
const lacking: readonly MaterialKind[] = ['fire', 'archive']

async function materialsOf(session: Session, project: Project, kinds: readonly MaterialKind[]) {
  const materials = []
  for (const kind of kinds) {
    // The county's air defence rules concern no works without a basement.
    if (kind === 'air_defence') materials.push({ kind, notConcerned: '本工程无地下室，不涉及人防工程' })
    else {
      const { id } = await session.upload(await scannedPage(`${project.key}/${kind}`), `${kind}.png`)
      materials.push({ kind, fileIds: [id] })
    }
  }
  return materials
}

/** The owner asks for the joint acceptance of his works. Answers the application's id. */
export async function applyForAcceptance(setting: Setting, project: Project, fate: Fate): Promise<string> {
  const session = await sessionOf(setting, project, 'owner_rep')
  const projectId = getId(setting.ids.projects, project.key)
  const { rows } = await session.call(contract.list, { query: { projectId } })
  if (rows[0]) return rows[0].id
  const kinds = MaterialKind.options.filter((kind) => fate !== 'returned' || !lacking.includes(kind))
  const { record } = await session.call(contract.submit, {
    body: {
      requestId: idOf(setting.county.seed, 'acceptance', project.key),
      input: {
        projectId,
        statement: '工程已按设计文件和合同约定完成，申请联合验收。',
        materials: await materialsOf(session, project, kinds),
      },
    },
  })
  return record.id
}

/** The clerk accepts a complete application, or returns the other with everything that is wanting named at once. */
export async function decideAcceptance(setting: Setting, id: string, fate: Exclude<Fate, 'submitted'>): Promise<void> {
  const clerk = await setting.desk.as(setting.county.demo.people.clerk)
  const { record }: ApplicationView = await clerk.call(contract.get, { params: { id } })
  if (record.state !== 'submitted' || record.returns.length > 0) return
  const requestId = idOf(setting.county.seed, 'acceptance', id, 'decide')
  const gaps = [{ kind: null, text: '申请表中竣工面积与规划核实意见不一致，请核对' }]
  await clerk.call(contract.act, {
    params: { id },
    body:
      fate === 'accepted'
        ? { requestId, action: 'accept', input: {} }
        : { requestId, action: 'return', input: { gaps } },
  })
}
