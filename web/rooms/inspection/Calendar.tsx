import { inspectionKinds, monthOf, type PlanYear, subjects } from '@plumbline/core/inspection'
import { Link } from 'react-router'
import { Tag } from '../../kit/ui/index.ts'
import { months } from './PlanItems.tsx'

/** How a planned inspection stands: done, its month gone by, or still ahead. `thisMonth` is 1 to 12, 13 for a past year, 0 for a coming one. */
const standing = (done: boolean, month: number, thisMonth: number) =>
  done
    ? ({ tone: 'calm', word: '已完成' } as const)
    : month < thisMonth
      ? ({ tone: 'yellow', word: '未完成' } as const)
      : ({ tone: 'plain', word: '计划' } as const)

interface CalendarProps {
  plan: Pick<PlanYear, 'items' | 'unplanned'>
  thisMonth: number
}

/** One plan over twelve months: what was planned and what came of it, and what was done besides. */
export function MonthGrid({ plan, thisMonth }: CalendarProps) {
  return (
    <div className="months">
      {months.map((month) => {
        const planned = plan.items.filter(({ item }) => item.month === month)
        const besides = plan.unplanned.filter(({ visitedAt }) => monthOf(visitedAt) === month)
        return (
          <section key={month} className={month === thisMonth ? 'month now' : 'month'} aria-label={`${month} 月`}>
            <h3 className="num">{month} 月</h3>
            {planned.map(({ item, done }) => {
              const { tone, word } = standing(done !== null, month, thisMonth)
              const words = `${inspectionKinds[item.kind]} · ${subjects[item.subject]}`
              return (
                <p key={item.id} className="tiny">
                  <Tag tone={tone}>{word}</Tag> {done ? <Link to={`/inspection/${done.id}`}>{words}</Link> : words}
                  {item.note && <span className="muted"> {item.note}</span>}
                </p>
              )
            })}
            {besides.map((visit) => (
              <p key={visit.id} className="tiny">
                <Tag tone="blue">计划外</Tag>{' '}
                <Link to={`/inspection/${visit.id}`}>
                  {inspectionKinds[visit.kind]} · {subjects[visit.subject]}
                </Link>
              </p>
            ))}
          </section>
        )
      })}
    </div>
  )
}

export const thisMonthIn = (year: number, today: string): number => {
  const now = Number(today.slice(0, 4))
  return year < now ? 13 : year > now ? 0 : Number(today.slice(5, 7))
}

/** One cell of the county's calendar: done of planned. */
export function MonthCell({ plan, month, thisMonth }: CalendarProps & { month: number }) {
  const planned = plan.items.filter(({ item }) => item.month === month)
  const besides = plan.unplanned.filter(({ visitedAt }) => monthOf(visitedAt) === month).length
  if (planned.length === 0) return <span className="muted">{besides > 0 ? `+${besides}` : ''}</span>
  const done = planned.filter((one) => one.done).length
  const { tone } = standing(done === planned.length, month, thisMonth)
  return (
    <>
      <Tag tone={tone}>
        {done}/{planned.length}
      </Tag>
      {besides > 0 && <span className="muted"> +{besides}</span>}
    </>
  )
}
