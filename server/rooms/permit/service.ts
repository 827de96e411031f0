import { partyKeys } from '@plumbline/core/access'
import {
  type Application,
  type ApplicationState,
  type ApplicationView,
  missingMaterials,
  permitWorkflow,
  type SubmitInput,
} from '@plumbline/core/permit'
import type { ActAsk } from '@plumbline/core/workflow'
import { act, open, sameId, withSteps } from '../../base/act.ts'
import { findHeads, getHead, history, listCases } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { useFiles } from '../../base/files/index.ts'
import { notify } from '../../base/notify.ts'
import { asCaseRoom, type CaseRoom, type Done, type HeardAct } from '../../base/room.ts'
import { getCounty } from '../../base/setting.ts'
import { nextSerial } from '../../base/subjects.ts'
import { getProject, settlePosts } from '../project/index.ts'
import * as store from './store.ts'

const room: CaseRoom<ApplicationState, Application> = {
  workflow: permitWorkflow,
  load: store.load,
  save: store.save,
  effects: {
    submit: async (tx, ctx, { after }) => {
      await attach(tx, after)
      return { ...after, number: await nextNumber(tx, ctx) }
    },
    resubmit: (tx, _, { after }) => attach(tx, after),
    return: (tx, ctx, done) =>
      tellOwner(
        tx,
        ctx,
        done,
        '联合验收申请待补正',
        (done.after.returns.at(-1)?.gaps ?? []).map(({ text }) => text).join('；'),
      ),
    accept: (tx, ctx, done) => tellOwner(tx, ctx, done, '联合验收申请已受理', done.after.projectName),
  },
}
export const permitCases = asCaseRoom(room)

const attach = (tx: Db, { id, materials }: Application) =>
  useFiles(
    tx,
    id,
    materials.flatMap(({ fileIds }) => fileIds),
  )

async function nextNumber(tx: Db, ctx: Ctx): Promise<string> {
  const { documentWord } = await getCounty(tx)
  // The window speaks for the bureau, not for its supervision station: 青建监 -> 青建验受.
  const word = documentWord.replace(/监$/, '')
  const year = Number(ctx.today.slice(0, 4))
  return `${word}验受〔${year}〕${String(await nextSerial(tx, 'permit.joint_acceptance', year)).padStart(4, '0')}号`
}

const tellOwner = (tx: Db, ctx: Ctx, { after }: Done<Application>, title: string, body: string) =>
  notify(
    tx,
    ctx,
    partyKeys(after.projectId, after.ownerId).map((recipient) => ({
      recipient,
      caseId: after.id,
      kind: 'permit',
      level: ctx.now,
      title: `${title} ${after.number ?? ''}`.trim(),
      body,
    })),
  )

/**
 * Submits a joint acceptance for a project that is being built. Refuses missing project; unmet held (with clause, number and
 * item of what holds it), project_not_building, owner_missing; conflict application_exists while one runs or was accepted.
 */
export async function submit(ctx: Ctx, { requestId, input }: { requestId: string; input: SubmitInput }) {
  const { record } = await open(ctx, room, { requestId, action: 'submit', input }, async (tx) => {
    const project = await getProject(tx, input.projectId)
    const owner = project.parties.find(({ role }) => role === 'owner')
    if (!owner) throw new Refused('unmet', 'owner_missing')
    return {
      id: sameId('permit', requestId),
      state: null,
      number: null,
      projectId: project.id,
      projectName: project.name,
      projectState: project.state,
      district: project.district,
      ownerId: owner.orgId,
      ownerName: owner.orgName,
      statement: input.statement,
      materials: input.materials,
      submitted: null,
      returns: [],
      accepted: null,
    }
  }).catch((error: { constraint?: string }) => {
    if (error.constraint === 'application_once') throw new Refused('conflict', 'application_exists')
    throw error
  })
  return view(ctx, record.id)
}

export async function change(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, room, id, ask)
  return view(ctx, id)
}

/** The owner of a terminated project answers for his application until it is decided. */
export async function onEnded(ctx: Ctx, { caseId }: HeardAct): Promise<void> {
  const [application] = await read(ctx, (tx) => store.load(tx, [caseId]))
  if (application) await settlePosts(ctx, application.projectId)
}

/** An application as its page takes it. Refuses missing. */
export function view(ctx: Ctx, id: string): Promise<ApplicationView> {
  return read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'permit')
    const [application] = await store.load(tx, [id])
    if (!application) throw new Refused('missing', 'permit')
    return {
      head,
      ...withSteps(ctx, room, application),
      acts: await history(ctx, tx, id),
      missing: missingMaterials(application.materials),
    }
  })
}

type ListAsk = { projectId?: string | undefined; open?: boolean | undefined; after?: string | undefined; limit: number }

/** A project has a handful of applications: they are answered whole. The county's list goes by the common case list. */
export async function list(ctx: Ctx, { projectId, open: isOpen, after, limit }: ListAsk) {
  if (!projectId)
    return listCases(ctx, {
      rooms: ['permit'],
      limit,
      ...(after === undefined ? {} : { after }),
      ...(isOpen === undefined ? {} : { open: isOpen }),
    })
  return read(ctx, async (tx) => {
    const rows = await findHeads(ctx, tx, await store.findOfProject(tx, projectId))
    return { rows: rows.filter(({ open: running }) => isOpen === undefined || running === isOpen), next: null }
  })
}
