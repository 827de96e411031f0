import { z } from 'zod'
import type { AnyRoute } from '../kit/index.ts'
import { ById, Instant } from '../workflow/index.ts'
import { EntryKind } from './entry.ts'
import { Proof } from './proof.ts'

/** One entry of a case: which act or file, and how far it has been witnessed. */
export const EntryLine = z.object({
  seq: z.number().int(),
  kind: EntryKind,
  /** The act's number or the file's id. */
  actId: z.number().int().nullable(),
  fileId: z.uuid().nullable(),
  at: Instant,
  /** A checkpoint that more than half of the witnesses have cosigned holds it. */
  witnessed: z.boolean(),
})
export type EntryLine = z.infer<typeof EntryLine>

export const WitnessLine = z.object({
  name: z.string(),
  key: z.string(),
  url: z.string(),
  /** The last size it cosigned for us, and when; null before the first. */
  size: z.number().int().nullable(),
  at: Instant.nullable(),
  /** What keeps it from cosigning: a rule key with its sentence in the web. */
  problem: z.enum(['away', 'unknown_log', 'refused', 'holds_more', 'other_root']).nullable(),
})
export type WitnessLine = z.infer<typeof WitnessLine>

export const LogView = z.object({
  origin: z.string(),
  key: z.string(),
  size: z.number().int(),
  /** Base64 of the root at that size. */
  root: z.string(),
  /** The size that more than half of the witnesses have cosigned. */
  witnessedSize: z.number().int(),
  witnesses: z.array(WitnessLine),
})
export type LogView = z.infer<typeof LogView>

/** What anybody may know of a paper he holds: what it is, whether these are its bytes, and how its case stands now. */
export const PaperView = z.object({
  id: z.uuid(),
  /** 文书名称与文号. */
  name: z.string(),
  authority: z.string(),
  issuedAt: Instant,
  /** Of the PDF that was printed, in hex. */
  sha256: z.string(),
  /** Kind of the case, and its state at this moment. */
  caseKind: z.string(),
  caseState: z.string(),
  caseOpen: z.boolean(),
  asOf: Instant,
  entry: z.object({ seq: z.number().int(), at: Instant, witnessed: z.boolean() }).nullable(),
})
export type PaperView = z.infer<typeof PaperView>

const file = { method: 'GET', permission: 'public' } as const

export const evidenceContract = {
  log: {
    method: 'GET',
    path: '/evidence/log',
    permission: 'public',
    title: '存证日志的现状与见证方',
    reply: LogView,
  },
  /** The log as static files, as c2sp.org/tlog-tiles lays them out. They hold digests and nothing else. */
  checkpoint: { ...file, path: '/log/checkpoint', title: '存证日志的检查点', sends: 'text/plain' },
  key: { ...file, path: '/log/key', title: '存证日志的公钥', sends: 'text/plain' },
  tile: { ...file, path: '/log/tile/*', title: '存证日志的哈希块与条目块', sends: 'application/octet-stream' },
  paper: {
    method: 'GET',
    path: '/papers/:id',
    permission: 'public',
    title: '核验文书：由文书上的二维码打开',
    params: ById,
    reply: PaperView,
  },
  ofCase: {
    method: 'GET',
    path: '/cases/:id/evidence',
    permission: 'signed_in',
    title: '事项的存证条目',
    params: ById,
    reply: z.object({ rows: z.array(EntryLine), pending: z.number().int() }),
  },
  proof: {
    method: 'GET',
    path: '/evidence/:seq/proof',
    permission: 'signed_in',
    title: '下载一条存证的证明',
    params: z.object({ seq: z.coerce.number().int().min(0) }),
    reply: Proof,
  },
} satisfies Record<string, AnyRoute>
