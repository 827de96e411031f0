import { orgKey } from '@plumbline/core/access'
import { type Handover, type Project, projectWorkflow } from '@plumbline/core/project'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { saveSubjects } from '../../base/subjects.ts'
import type { ProjectTables } from './tables.ts'

// Records of this room; lists, counts and sites stand in lists.ts.
const tables = (db: Db) => db.withTables<ProjectTables>()

export type ProjectRecord = Selectable<ProjectTables['project.project']>

export const toProject = ({
  lon,
  lat,
  in_zone,
  permit_no,
  start_day,
  registered_on,
  started_at,
  tags,
  ...same
}: ProjectRecord): Project => ({
  ...same,
  tags,
  point: { lon, lat },
  keyProject: tags.includes('key_public') || tags.includes('key_investment'),
  standardSite: tags.includes('standard_site'),
  designated: tags.includes('designated'),
  inZone: in_zone,
  permitNo: permit_no,
  startDay: start_day,
  registeredOn: registered_on,
  startedAt: started_at,
})

export async function load(tx: Db, ids: readonly string[]): Promise<Project[]> {
  if (ids.length === 0) return []
  const rows = await tables(tx)
    .selectFrom('project.project')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(toProject)
}

/** Refuses missing project, also for one out of reach. */
export async function get(tx: Db, id: string): Promise<Project> {
  const [project] = await load(tx, [id])
  if (!project) throw new Refused('missing', 'project')
  return project
}

export async function save(tx: Db, records: readonly Project[]): Promise<void> {
  await saveSubjects(
    tx,
    records.map((project) => ({
      id: project.id,
      kind: 'project',
      name: project.name,
      district: project.district,
      reach: projectWorkflow.head(project).reach,
    })),
  )
  for (const project of records) {
    const row = toRow(project)
    await tables(tx)
      .insertInto('project.project')
      .values(row)
      .onConflict((at) => at.column('id').doUpdateSet(row))
      .execute()
  }
}

/** keyProject, standardSite and designated are read back from the tags. */
const toRow = (project: Project) => ({
  id: project.id,
  state: project.state!,
  code: project.code,
  name: project.name,
  district: project.district,
  town: project.town,
  address: project.address,
  lon: project.point.lon,
  lat: project.point.lat,
  sector: project.sector,
  works: project.works,
  area: project.area,
  cost: project.cost,
  stage: project.stage,
  category: project.category,
  tags: project.tags,
  in_zone: project.inZone,
  parties: JSON.stringify(project.parties),
  posts: JSON.stringify(project.posts),
  officers: JSON.stringify(project.officers),
  contact: JSON.stringify(project.contact),
  permit_no: project.permitNo,
  start_day: project.startDay,
  registered_on: project.registeredOn,
  started_at: project.startedAt,
  duties: JSON.stringify(project.duties),
  completeness: project.completeness,
  stops: JSON.stringify(project.stops),
})

export async function findCodes(tx: Db, codes: readonly string[]): Promise<{ id: string; code: string }[]> {
  if (codes.length === 0) return []
  return tables(tx)
    .selectFrom('project.project')
    .select(['id', 'code'])
    .where('code', 'in', [...codes])
    .execute()
}

/** Which of these requests were carried out. */
export async function findDone(tx: Db, requestIds: readonly string[]): Promise<Set<string>> {
  if (requestIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('base.act')
    .select('request_id')
    .where('request_id', 'in', [...requestIds])
    .execute()
  return new Set(rows.map(({ request_id }) => request_id))
}

/** Completed or terminated: nothing of it changes any longer. */
export const isFinished = ({ state }: Project): boolean => state === 'completed' || state === 'terminated'

/** Projects under way in which a unit takes part; in a transaction that holds the unit's key. */
export async function findWithParty(tx: Db, orgId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('base.reach')
    .select('case_id')
    .where('key', '=', orgKey(orgId))
    .where('room', '=', 'project')
    .where('open', '=', true)
    .execute()
  return rows.map(({ case_id }) => case_id)
}

/** Units with a paper of the project on their hands: numbered, open, and waiting for somebody. */
export async function findOwing(tx: Db, projectId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('base.case')
    .select('parties')
    .where('project_id', '=', projectId)
    .where('room', '<>', 'project')
    .where('open', '=', true)
    .where('number', 'is not', null)
    .where(sql<boolean>`waits <> '{}'`)
    .execute()
  return [...new Set(rows.flatMap(({ parties }) => parties))]
}

/** The towns that have projects: they cannot be taken off the map. */
export async function findDistricts(tx: Db): Promise<string[]> {
  const rows = await tables(tx).selectFrom('project.project').select('district').distinct().execute()
  return rows.map(({ district }) => district)
}

/** Who is assigned changes in the act's transaction: identity reads these rows at the next request. */
export async function saveAssignments(tx: Db, before: Project, after: Project, now: string): Promise<void> {
  const stay = after.officers.map(({ personId }) => personId)
  const left = before.officers.map(({ personId }) => personId).filter((id) => !stay.includes(id))
  if (left.length > 0)
    await tx
      .updateTable('base.assignment')
      .set({ until: now })
      .where('subject_id', '=', after.id)
      .where('person_id', 'in', left)
      .where('until', 'is', null)
      .execute()
  for (const { personId, lead, since } of after.officers)
    await tx
      .insertInto('base.assignment')
      .values({ person_id: personId, subject_id: after.id, lead, since, until: null })
      .onConflict((at) => at.columns(['person_id', 'subject_id', 'since']).doUpdateSet({ lead }))
      .execute()
}

/** The officers who came to a project or left it at a moment. */
export async function findMoved(tx: Db, projectId: string, at: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('base.assignment')
    .select('person_id')
    .where('subject_id', '=', projectId)
    .where((eb) => eb.or([eb('since', '=', at), eb('until', '=', at)]))
    .execute()
  return rows.map(({ person_id }) => person_id)
}

/** Projects each officer is assigned to now, as far as the reader sees them. */
export async function countAssigned(tx: Db): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('base.assignment')
    .select(({ fn }) => ['person_id', fn.countAll<number>().as('projects')])
    .where('until', 'is', null)
    .groupBy('person_id')
    .execute()
  return new Map(rows.map(({ person_id, projects }) => [person_id, projects]))
}

/** What is open on a project apart from itself, for whoever takes it over. */
export async function findOpenCases(tx: Db, projectId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('base.case')
    .select('id')
    .where('project_id', '=', projectId)
    .where('room', '<>', 'project')
    .where('open', '=', true)
    .orderBy('due')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

export async function saveHandover(tx: Db, projectId: string, handover: Handover): Promise<void> {
  await tables(tx)
    .insertInto('project.handover')
    .values({
      project_id: projectId,
      at: handover.at,
      reason: handover.reason,
      leaving: JSON.stringify(handover.leaving),
      coming: JSON.stringify(handover.coming),
      cases: JSON.stringify(handover.cases),
    })
    .execute()
}

export async function findHandovers(tx: Db, projectId: string): Promise<Handover[]> {
  return tables(tx)
    .selectFrom('project.handover')
    .select(['at', 'reason', 'leaving', 'coming', 'cases'])
    .where('project_id', '=', projectId)
    .orderBy('at', 'desc')
    .execute()
}
