import { capacities } from '@plumbline/core/access'
import {
  authorities,
  completenessOf,
  type NewProject,
  offered,
  type Project,
  type ProjectState,
  type ProjectView,
  projectWorkflow,
  sectors,
  withFacts,
} from '@plumbline/core/project'
import type { ActAsk } from '@plumbline/core/workflow'
import { randomUUID } from 'node:crypto'
import { act, open, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { useFiles } from '../../base/files/index.ts'
import { asCaseRoom, type CaseRoom, type Done } from '../../base/room.ts'
import { findHolds } from '../../base/subjects.ts'
import { listInspectors } from '../account/index.ts'
import { assignOfficers } from './assign.ts'
import { settleFacts } from './facts.ts'
import { countCases, worstTier } from './lists.ts'
import * as store from './store.ts'

const keepPapers = (tx: Db, _: Ctx, { after, input }: Done<Project>) =>
  useFiles(tx, after.id, (input as { files: string[] }).files)

const settle = (tx: Db, ctx: Ctx, { before, after }: Done<Project>) => settleFacts(tx, ctx, after, before)

export const projectRoom: CaseRoom<ProjectState, Project> = {
  workflow: projectWorkflow,
  load: store.load,
  save: store.save,
  effects: {
    amend: settle,
    start: settle,
    assign: assignOfficers,
    stop: keepPapers,
    resume: keepPapers,
    complete: keepPapers,
    terminate: keepPapers,
  },
}
export const projectCases = asCaseRoom(projectRoom)

/** A UUIDv7 (RFC 9562): ids sort as the projects were registered, by the legal clock, which never runs back. */
function nextId(now: string): string {
  const time = Date.parse(now).toString(16).padStart(12, '0')
  return randomUUID().replace(/^.{8}-.{4}-4/, `${time.slice(0, 8)}-${time.slice(8)}-7`)
}

/** A record that holds nothing yet; every fact of it is overwritten by what a new project must name. */
const blank = (id: string, registeredOn: string): Project => ({
  id,
  state: null,
  code: '',
  name: '',
  district: '',
  town: '',
  address: '',
  point: { lon: 0, lat: 0 },
  sector: 'building',
  works: 'building',
  area: null,
  cost: null,
  stage: 'foundation',
  category: '',
  tags: [],
  keyProject: false,
  standardSite: false,
  designated: false,
  inZone: false,
  parties: [],
  posts: [],
  officers: [],
  contact: { name: '', phone: '' },
  permitNo: null,
  startDay: null,
  registeredOn,
  startedAt: null,
  duties: [],
  completeness: 0,
  stops: [],
})

/** Registers a project under a code that nobody bears yet. Refuses conflict project_code_taken, and what settleFacts refuses. */
export async function register(ctx: Ctx, ask: { requestId: string; input: NewProject }): Promise<Project> {
  const { input } = ask
  const { record } = await open(ctx, projectRoom, { ...ask, action: 'register' }, async (tx) => {
    if ((await store.findCodes(tx, [input.code])).length > 0) throw codeTaken(input)
    return settleFacts(tx, ctx, withFacts(blank(nextId(ctx.now), ctx.today), input))
  }).catch((error: unknown) => {
    throw isCodeTaken(error) ? codeTaken(input) : error
  })
  return record
}

export async function change(ctx: Ctx, id: string, ask: ActAsk): Promise<ProjectView> {
  await act(ctx, projectRoom, id, ask).catch((error: unknown) => {
    throw isCodeTaken(error) ? codeTaken(ask.input as { code?: string }) : error
  })
  return view(ctx, id)
}

const codeTaken = ({ code }: { code?: string }) => new Refused('conflict', 'project_code_taken', { code })

/** Of two who take a code at one moment, or where the other project is out of reach, the database's keys decide. */
const isCodeTaken = (error: unknown) =>
  ['case_number', 'project_code_key'].includes((error as { constraint?: string }).constraint ?? '')

/** The project's page. What does not wait for one another leaves in one flush. */
export const view = (ctx: Ctx, id: string): Promise<ProjectView> =>
  read(ctx, async (tx) => {
    const [head, project, acts, tier, counts, handovers] = await Promise.all([
      getHead(ctx, tx, id, 'project'),
      store.get(tx, id),
      history(ctx, tx, id),
      worstTier(tx, id),
      countCases(ctx, tx, id),
      store.findHandovers(tx, id),
    ])
    const { record, steps } = withSteps(ctx, projectRoom, project)
    return {
      head,
      record,
      steps: offered(record, steps),
      acts,
      tier,
      authorityLabel: authorities[sectors[project.sector].authority],
      holds: await findHolds(tx, projectWorkflow.head(project).subjects),
      missing: completenessOf(project).missing,
      counts,
      handovers,
    }
  })

/** Who can be assigned, with how many projects each has now. */
export async function listOfficers(ctx: Ctx) {
  const inspectors = await listInspectors(ctx.db)
  const counts = await read(ctx, (tx) => store.countAssigned(tx))
  return inspectors.map((one) => ({
    ...one,
    capacityLabel: capacities[one.capacity],
    projects: counts.get(one.personId) ?? 0,
  }))
}
