import { type NoticeView, noticeWorkflow } from '@plumbline/core/rectification'
import { Link } from 'react-router'
import { sayClause } from '../../kit/clause.ts'
import { useToday } from '../../kit/session.tsx'
import { Ladder, type Paper, Section, TierTag, When } from '../../kit/ui/index.ts'
import { daysBetween } from '@plumbline/core/kit'
import { dayAt } from '../../kit/day.ts'

export const papersOf = ({ record }: NoticeView): Paper[] => [
  ...(record.paperId ? [{ fileId: record.paperId, title: `${record.number}.pdf`, note: '签发时打印' }] : []),
  ...(record.resumePaperId
    ? [{ fileId: record.resumePaperId, title: `${record.resumed?.number ?? '复工通知书'}.pdf`, note: '复工' }]
    : []),
]

/** 期限: the ladder of a notice that has been served. */
export function NoticeLadder({ view: { record, head } }: { view: NoticeView }) {
  const today = useToday()
  const { servedAt, yellowAt, redAt, closedAt } = record
  if (!servedAt || !yellowAt || !redAt)
    return <p className="steps-none muted">{head.open ? '送达后开始计算。' : '没有送达，不计期限。'}</p>
  return (
    <Ladder
      servedOn={dayAt(servedAt)}
      yellowOn={dayAt(yellowAt)}
      redOn={dayAt(redAt)}
      // A closed ladder stands where it stopped.
      today={closedAt ? dayAt(closedAt) : today}
      closed={!head.open || record.state === 'accepted'}
    />
  )
}

/** The tier with the day it is on; a calm notice needs no tag. */
export function NoticeTier({ view: { record } }: { view: NoticeView }) {
  const today = useToday()
  if (record.tier === 'calm' || !record.servedAt) return null
  return <TierTag tier={record.tier} note={`第 ${daysBetween(dayAt(record.servedAt), today)} 天`} />
}

const effects: Record<string, string> = {
  new_business: '不受理该项目的新业务',
  new_project: '不受理该单位的新项目',
  draw: '不参加抽取',
  entry: '不准进场',
}

/** 后果: what follows from this notice by itself and stands now (REC-12). */
export function Consequences({ view: { holds, record } }: { view: NoticeView }) {
  if (holds.length === 0) return null
  return (
    <Section title="后果">
      <ul className="consequences">
        {holds.map(({ effect, clause, item, placedAt }) => (
          <li key={`${effect} ${item}`}>
            <Link to={`/project/${record.projectId}`}>{effects[effect] ?? effect}</Link>
            <div className="tiny muted">
              <When at={placedAt} /> 起，{item}，依据 {sayClause(clause)}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The steps as the server gave them, those the notice waits for first: the first is drawn as the main one. */
export function inOrder({ steps, record }: NoticeView): NoticeView['steps'] {
  const waits: readonly string[] = record.state ? (noticeWorkflow.states[record.state].waits ?? []) : []
  return steps.toSorted((one, other) => Number(waits.includes(other.action)) - Number(waits.includes(one.action)))
}

/** Whose decision the steps are, and what closing brings. */
export function noteOf({ steps, record, head }: NoticeView): string | undefined {
  if (steps.length === 0 || !head.open) return undefined
  const closes = steps.some(({ action }) => action === 'review')
  if (!closes || record.tier === 'calm') return '办理后即记入经过。'
  return record.tier === 'red' ? '全部闭合后，项目自动解除锁定。' : '全部闭合后，自动解除黄色提醒。'
}
