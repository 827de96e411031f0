import {
  askText,
  findSignature,
  parseCheckpoint,
  parseNote,
  type Signatory,
  type WitnessLine,
} from '@plumbline/core/evidence'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readKeys, verifyEd25519 } from './keys.ts'
import { type EvidenceLog, sizeOf } from './log.ts'
import { sha256, writeDurably } from './tree.ts'

/** Asks the witnesses to cosign what the log has come to, and keeps the last checkpoint that enough of them signed. */
export interface Cosigning {
  /** Asks those who have not cosigned the present checkpoint; one that is away holds up nobody. */
  ask(): Promise<void>
  /** The last note that more than half have cosigned; the log's own last where there is no witness. */
  readonly note: string
  readonly lines: readonly WitnessLine[]
}

interface Known {
  by: Signatory
  line: WitnessLine
}

const patienceMillis = 5_000

/** `list` is a file with a witness's key and address in each line; it may come later. */
export function openCosigning(log: EvidenceLog, list: string): Cosigning {
  const kept = join(log.dir, 'cosigned')
  let known: Known[] = []
  let note = existsSync(kept) ? readFileSync(kept, 'utf8') : log.checkpoint
  let asking: Promise<void> | undefined

  const renew = () => {
    known = readKeys(list).map(({ signatory: by, key, rest: [url = ''] }) => {
      const before = known.find(({ line }) => line.key === key && line.url === url)
      return before ?? { by, line: { name: by.name, key, url, size: null, at: null, problem: null } }
    })
  }
  const askAll = async () => {
    renew()
    const { checkpoint } = log
    if (sizeOf(checkpoint) === 0) return
    const text = parseNote(checkpoint)!.text
    const signed = await Promise.all(known.map((one) => askOne(log, one, checkpoint, text)))
    const lines = signed.filter((line) => line !== undefined)
    if (known.length > 0 && lines.length * 2 <= known.length) return
    note = checkpoint + lines.join('')
    writeDurably(kept, note)
  }
  return {
    ask: () => {
      asking ??= askAll().finally(() => {
        asking = undefined
      })
      return asking
    },
    get note() {
      return note
    },
    get lines() {
      return known.map(({ line }) => line)
    },
  }
}

/** Answers the witness's signature line, or undefined and the reason in its line of the list. */
async function askOne(
  log: EvidenceLog,
  { by, line }: Known,
  checkpoint: string,
  text: string,
): Promise<string | undefined> {
  const { size } = parseCheckpoint(text)!
  const send = (before: number) =>
    fetch(new URL('add-checkpoint', line.url.endsWith('/') ? line.url : `${line.url}/`), {
      method: 'POST',
      body: askText(before, log.tree.consistency(before, size), checkpoint),
      signal: AbortSignal.timeout(patienceMillis),
    })
  try {
    let answer = await send(Math.min(line.size ?? 0, size))
    if (answer.status === 409) {
      const held = Number(await answer.text())
      if (!Number.isSafeInteger(held) || held > size) return failed(line, 'holds_more')
      answer = await send(held)
    }
    const body = await answer.text()
    if (answer.status === 409 || answer.status === 422) return failed(line, 'other_root')
    if (answer.status === 404 || answer.status === 403) return failed(line, 'unknown_log')
    const cosigned = body.split('\n').find((one) => one.startsWith(`— ${by.name} `))
    const note = parseNote(`${text}\n${cosigned ?? ''}\n`)
    const found = note ? findSignature(sha256, verifyEd25519, note, by) : undefined
    if (!answer.ok || !found?.seconds) return failed(line, 'refused')
    Object.assign(line, { size, at: new Date(found.seconds * 1000).toISOString(), problem: null })
    return `${cosigned}\n`
  } catch {
    return failed(line, 'away')
  }
}

function failed(line: WitnessLine, problem: NonNullable<WitnessLine['problem']>): undefined {
  line.problem = problem
}
