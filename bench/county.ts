import { createHash, randomBytes } from 'node:crypto'
import type { Account, Appointment } from '@plumbline/core/account'
import { completenessOf, Project } from '@plumbline/core/project'
import { type Capacity, districtKeys, orgKey, systemActor } from '@plumbline/core/access'
import type pg from 'pg'
import { rooms } from '../server/app.ts'
import { recordActs, sameId } from '../server/base/act.ts'
import { saveHeads } from '../server/base/cases.ts'
import type { Ctx } from '../server/base/context.ts'
import { type Db, inTx, openDatabase } from '../server/base/db.ts'
import { caseRoomOf } from '../server/base/room.ts'
import { saveSetting } from '../server/base/setting.ts'
import { saveSubjects } from '../server/base/subjects.ts'
import type { Cluster } from './cluster.ts'
import type { Multiplied } from './multiply.ts'

const region = '990421'
const writtenAt = '2026-03-02T01:00:00.000Z'
/** Templates: the smallest size. All others are multiplied from them. */
export const templates = 1000
const towns = 12
const contractors = 200
/** Units below the head office that reads: one tenth of the county's projects are theirs. */
const subsidiaries = 20

const idOf = (what: string, no: number | string) => sameId('bench', what, no)
export const contractorOf = (no: number) => idOf('org:contractor', no % contractors)
export const townOf = (no: number) => `${region}${String((no % towns) + 1).padStart(3, '0')}`
export const headOffice = idOf('org:group', 0)
export const projectIdOf = (no: number) => idOf('project', no)

/** Sixteen digits: region, day, class and serial. Copy `no` has the code of its number, as SQL makes it too. */
const codeOf = (no: number) => `${region}200101${String(no % 10_000).padStart(4, '0')}`
const codeSql = `'${region}' || to_char(date '2020-02-01' + no / 10000, 'YYMMDD') || lpad((no % 10000)::text, 4, '0')`

/** A context as far as `saveHeads` and `recordActs` look at one. */
const writer = {
  now: writtenAt,
  actor: systemActor,
  house: { rooms: [] },
  origin: null,
  causedBy: null,
} as unknown as Ctx

/** Writes through the product's own `save` and `head`, past `act`: only a benchmark may. */
export async function asWriter(cluster: Cluster, work: (tx: Db) => Promise<void>): Promise<void> {
  const { db, close } = openDatabase(cluster.ownerUrl, 2)
  try {
    await inTx(db, ['d:'], work)
  } finally {
    await close()
  }
}

export type Written = { id: string; state: string | null }

/** Saves records of a workflow with their heads and one act each, as if each had just been opened. */
export async function write(tx: Db, name: string, action: string, records: readonly Written[]): Promise<void> {
  const room = caseRoomOf(rooms, name)
  for (let at = 0; at < records.length; at += 500) {
    const part = records.slice(at, at + 500)
    await saveHeads(
      tx,
      room.workflow,
      part.map((after) => ({ before: null, after, now: writtenAt })),
    )
    await room.save(tx, part)
    const acts = part.map((record) => ({
      requestId: sameId('bench', name, action, record.id),
      before: record,
      after: record,
      from: null,
      to: record.state!,
      input: {},
      rules: [],
      now: writtenAt,
    }))
    await recordActs(tx, writer, `${name}.${action}`, acts)
  }
}

/** The county's name, its units' subjects and the template projects. */
export async function foundCounty(cluster: Cluster): Promise<Project[]> {
  const projects = Array.from({ length: templates }, (_, no) => newProject(no))
  await asWriter(cluster, async (tx) => {
    await saveSetting(tx, 'county', { region, name: '测县', authority: '测县住房和城乡建设局', documentWord: '测建监' })
    const orgs = Array.from({ length: contractors }, (_, no) => ({ id: contractorOf(no), name: `测工建设${no}公司` }))
    await saveSubjects(
      tx,
      [{ id: headOffice, name: '测工集团' }, ...orgs].map((org) => ({
        ...org,
        kind: 'org' as const,
        district: region,
        reach: [...districtKeys(region), orgKey(org.id), 'everybody'],
      })),
    )
    await tx
      .updateTable('base.subject')
      .set({ standing: JSON.stringify({ below: orgs.slice(0, subsidiaries).map(({ id }) => id) }) })
      .where('id', '=', headOffice)
      .execute()
    await write(tx, 'project', 'register', projects)
  })
  return projects
}

/** How the templates become a county of any size. */
export const projectCopies = (projects: readonly Project[]): Multiplied => ({
  tables: [
    { table: 'base.case', key: 'id' },
    { table: 'base.subject', key: 'id' },
    { table: 'project.project', key: 'id' },
    { table: 'base.act', key: 'case_id' },
  ],
  templates: projects.map(({ id, code }) => ({ id, token: code })),
  token: codeSql,
  // Nothing here searches: a copy keeps a few of its template's words, so that a million rows stay small.
  instead: { 'base.case.words': 'x.words[1:8]' },
})

function newProject(no: number): Project {
  const code = codeOf(no)
  const party = (role: Project['parties'][number]['role'], orgId: string, orgName: string) => ({ role, orgId, orgName })
  const contractor = contractorOf(no)
  const parties = [
    party('owner', idOf('org:owner', no % 60), `测业置业${no % 60}公司`),
    party('contractor', contractor, `测工建设${no % contractors}公司`),
    party('supervision', idOf('org:supervision', no % 30), `测信监理${no % 30}公司`),
  ]
  const posts: Project['posts'] = [
    {
      capacity: 'project_manager',
      orgId: contractor,
      personId: idOf('manager', no),
      name: '张测',
      phone: '13900000000',
    },
    { capacity: 'safety_officer', orgId: contractor, personId: idOf('safety', no), name: '李测', phone: '13900000001' },
  ]
  const project: Project = {
    id: projectIdOf(no),
    state: 'building',
    code,
    name: `${['滨河花园', '实验小学', '人民医院', '城东大道', '产业园'][no % 5]}${code}`,
    district: townOf(no),
    town: `测镇${no % towns}`,
    address: `测路${no}号`,
    point: { lon: 120.5 + (no % 100) / 1000, lat: 30.6 + (no % 77) / 1000 },
    sector: 'building',
    works: 'building',
    area: 20_000 + no,
    cost: 8000,
    stage: 'structure',
    category: '住宅',
    tags: [],
    keyProject: false,
    standardSite: false,
    designated: false,
    inZone: false,
    parties,
    posts,
    officers: [],
    contact: { name: '王测', phone: '13900000002' },
    permitNo: null,
    startDay: '2026-03-01',
    registeredOn: '2026-02-20',
    startedAt: writtenAt,
    duties: [],
    completeness: 0,
    stops: [],
  }
  return Project.parse({ ...project, completeness: completenessOf(project).percent })
}

/** A person with one appointment and, when asked for, a session. */
export interface Reader {
  what: string
  accountId: string
  login: string
  cookie: string
}

export interface NewReader {
  what: string
  capacity: Capacity
  districts?: string[]
  orgId?: string
  projectId?: string
}

/** Writes accounts with one appointment each, and a session for each as if it had just signed in. */
export async function enterReaders(cluster: Cluster, wanted: readonly NewReader[], hash: string): Promise<Reader[]> {
  const made = wanted.map((one) => newAccount(one))
  await asWriter(cluster, async (tx) =>
    write(
      tx,
      'account',
      'create',
      made.map(({ account }) => account),
    ),
  )
  await giveSecrets(cluster.owner, made, hash)
  return made.map(({ account, what, token }) => ({
    what,
    accountId: account.id,
    login: account.login,
    cookie: `plumbline=${token}`,
  }))
}

function newAccount({ what, capacity, districts = [], orgId, projectId }: NewReader) {
  const appointment: Appointment = {
    id: idOf('appointment', what),
    capacity,
    orgId: orgId ?? null,
    projectId: projectId ?? null,
    districts,
    scope: '测',
    certificate: null,
    since: writtenAt,
    until: null,
  }
  const account: Account = {
    id: idOf('account', what),
    state: 'active',
    login: `bench-${what}`,
    personId: idOf('person', what),
    name: '测试人员',
    region,
    demoKey: null,
    appointments: [appointment],
  }
  return { what, account, appointmentId: appointment.id, token: randomBytes(32).toString('base64url') }
}

async function giveSecrets(
  owner: pg.Pool,
  made: readonly ReturnType<typeof newAccount>[],
  hash: string,
): Promise<void> {
  const ids = made.map(({ account }) => account.id)
  await owner.query(
    'insert into account.secret (account_id, hash, set_at) select id, $2, now() from unnest($1::uuid[]) id',
    [ids, hash],
  )
  const hashes = made.map(({ token }) => createHash('sha256').update(token).digest('hex'))
  await owner.query(
    `insert into base.session (token_hash, account_id, appointment_id, created_at, seen_at, address, agent)
     select t, a, p, now(), now(), '127.0.0.1', 'bench' from unnest($1::text[], $2::uuid[], $3::uuid[]) x(t, a, p)`,
    [hashes, ids, made.map(({ appointmentId }) => appointmentId)],
  )
}
