import type { Message } from './message.ts'

/**
 * Split uploads (Flag bit D, PNUM, PNO). Each part is a whole frame with its own QN, repeats DataTime and holds whole
 * `name=value` items (HJ 212-2017 table C.50). So each part is judged, stored and answered by itself, at once: waiting
 * for the others would gain nothing and could lose what has come. Nothing is put together here; what is kept is which
 * parts have come, so that the conversation can say which one has not. A device that cuts a group of one code in two
 * leaves the values of one part without their mark, and a value without a mark raises no alarm.
 */
export interface Parts {
  /** Notes a frame whose sender has proved itself. `at` is the machine's time in milliseconds. */
  note(message: Message, at: number): PartNoted
  /** Gives out the uploads whose last part came `keptMillis` ago and of which parts are missing still. */
  takeOverdue(at: number): MissingParts[]
  readonly size: number
}

export type PartNoted =
  | { kind: 'whole' }
  /** D without numbers, or numbers that cannot be: PNO 0 or beyond PNUM. */
  | { kind: 'malformed' }
  | {
      kind: 'part'
      pno: number
      pnum: number
      /** Different parts that have come so far, this one included. */
      have: number
      repeated: boolean
      /** An upload that is waited for no longer: its device now counts other parts, or there was no more room. */
      gaveWay?: MissingParts
    }

export interface MissingParts {
  mn: string
  cn: string | undefined
  dataTime: number | undefined
  pnum: number
  have: number
  /** The first sixteen that are missing. */
  missing: number[]
}

export interface PartsLimits {
  /** Uploads remembered, of all devices and of one. Each takes up to 1,250 bytes. */
  uploads: number
  uploadsOfOne: number
  /** How long after its last part an upload is waited for. */
  keptMillis: number
}

interface Upload {
  mn: string
  cn: string | undefined
  dataTime: number | undefined
  pnum: number
  have: number
  /** One bit for each part. */
  seen: Uint8Array
  lastAt: number
}

/** HJ 212-2017 table 3: PNUM has four digits. */
const mostParts = 9_999

export function openParts({ uploads: most, uploadsOfOne, keptMillis }: PartsLimits): Parts {
  // In the order of their first parts.
  const uploads = new Map<string, Upload>()
  const counts = new Map<string, number>()

  const drop = (key: string, { mn }: Upload): void => {
    uploads.delete(key)
    const left = counts.get(mn)! - 1
    if (left > 0) counts.set(mn, left)
    else counts.delete(mn)
  }
  const makeRoom = (mn: string): MissingParts | undefined => {
    const crowded = (counts.get(mn) ?? 0) >= uploadsOfOne
    if (!crowded && uploads.size < most) return undefined
    const [key, oldest] = [...uploads].find(([, upload]) => !crowded || upload.mn === mn)!
    drop(key, oldest)
    return findMissing(oldest)
  }
  const begin = (key: string, upload: Upload): void => {
    uploads.set(key, upload)
    counts.set(upload.mn, (counts.get(upload.mn) ?? 0) + 1)
  }

  return {
    note: ({ split, mn, cn, dataTime, pnum, pno }, at) => {
      if (!split) return { kind: 'whole' }
      if (mn === undefined || !pnum || !pno || pno > pnum || pnum > mostParts) return { kind: 'malformed' }
      const key = `${mn} ${cn} ${dataTime}`
      const known = uploads.get(key)
      let gaveWay: MissingParts | undefined
      if (known?.pnum !== pnum) {
        if (known) drop(key, known)
        gaveWay = known ? findMissing(known) : makeRoom(mn)
        const seen = new Uint8Array((pnum + 7) >> 3)
        begin(key, { mn, cn, dataTime, pnum, have: 0, seen, lastAt: at })
      }
      const upload = uploads.get(key)!
      const repeated = hasPart(upload, pno)
      upload.lastAt = at
      upload.seen[(pno - 1) >> 3]! |= 1 << ((pno - 1) & 7)
      if (!repeated) upload.have += 1
      const noted = { kind: 'part', pno, pnum, have: upload.have, repeated } as const
      return gaveWay ? { ...noted, gaveWay } : noted
    },
    takeOverdue: (at) => {
      const overdue = [...uploads].filter(([, { lastAt }]) => at - lastAt >= keptMillis)
      for (const [key, upload] of overdue) drop(key, upload)
      return overdue.flatMap(([, upload]) => findMissing(upload) ?? [])
    },
    get size() {
      return uploads.size
    },
  }
}

const hasPart = ({ seen }: Upload, pno: number) => (seen[(pno - 1) >> 3]! & (1 << ((pno - 1) & 7))) !== 0

/** What is missing of an upload; undefined when nothing is. A whole one is kept as long, to know its repeats. */
function findMissing(upload: Upload): MissingParts | undefined {
  const { mn, cn, dataTime, pnum, have } = upload
  if (have === pnum) return undefined
  const missing: number[] = []
  for (let pno = 1; pno <= pnum && missing.length < 16; pno += 1) if (!hasPart(upload, pno)) missing.push(pno)
  return { mn, cn, dataTime, pnum, have, missing }
}
