import { distanceMeters, type Point } from '@plumbline/core/kit'
import {
  isOpenItem,
  type Notice,
  type NoticeState,
  type ReplyInput,
  type ResumeInput,
  type VisitInput,
} from '@plumbline/core/rectification'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { findFiles, useFiles } from '../../base/files/index.ts'
import { type Message, notify } from '../../base/notify.ts'
import type { CaseRoom, Done } from '../../base/room.ts'
import { liftHolds, placeHolds } from '../../base/subjects.ts'
import { markOrdered } from '../inspection/index.ts'
import * as say from './messages.ts'
import { nextNumber, printNotice, printResume, seriesOf } from './papers.ts'

type Effect = (tx: Db, ctx: Ctx, done: Done<Notice>) => Promise<Notice | void>
type ManyEffect = (tx: Db, ctx: Ctx, done: readonly Done<Notice>[]) => Promise<void>

const attach: Effect = (tx, _, { after }) =>
  useFiles(
    tx,
    after.id,
    after.items.flatMap(({ photos }) => photos),
  )

/** The number, the printed paper, and the tie to the record it rests on, which from now on cannot be revised. */
const issue: Effect = async (tx, ctx, { after }) => {
  if (after.inspectionId) {
    const { findings } = await markOrdered(tx, after.inspectionId, after.id)
    const gone = after.items.filter(({ findingId }) => findingId && !findings.some(({ id }) => id === findingId))
    if (gone.length > 0) throw new Refused('unmet', 'finding_gone', { items: gone.map(({ text }) => text) })
  }
  const numbered = { ...after, number: await nextNumber(tx, ctx, seriesOf(after)) }
  return { ...numbered, paperId: await printNotice(tx, ctx, numbered) }
}

const serve: Effect = async (tx, ctx, { after }) => {
  await useFiles(tx, after.id, after.service?.photos ?? [])
  await notify(tx, ctx, say.served(after))
}

/** After-photos are photographs, and not the very ones that show the hazard (REC-02). */
const reply: Effect = async (tx, ctx, { after, input }) => {
  const { items } = input as ReplyInput
  const photos = await requirePhotos(
    tx,
    items.flatMap((item) => item.photos),
  )
  const before = await findFiles(
    tx,
    after.items.flatMap((item) => item.photos),
  )
  const same = photos.filter(({ sha256 }) => before.some((photo) => photo.sha256 === sha256))
  if (same.length > 0) throw new Refused('unmet', 'photo_same_as_before', { items: same.map(({ name }) => name) })
  await useFiles(
    tx,
    after.id,
    photos.map(({ id }) => id),
  )
  await notify(tx, ctx, onward(ctx, after, '整改回复'))
}

async function requirePhotos(tx: Db, ids: readonly string[]) {
  const wanted = [...new Set(ids)]
  const files = await findFiles(tx, wanted)
  if (files.length < wanted.length) throw new Refused('unmet', 'file_missing')
  if (files.some(({ type }) => !type.startsWith('image/'))) throw new Refused('unmet', 'photo_required')
  return files
}

/** Tells those with whom items lie now. */
function onward(ctx: Ctx, notice: Notice, what: string): Message[] {
  const has = (state: string) => notice.items.some((item) => item.state === state)
  const text = (title: string) => ({
    kind: 'onward',
    level: ctx.now,
    title: `${title}：${say.nameOf(notice)}`,
    body: `${notice.projectName}：${say.sayItems(notice.items.filter(isOpenItem))}`,
  })
  return [
    ...(has('replied') ? say.to(say.supervisionKeys(notice), notice, text(`${what}待复核`)) : []),
    ...(has('confirmed') ? say.to(say.officerKeys(notice), notice, text(`${what}待审核`)) : []),
    ...(has('fixing') && what !== '整改回复' ? say.to(say.unitKeys(notice), notice, text(`${what}：有事项退回`)) : []),
  ]
}

const countersign: Effect = async (tx, ctx, { after }) => notify(tx, ctx, onward(ctx, after, '监理复核'))

/** Once nothing is owed, the hold goes in the same transaction (REC-07). */
const review: Effect = async (tx, ctx, { after }) => {
  if (after.items.some(isOpenItem)) return notify(tx, ctx, onward(ctx, after, '整改审核'))
  await liftHolds(tx, ctx, after.id)
  const text = { kind: 'reviewed', level: ctx.now, body: `${after.projectName}：全部事项经审核已整改` }
  await notify(tx, ctx, say.to(say.servedKeys(after), after, { ...text, title: `整改通过：${say.nameOf(after)}` }))
}

/** A message to everybody who was served, with the reason that the officer gave. */
const tellServed =
  (kind: string, title: string): Effect =>
  async (tx, ctx, { after, input }) => {
    if (!after.servedAt) return
    const body = `${after.projectName}：${(input as { reason: string }).reason}`
    const text = { kind, level: ctx.now, title: `${title}：${say.nameOf(after)}`, body }
    await notify(tx, ctx, say.to(say.servedKeys(after), after, text))
  }

const withdraw: Effect = async (tx, ctx, done) => {
  await liftHolds(tx, ctx, done.after.id)
  await tellServed('withdrawn', '文书已撤回')(tx, ctx, done)
}

/** Where each photograph says it was taken; one that does not say proves no visit (REC-08). */
const visit: Effect = async (tx, _, { after, input }) => {
  const { itemIds, photos } = input as VisitInput
  const files = await requirePhotos(tx, photos)
  const located = files.map((file) => {
    const seen = pointOf(file.lon, file.lat)
    const point = seen ?? pointOf(toldNumber(file.told['lon']), toldNumber(file.told['lat']))
    if (!point) throw new Refused('unmet', 'photo_without_position', { items: [file.name] })
    const meters = after.site ? Math.round(distanceMeters(point, after.site)) : null
    return { fileId: file.id, point, source: seen ? ('picture' as const) : ('phone' as const), meters }
  })
  await useFiles(tx, after.id, photos)
  const items = after.items.map((item) =>
    itemIds.includes(item.id)
      ? {
          ...item,
          visits: item.visits.map((one, at) => (at === item.visits.length - 1 ? { ...one, photos: located } : one)),
        }
      : item,
  )
  return { ...after, items }
}

const toldNumber = (value: unknown): number | null =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : null

const pointOf = (lon: number | null, lat: number | null): Point | null =>
  lon === null || lat === null ? null : { lon, lat }

const recommend: Effect = async (tx, ctx, { after }) => {
  const text = { kind: 'recommended', level: ctx.now, title: `复工意见已签署：${say.nameOf(after)}` }
  await notify(tx, ctx, say.to(say.officerKeys(after), after, { ...text, body: after.resumeOpinion?.opinion ?? '' }))
}

const resume: Effect = async (tx, ctx, { after, input }) => {
  const { conclusion } = input as ResumeInput
  const number = await nextNumber(tx, ctx, 'resume')
  const by = { personId: ctx.actor.personId, name: ctx.actor.name, at: ctx.now }
  const resumePaperId = await printResume(tx, ctx, after, number, input as ResumeInput)
  const text = {
    kind: 'resumed',
    level: 'first',
    title: `复工通知书 ${number}`,
    body: `${after.projectName}：${conclusion}`,
  }
  await notify(tx, ctx, say.to(say.servedKeys(after), after, text))
  return { ...after, resumed: { number, conclusion, by }, resumePaperId }
}

/** Messages of many notices, each stamped with the legal time of its own step. */
async function notifyMany(
  tx: Db,
  ctx: Ctx,
  done: readonly Done<Notice>[],
  stampOf: (notice: Notice) => string,
  say: (notice: Notice, at: string) => Message[],
): Promise<void> {
  for (const [at, group] of Map.groupBy(done, ({ after }) => stampOf(after)))
    await notify(
      tx,
      { ...ctx, now: at },
      group.flatMap(({ after }) => say(after, at)),
    )
}

/** The stamp of a warning is that of the items it warned of. */
const warnedAtOf = ({ items }: Notice) =>
  items
    .flatMap(({ warnedAt }) => warnedAt ?? [])
    .sort()
    .at(-1)!

const warn: ManyEffect = (tx, ctx, done) => notifyMany(tx, ctx, done, warnedAtOf, say.warned)
const yellow: ManyEffect = (tx, ctx, done) => notifyMany(tx, ctx, done, ({ yellowedAt }) => yellowedAt!, say.yellowed)

/** Red: the project gets no new business, and who asks is told the clause and the item (平湖：十五天红色锁定). */
const lock: ManyEffect = async (tx, ctx, done) => {
  await placeHolds(
    tx,
    ctx,
    done.map(({ after }) => ({
      subjectId: after.projectId,
      effect: 'new_business' as const,
      caseId: after.id,
      clause: 'pinghu.ladder',
      item: say.sayItems(after.items.filter(isOpenItem)),
      at: after.lockedAt!,
    })),
  )
  await notifyMany(tx, ctx, done, ({ lockedAt }) => lockedAt!, say.locked)
}

export const effects: NonNullable<CaseRoom<NoticeState, Notice>['effects']> = {
  draft: attach,
  amend: attach,
  issue,
  serve,
  reply,
  countersign,
  review,
  extend: tellServed('extended', '期限已延长'),
  order_visit: tellServed('visit_ordered', '将进行现场复查'),
  visit,
  recommend,
  resume,
  withdraw,
  reopen: tellServed('reopened', '文书重新开启'),
}

export const manyEffects: NonNullable<CaseRoom<NoticeState, Notice>['manyEffects']> = { warn, yellow, lock }
