import {
  filesOf,
  findTemplate,
  type Inspection,
  type InspectionPhoto,
  type InspectionState,
  inspectionWorkflow,
  scoringRules,
  signedContent,
  termOf,
} from '@plumbline/core/inspection'
import { distanceMeters, type Point } from '@plumbline/core/kit'
import type { ActAsk } from '@plumbline/core/workflow'
import type { z } from 'zod'
import { act, digestOf, open, sameId, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { findFiles, useFiles, viewOf } from '../../base/files/index.ts'
import { asCaseRoom, type CaseRoom, type Done } from '../../base/room.ts'
import { getCounty } from '../../base/setting.ts'
import { nextSerial } from '../../base/subjects.ts'
import { findOfficers } from '../account/index.ts'
import { getProject } from '../project/index.ts'
import { printRecord } from './paper.ts'
import * as store from './store.ts'

const room: CaseRoom<InspectionState, Inspection> = {
  // An order names its inspection; the inspection tells which rest on it.
  follows: ['orders'],
  workflow: inspectionWorkflow,
  load: store.load,
  save: store.save,
  effects: {
    save: async (tx, _, done) => {
      requireRevision(done)
      await useFiles(tx, done.after.id, filesOf(done.after))
    },
    submit: async (_, __, done) => requireRevision(done),
    cosign: (tx, _, done) => requireDigest(tx, done),
    sign: async (tx, ctx, done) => {
      await requireDigest(tx, done)
      await requirePng(tx, done.after)
      await useFiles(tx, done.after.id, filesOf(done.after))
      return finish(tx, ctx, done.after)
    },
    refuse_sign: async (tx, ctx, done) => {
      await requireDigest(tx, done)
      return finish(tx, ctx, done.after)
    },
  },
}
export const inspectionCases = asCaseRoom(room)

/** A save or submission names the revision it saw. Another one means that somebody else has saved in between: both are named. */
function requireRevision({ before, input }: Done<Inspection>): void {
  const yours = (input as { revision: number }).revision
  if (yours !== before.revision)
    throw new Refused('conflict', 'inspection_stale', {
      yours,
      current: before.revision,
      by: before.savedBy,
      at: before.savedAt,
    })
}

/** Who signs names the digest of what he was shown: it must be the content as it stands. */
async function requireDigest(tx: Db, { before, input }: Done<Inspection>): Promise<void> {
  if ((input as { contentDigest: string }).contentDigest !== (await contentDigestOf(tx, before)))
    throw new Refused('conflict', 'inspection_content_changed')
}

async function requirePng(tx: Db, { signature }: Inspection): Promise<void> {
  const [file] = await findFiles(tx, signature?.fileId ? [signature.fileId] : [])
  if (!file) throw new Refused('unmet', 'file_missing')
  if (file.type !== 'image/png') throw new Refused('unmet', 'inspection_signature_image')
}

/** The number and the paper of a record that both sides are done with. A revised record keeps its number. */
async function finish(tx: Db, ctx: Ctx, record: Inspection): Promise<Inspection> {
  const numbered = record.number ? record : { ...record, number: await nextNumber(tx, ctx) }
  return { ...numbered, papers: [...numbered.papers, await printRecord(tx, ctx, numbered)] }
}

async function nextNumber(tx: Db, ctx: Ctx): Promise<string> {
  const { documentWord } = await getCounty(tx)
  const year = Number(ctx.today.slice(0, 4))
  const serial = await nextSerial(tx, 'inspection', year)
  return `${documentWord}查〔${year}〕${String(serial).padStart(4, '0')}号`
}

/** SHA-256 of what a signature is bound to, the photographs by their own hashes. */
async function contentDigestOf(tx: Db, record: Inspection): Promise<string> {
  const files = await findFiles(tx, filesOf(record))
  return digestOf(signedContent(record, new Map(files.map(({ id, sha256 }) => [id, sha256]))))
}

type StartInput = z.output<typeof inspectionWorkflow.steps.start.input>

/** Opens a draft on a project: who starts it and the officers named are its inspectors. Refuses missing project. */
export async function start(ctx: Ctx, ask: { requestId: string; input: StartInput }) {
  const { requestId, input } = ask
  const { record } = await open(ctx, room, { requestId, action: 'start', input }, async (tx) => {
    const project = await getProject(tx, input.projectId)
    if (project.state === 'completed' || project.state === 'terminated')
      throw new Refused('unmet', 'inspection_project_ended')
    if (input.alarmId) await requireAlarm(ctx, tx, input.alarmId, project.id)
    const officers = await officersOf(tx, [ctx.actor.personId ?? '', ...input.officerIds])
    return {
      id: sameId('inspection', requestId),
      state: null,
      number: null,
      projectId: project.id,
      projectName: project.name,
      projectCode: project.code,
      address: project.address,
      permitNo: project.permitNo,
      district: project.district,
      site: project.point,
      kind: input.kind,
      ...newestOf(input),
      units: project.parties.map(({ orgId, orgName, role }) => ({ orgId, orgName, role })),
      officers,
      revision: 0,
      savedBy: ctx.actor.name,
      savedAt: ctx.now,
      score: null,
      submittedAt: null,
      signature: null,
      papers: [],
      alarmId: input.alarmId,
      orders: [],
      visitedAt: input.visitedAt ?? ctx.now,
      weather: input.weather,
      part: input.part,
      attendees: [],
      tables: input.tables,
      answers: [],
      findings: [],
      spots: [],
      photos: [],
      measures: [],
      opinion: '',
    }
  })
  return view(ctx, record.id)
}

/** An alarm of this project that the officer reaches; its room stands above this one and hears of the start. */
async function requireAlarm(ctx: Ctx, tx: Db, alarmId: string, projectId: string): Promise<void> {
  const head = await getHead(ctx, tx, alarmId, 'alarm')
  if (head.projectId !== projectId) throw new Refused('missing', 'alarm')
}

function newestOf({ templateCode }: StartInput) {
  const newest = findTemplate(templateCode)
  if (!newest) throw new Refused('unmet', 'inspection_template_unknown')
  return { subject: newest.subject, templateCode, templateVersion: newest.version }
}

async function officersOf(tx: Db, ids: readonly string[]): Promise<Inspection['officers']> {
  const wanted = [...new Set(ids)]
  const found = await findOfficers(tx, wanted)
  if (found.length < wanted.length) throw new Refused('unmet', 'inspection_officer_unknown')
  return wanted.map((id) => {
    const { personId, name, certificate } = found.find((one) => one.personId === id)!
    return { personId, name, certificate: certificate ?? '', confirmedAt: null }
  })
}

/** A record as its page takes it: steps, history, photographs with their distance, whether the signature still fits. */
export function view(ctx: Ctx, id: string) {
  return read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'inspection')
    const record = await getInspection(tx, id)
    const law = ctx.law()
    const contentDigest = await contentDigestOf(tx, record)
    return {
      head,
      ...withSteps(ctx, room, record),
      acts: await history(ctx, tx, id),
      photos: await photosOf(tx, record),
      contentDigest,
      signatureFits: record.signature ? record.signature.contentDigest === contentDigest : null,
      scoring: scoringRules(law),
      terms: { general: termOf(law, 'general'), serious: termOf(law, 'serious'), imminent: termOf(law, 'imminent') },
    }
  })
}

export async function change(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, room, id, ask)
  return view(ctx, id)
}

const toldNumber = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : null
}

const toldInstant = (value: unknown): string | null => {
  const moment = typeof value === 'string' ? new Date(value) : undefined
  return moment && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null
}

async function photosOf(tx: Db, record: Inspection): Promise<InspectionPhoto[]> {
  const files = await findFiles(tx, filesOf(record))
  return files.map((file) => {
    const told = {
      takenAt: toldInstant(file.told['takenAt']),
      lon: toldNumber(file.told['lon']),
      lat: toldNumber(file.told['lat']),
    }
    // The picture's own position first; else where the phone said it was.
    const at = pointOf(file) ?? pointOf(told)
    return {
      ...viewOf(file),
      told,
      meters: at && record.site ? Math.round(distanceMeters(at, record.site)) : null,
    }
  })
}

const pointOf = ({ lon, lat }: { lon: number | null; lat: number | null }): Point | null =>
  lon === null || lat === null ? null : { lon, lat }

/** An inspection that the reader reaches. Refuses missing `inspection`. */
export async function getInspection(tx: Db, id: string): Promise<Inspection> {
  const [record] = await store.load(tx, [id])
  if (!record) throw new Refused('missing', 'inspection')
  return record
}

/**
 * Ties a legal order to the signed record on which it rests, in the transaction of the act that issues it. From then on the
 * record cannot be revised: both lock the record's case, so an order never rests on content that was changed meanwhile.
 * Refuses missing `inspection`, unmet `inspection_not_signed`.
 */
export async function markOrdered(tx: Db, inspectionId: string, noticeId: string): Promise<Inspection> {
  await tx.selectFrom('base.case').select('id').where('id', '=', inspectionId).forUpdate().execute()
  const record = await getInspection(tx, inspectionId)
  if (record.state !== 'signed') throw new Refused('unmet', 'inspection_not_signed')
  await store.addOrder(tx, inspectionId, noticeId)
  return { ...record, orders: [...new Set([...record.orders, noticeId])] }
}
