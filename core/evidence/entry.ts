import { z } from 'zod'

/** What becomes a leaf: an official act, a file that was attached to or printed for a case. */
export const EntryKind = z.enum(['act', 'file'])
export type EntryKind = z.infer<typeof EntryKind>

const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * An entry of the log. It says which thing it is of and nothing about it: both digests are of salt and content, so that
 * who does not have both cannot guess what was written, and a destroyed salt makes the content unrecoverable from the log.
 */
export const Entry = z.object({
  kind: EntryKind,
  /** The act's number; for a file its id and the case's. */
  ref: z.string().regex(/^[0-9a-f/-]{1,80}$/),
  sha256: Digest,
  /** GB/T 32905, of the same bytes: the log's own tree is SHA-256, so that strangers' tools can check it. */
  sm3: Digest,
})
export type Entry = z.infer<typeof Entry>

/** The entry's bytes as text: what is hashed into a leaf. */
export const entryText = ({ kind, ref, sha256, sm3 }: Entry): string =>
  `plumbline/entry/v1\n${kind} ${ref}\nsha256 ${sha256}\nsm3 ${sm3}\n`

export function parseEntry(text: string): Entry | undefined {
  const [, kind, ref, sha256, sm3] = /^plumbline\/entry\/v1\n(\S+) (\S+)\nsha256 (\S+)\nsm3 (\S+)\n$/.exec(text) ?? []
  return Entry.safeParse({ kind, ref, sha256, sm3 }).data
}
