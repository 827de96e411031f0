import { capacities } from '@plumbline/core/access'
import { sayInstant } from '@plumbline/core/kit'
import { workflows } from '@plumbline/core/workflows'

/** What was entered, for a reader: a few facts, and all of it as it was written. */
export interface Content {
  kind: 'act' | 'file' | 'unknown'
  facts: { label: string; value: string }[]
  whole: string
}

/** An instant of an unknown hand as people here read it; seconds since 1970 or ISO text. */
export function sayTime(at: unknown): string {
  const instant = typeof at === 'number' ? new Date(at * 1000) : new Date(typeof at === 'string' ? at : Number.NaN)
  return Number.isNaN(instant.getTime()) ? '时间无法识别' : sayInstant(instant)
}

type Loose = Record<string, unknown>

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

/** A word by its key; the key itself where it has none. */
const named = (words: Readonly<Record<string, string>>, key: string | undefined) =>
  key !== undefined && Object.hasOwn(words, key) ? words[key] : key

/** 责令整改 · 签发, and the names of the states it led from and to; the bare keys where the procedure is not known here. */
function sayStep({ topic, from, to }: Loose) {
  const [room = '', action = ''] = text(topic)?.split('.') ?? []
  const workflow = workflows.find(({ name }) => name === room)
  const labels = (of: Readonly<Record<string, { label: string }>> = {}) =>
    Object.fromEntries(Object.entries(of).map(([key, { label }]) => [key, label]))
  const steps = labels(workflow?.steps)
  const states = labels(workflow?.states)
  return {
    what: workflow && Object.hasOwn(steps, action) ? `${workflow.title} · ${steps[action]}` : text(topic),
    from: named(states, text(from)),
    to: named(states, text(to)),
  }
}

function factsOfAct(act: Loose): Record<string, string | undefined> {
  const { what, from, to } = sayStep(act)
  return {
    办理事项: what,
    办理人: [named(capacities, text(act['capacity'])), text(act['actorName'])].filter(Boolean).join(' '),
    办理时间: sayTime(act['doneAt']),
    办理前: from ?? '新建',
    办理后: to,
    办理编号: text(act['id']),
    案卷: text(act['caseId']),
  }
}

const factsOfFile = (file: Loose): Record<string, string | undefined> => ({
  文件名: text(file['name']),
  类型: text(file['type']),
  大小: file['size'] === undefined ? undefined : `${text(file['size'])} 字节`,
  收到时间: sayTime(file['createdAt']),
  拍摄时间: file['takenAt'] ? sayTime(file['takenAt']) : undefined,
  位置: file['lon'] && file['lat'] ? `${text(file['lon'])}，${text(file['lat'])}` : undefined,
  案卷: text(file['caseId']),
  'SHA-256': text(file['sha256']),
})

/** Reads the canonical JSON of an entry. Never throws: who made the file may be anybody. */
export function readContent(content: string): Content {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    return { kind: 'unknown', facts: [], whole: content }
  }
  const loose: Loose = typeof value === 'object' && value !== null ? (value as Loose) : {}
  const kind = typeof loose['sha256'] === 'string' ? 'file' : typeof loose['topic'] === 'string' ? 'act' : 'unknown'
  const told = kind === 'file' ? factsOfFile(loose) : kind === 'act' ? factsOfAct(loose) : {}
  const facts = Object.entries(told).flatMap(([label, said]) => (said ? [{ label, value: said }] : []))
  return { kind, facts, whole: JSON.stringify(value, null, 2) }
}
