import { checkProof, parseKey, type Proof, proofSteps, type ProofStep } from '@plumbline/core/evidence'
import { type Content, readContent, sayTime } from './content.ts'
import { type KnownKeys, tools } from './reading.ts'

/** `open`: nothing speaks against it, and the original has not been compared. */
export type Result = 'fits' | 'open' | 'differs'

export interface Line {
  step: ProofStep
  /** `open` could be checked and was not; `none` does not apply. */
  mark: 'ok' | 'bad' | 'open' | 'none'
  title: string
  /** What a failure comes to, in plain words. */
  means?: string
  detail: string
}

export interface Verdict {
  result: Result
  lines: Line[]
  /** Every witness whose key was used; `at` is when it cosigned, null when it did not. */
  witnesses: { name: string; at: string | null }[]
  /** The keys that were used. */
  keys: { log: string; witnesses: readonly string[] }
  /** Which of them came from the proof itself: of those it shows only agreement with itself. */
  ownKeys: 'all' | 'log' | 'witnesses' | 'none'
  content: Content
}

const failed: Record<ProofStep, { title: string; means: string }> = {
  file: { title: '文件与存证的摘要不一致', means: '这不是当时存证的文件，或者存证之后改动过。' },
  content: { title: '内容与存证条目不一致', means: '证明所附的内容在存证之后改动过。' },
  inclusion: { title: '条目不在日志之中', means: '条目、路径或检查点改动过。' },
  log: { title: '日志签名无效', means: '检查点不是由这把日志公钥签发的，或者签发之后改动过。' },
  witnesses: {
    title: '见证方联署不足半数',
    means: '可能刚刚存证、尚待见证，请稍后重新下载证明；如已见证，则日志可能被改写。',
  },
}

/** Asked of a proof, with the digest of the original (SHA-256 in hex) when the reader has it. Throws on a proof no text can be made of. */
export function judge(proof: Proof, originalDigest: string | undefined, known: KnownKeys): Verdict {
  const content = readContent(proof.content)
  const keys = {
    log: known.log ?? proof.log,
    witnesses: known.witnesses.length > 0 ? known.witnesses : proof.witnesses,
  }
  const checked = checkProof(tools, proof, {
    ...(originalDigest !== undefined && { fileDigest: originalDigest }),
    trusted: keys,
  })
  const lines = checked.steps.map(({ step, ok, detail }): Line => {
    if (ok) return { step, mark: 'ok', title: proofSteps[step], detail }
    return { step, mark: 'bad', ...failed[step], detail }
  })
  if (originalDigest === undefined) lines.unshift(withoutOriginal(content))

  const times = new Map(checked.witnessed.map(({ name, seconds }) => [name, seconds]))
  const names = keys.witnesses.map((line) => parseKey(tools.sha256, line)?.name ?? '公钥无法识别')
  return {
    result: !checked.ok ? 'differs' : lines.some(({ mark }) => mark === 'open') ? 'open' : 'fits',
    lines,
    witnesses: names.map((name) => ({ name, at: times.has(name) ? sayTime(times.get(name)) : null })),
    keys,
    ownKeys: ownKeysOf(known),
    content,
  }
}

const withoutOriginal = ({ kind }: Content): Line =>
  kind === 'file'
    ? { step: 'file', mark: 'open', title: '尚未核对原件', detail: '请选择存证的文件，核对它是否就是当时的那一份。' }
    : { step: 'file', mark: 'none', title: '不涉及文件', detail: '本条存证的是办理行为，内容全部在证明之中。' }

function ownKeysOf({ log, witnesses }: KnownKeys): Verdict['ownKeys'] {
  if (log === undefined) return witnesses.length === 0 ? 'all' : 'log'
  return witnesses.length === 0 ? 'witnesses' : 'none'
}
