import type { FileView } from '@plumbline/core/base'
import { createHash, randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { type Ctx, read } from '../context.ts'
import type { Db } from '../db.ts'
import { Refused } from '../errors.ts'
import { Bytes, type Visit } from '../http.ts'
import type { BaseTables } from '../tables.ts'
import { inspectFile, thumbnail } from './inspect.ts'

type FileRow = Selectable<BaseTables['base.file']>

/** One upload, as large as the door lets through, typed by its content; the bytes are durable before the answer. */
export async function receiveFile(ctx: Visit): Promise<FileView> {
  const part = await ctx.request.file()
  if (!part) throw new Refused('malformed', 'file_empty')
  const bytes = await part.toBuffer()
  const told: Record<string, unknown> = {}
  for (const name of ['takenAt', 'lon', 'lat', 'accuracy']) {
    const field = part.fields[name]
    if (field && !Array.isArray(field) && field.type === 'field' && typeof field.value === 'string')
      told[name] = field.value.slice(0, 60)
  }
  return viewOf(await keepFile(ctx, bytes, part.filename, told))
}

/** Inspects and keeps a file, uploaded or printed, and writes its facts. Usable by its maker until an act attaches it to a case. */
export async function keepFile(
  ctx: Ctx,
  bytes: Buffer,
  name: string,
  told: Record<string, unknown> = {},
): Promise<FileRow> {
  const seen = await inspectFile(bytes, name)
  await ctx.house.files.put(seen.sha256, bytes)
  return read(ctx, (tx) => insertFile(tx, ctx, { ...seen, told }))
}

/** A paper that is to be printed: its QR code opens the page where anybody may check it, by the id it will be kept under. */
export function newPaper({ house }: Ctx): { id: string; qr: { url: string; text: string } } {
  const id = randomUUID()
  return { id, qr: { url: `${house.settings.publicUrl}/v/${id}`, text: '扫码核验本文书，以核验页显示的现状为准' } }
}

/** Keeps a paper we printed ourselves: in the act's transaction, attached to its case. Answers its id. */
export async function keepPaper(
  tx: Db,
  ctx: Ctx,
  caseId: string,
  { id, pdf, name }: { id: string; pdf: Buffer; name: string },
): Promise<string> {
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  await ctx.house.files.put(sha256, pdf)
  await insertFile(tx, ctx, { sha256, type: 'application/pdf', size: pdf.length, name, told: { paper: true } }, id)
  await useFiles(tx, caseId, [id])
  return id
}

interface Facts {
  sha256: string
  type: string
  name: string
  size: number
  told: Record<string, unknown>
  width?: number
  height?: number
  takenAt?: string
  position?: { lon: number; lat: number }
  device?: string
}

async function insertFile(tx: Db, ctx: Ctx, facts: Facts, id: string = randomUUID()): Promise<FileRow> {
  const row = {
    id,
    sha256: facts.sha256,
    type: facts.type,
    name: facts.name,
    size: facts.size,
    width: facts.width ?? null,
    height: facts.height ?? null,
    taken_at: facts.takenAt ? new Date(facts.takenAt).toISOString() : null,
    lon: facts.position?.lon ?? null,
    lat: facts.position?.lat ?? null,
    device: facts.device ?? null,
    created_by: ctx.actor.personId,
    created_at: ctx.now,
  }
  await tx
    .insertInto('base.file')
    .values({ ...row, told: JSON.stringify(facts.told) })
    .execute()
  return { ...row, told: facts.told }
}

/**
 * Attaches files to a case: from then on they are seen by those who reach the case. A file that the actor does not see
 * is missing, so that nobody attaches another's by guessing its id.
 */
export async function useFiles(tx: Db, caseId: string, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  const seen = await tx.selectFrom('base.file').select('id').where('id', 'in', wanted).execute()
  if (seen.length < wanted.length) throw new Refused('unmet', 'file_missing')
  await sql`insert into base.file_use (file_id, case_id) select id, ${caseId} from unnest(${wanted}::uuid[]) id on conflict do nothing`.execute(
    tx,
  )
}

export async function findFile(ctx: Ctx, id: string): Promise<FileRow> {
  const row = await read(ctx, (tx) => tx.selectFrom('base.file').selectAll().where('id', '=', id).executeTakeFirst())
  if (!row) throw new Refused('missing', 'file')
  return row
}

export const findFiles = (tx: Db, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('base.file')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute()

export const viewOf = ({ taken_at, created_at, created_by: _, told: __, ...same }: FileRow): FileView => ({
  ...same,
  takenAt: taken_at,
  createdAt: created_at,
})

const inline = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf']

export async function sendFile(ctx: Ctx, id: string): Promise<Bytes> {
  const row = await findFile(ctx, id)
  const bytes = await ctx.house.files.get(row.sha256)
  return new Bytes(bytes, {
    'content-type': row.type,
    'content-disposition': `${inline.includes(row.type) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(row.name)}`,
    // A stored file is never a page of ours: no script in it may run.
    'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
    'cache-control': 'private, max-age=3600, immutable',
  })
}

export async function sendThumb(ctx: Ctx, id: string): Promise<Bytes> {
  const row = await findFile(ctx, id)
  if (!row.type.startsWith('image/')) throw new Refused('missing', 'thumb')
  const kept = await ctx.house.files.getThumb(row.sha256)
  const bytes = kept ?? (await makeThumb(ctx, row.sha256))
  return new Bytes(bytes, { 'content-type': 'image/webp', 'cache-control': 'private, max-age=86400, immutable' })
}

async function makeThumb(ctx: Ctx, sha256: string): Promise<Buffer> {
  const made = await thumbnail(await ctx.house.files.get(sha256))
  await ctx.house.files.putThumb(sha256, made)
  return made
}
