import { parseCheckpoint, parseKey, type Tree } from '@plumbline/core/evidence'
import { sayInstant } from '@plumbline/core/kit'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { House } from '../../base/house.ts'
import { readKeys } from './keys.ts'
import { witnessList } from './service.ts'
import { sha256 } from './tree.ts'
import { type Finding, type Verified, verify } from './verify.ts'

const patienceMillis = 5_000

/** Verifies a house against its log on disk and what its witnesses hold. A witness that is away is said to be away. */
export async function verifyHouse(house: House, say: (line: string) => void = () => {}): Promise<Verified> {
  const dir = join(house.settings.dataDir, 'log')
  const key = join(dir, 'key')
  const origin = existsSync(key) ? parseKey(sha256, readFileSync(key, 'utf8'))?.name : undefined
  const held: (Tree & { by: string })[] = []
  for (const { signatory, rest } of readKeys(witnessList(house))) {
    const found = origin === undefined ? undefined : await heldBy(rest[0] ?? '', origin)
    say(found ? `见证方 ${signatory.name} 持有 ${found.size} 条` : `见证方 ${signatory.name} 没有应答`)
    if (found) held.push({ by: signatory.name, size: found.size, root: found.root })
  }
  return verify(house, { dir, held }, say)
}

async function heldBy(url: string, origin: string): Promise<Tree | undefined> {
  try {
    const answer = await fetch(`${url.replace(/\/$/, '')}/held/${encodeURIComponent(origin)}`, {
      signal: AbortSignal.timeout(patienceMillis),
    })
    return answer.ok ? parseCheckpoint(await answer.text()) : undefined
  } catch {
    return undefined
  }
}

const words: Record<Finding['kind'], string> = {
  entry_altered: '存证条目被改动',
  entry_missing: '存证条目缺失',
  act_altered: '行为记录与存证不符',
  act_missing: '存证所记的行为已不存在',
  act_not_entered: '行为没有存证：不是经系统办理的',
  file_not_entered: '文件没有存证：不是经系统附上的',
  record_differs: '与存证不符',
  record_missing: '记录已不存在',
  head_differs: '事项登记与记录不符',
  file_altered: '文件与存证不符',
  file_missing: '文件已不存在',
  log_shorter: '存证日志被截短或换成了较早的版本',
  log_differs: '存证日志与持有的检查点不符',
}

const shown = (value: unknown) => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '无')
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** A finding as one line: which record, which field, what it was, which entry holds it. */
export function sayFinding({ kind, what, field, expected, found, entry, at, by }: Finding): string {
  return [
    what,
    field && `字段 ${field}`,
    words[kind],
    expected !== undefined && `应为 ${shown(expected)}`,
    found !== undefined && `现为 ${shown(found)}`,
    entry !== undefined &&
      `第 ${entry} 条存证${at ? `（${[sayInstant(new Date(at)), by].filter(Boolean).join(' ')}）` : ''}`,
    kind.startsWith('log') && by && `持有方 ${by}`,
  ]
    .filter(Boolean)
    .join(' · ')
}
