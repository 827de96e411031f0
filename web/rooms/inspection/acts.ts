import type { ActLine } from '@plumbline/core/workflow'

/** The history newest first; saves that follow one another by the same officer are told once, with how many there were. */
export function shownActs(acts: readonly ActLine[]): ActLine[] {
  const told: (ActLine & { times: number })[] = []
  for (const act of acts) {
    const last = told.at(-1)
    const again = last?.topic === 'inspection.save' && act.topic === last.topic && act.actorName === last.actorName
    if (again) told[told.length - 1] = { ...act, times: last.times + 1 }
    else told.push({ ...act, times: 1 })
  }
  return told
    .map(({ times, ...act }) => (times > 1 ? { ...act, label: `${act.label}（${times} 次）` } : act))
    .toReversed()
}
