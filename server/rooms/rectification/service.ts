import type { Finding } from '@plumbline/core/inspection'
import { termOf } from '@plumbline/core/inspection'
import {
  type DraftInput,
  type Notice,
  type NoticeState,
  type NoticeView,
  noticeWorkflow,
  trackOf,
} from '@plumbline/core/rectification'
import type { ActAsk } from '@plumbline/core/workflow'
import { act, open, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom, type HeardAct } from '../../base/room.ts'
import { findHolds } from '../../base/subjects.ts'
import { getInspection } from '../inspection/index.ts'
import { resumeByOrder, settlePosts, stopByOrder } from '../project/index.ts'
import { noteMeasure } from '../telemetry/index.ts'
import { effects, manyEffects } from './effects.ts'
import { propose } from './propose.ts'
import * as store from './store.ts'

const room: CaseRoom<NoticeState, Notice> = {
  workflow: noticeWorkflow,
  load: store.load,
  save: store.save,
  effects,
  manyEffects,
}
export const noticeCases = asCaseRoom(room)

/** Opens a draft to one unit. Refuses what `propose` and the step's guard refuse. */
export async function draft(ctx: Ctx, { requestId, input }: { requestId: string; input: DraftInput }) {
  const { record } = await open(ctx, room, { requestId, action: 'draft', input }, (tx) =>
    propose(tx, ctx, requestId, input),
  ).catch(orderedTwice)
  return view(ctx, record.id)
}

export async function change(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, room, id, ask).catch(orderedTwice)
  return view(ctx, id)
}

/** Two who order one finding at the same moment: the unique key lets one through. */
function orderedTwice(error: { constraint?: string }): never {
  if (error.constraint === 'item_finding_once') throw new Refused('conflict', 'finding_ordered')
  throw error
}

/** A notice as its page takes it: steps, history, tracking of each item, the holds it has placed. Refuses missing. */
export function view(ctx: Ctx, id: string): Promise<NoticeView> {
  return read(ctx, async (tx) => {
    const [head, [notice], acts] = await Promise.all([
      getHead(ctx, tx, id, 'rectification'),
      store.load(tx, [id]),
      history(ctx, tx, id),
    ])
    if (!notice) throw new Refused('missing', 'rectification')
    const law = ctx.law()
    const holds = await findHolds(tx, [notice.projectId])
    return {
      head,
      ...withSteps(ctx, room, notice),
      acts,
      tracks: notice.items.map((item) => trackOf(notice, item, ctx.now)),
      holds: holds.filter(({ caseId }) => caseId === id),
      terms: { general: termOf(law, 'general'), serious: termOf(law, 'serious'), imminent: termOf(law, 'imminent') },
    }
  })
}

/** The findings of an inspection that no standing notice orders to be put right, drafts counted as standing. */
export function unordered(ctx: Ctx, inspectionId: string): Promise<{ rows: Finding[] }> {
  return read(ctx, async (tx) => {
    const { findings } = await getInspection(tx, inspectionId)
    const ordered = await store.findOrdered(
      tx,
      findings.map(({ id }) => id),
    )
    return { rows: findings.filter(({ id }) => !ordered.includes(id)) }
  })
}

const heard = async (ctx: Ctx, { caseId }: HeardAct): Promise<Notice | undefined> => {
  const [notice] = await read(ctx, (tx) => store.load(tx, [caseId]))
  return notice?.kind === 'stop_whole' && notice.servedAt ? notice : undefined
}

/** A whole-site stop order stops the project once it is served, unless it was lifted before we came to hear of it (INS-11). */
export async function onServed(ctx: Ctx, act: HeardAct): Promise<void> {
  const notice = await heard(ctx, act)
  if (notice && notice.state !== 'closed' && notice.state !== 'withdrawn')
    await stopByOrder(ctx, notice.projectId, { because: notice.id, scope: notice.scope || '全部施工' })
}

/** A resumption, or the withdrawal of the order, lifts its stop. A stop of another order stands. */
export async function onLifted(ctx: Ctx, act: HeardAct): Promise<void> {
  const notice = await heard(ctx, act)
  if (notice) await resumeByOrder(ctx, notice.projectId, { because: notice.id })
  await onPassed(ctx, act)
}

/** A notice that outlives the works keeps the posts of those who answer it; one that is reopened gives them back. */
export async function onPassed(ctx: Ctx, { caseId }: HeardAct): Promise<void> {
  const [notice] = await read(ctx, (tx) => store.load(tx, [caseId]))
  if (notice) await settlePosts(ctx, notice.projectId)
}

/** A notice that was drawn up because of an alarm is noted on the alarm (STAT-08). */
export async function onDrafted(ctx: Ctx, { caseId }: HeardAct): Promise<void> {
  const [notice] = await read(ctx, (tx) => store.load(tx, [caseId]))
  if (notice?.alarmId) await noteMeasure(ctx, notice.alarmId, { room: 'rectification', caseId })
}
