import type { Application } from '@plumbline/core/permit'
import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { PermitTables } from './tables.ts'

// The only place that sees this room's table.
const tables = (db: Db) => db.withTables<PermitTables>()

export async function load(tx: Db, ids: readonly string[]): Promise<Application[]> {
  if (ids.length === 0) return []
  const rows = await tables(tx)
    .selectFrom('permit.application')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(({ project_id, project_name, project_state, owner_id, owner_name, ...same }) => ({
    ...same,
    projectId: project_id,
    projectName: project_name,
    projectState: project_state,
    ownerId: owner_id,
    ownerName: owner_name,
  }))
}

export async function save(tx: Db, records: readonly Application[]): Promise<void> {
  const rows = records.map(({ projectId, projectName, projectState, ownerId, ownerName, ...same }) => ({
    ...same,
    project_id: projectId,
    project_name: projectName,
    project_state: projectState,
    owner_id: ownerId,
    owner_name: ownerName,
  }))
  await sql`insert into permit.application select * from jsonb_populate_recordset(null::permit.application, ${JSON.stringify(rows)}::jsonb)
    on conflict (id) do update set state = excluded.state, number = excluded.number, statement = excluded.statement,
      materials = excluded.materials, submitted = excluded.submitted, returns = excluded.returns, accepted = excluded.accepted`.execute(
    tx,
  )
}

export async function findOfProject(tx: Db, projectId: string): Promise<string[]> {
  const rows = await tables(tx)
    .selectFrom('permit.application')
    .select('id')
    .where('project_id', '=', projectId)
    .execute()
  return rows.map(({ id }) => id)
}
