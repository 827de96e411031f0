import { type Day, daysBetween } from '@plumbline/core/kit'

export interface LadderProps {
  /** Day 0: the date of service. */
  servedOn: Day
  yellowOn: Day
  redOn: Day
  today: Day
  /** The case is closed: the ladder stands still and nothing is threatened. */
  closed?: boolean
}

/** What the ladder says today, in one sentence. */
export function sayLadder({ yellowOn, redOn, today, closed }: LadderProps): string {
  if (closed) return '已办结，不再计时。'
  const toRed = daysBetween(today, redOn)
  if (toRed <= 0) return `已锁定该项目的新业务，今天是锁定第 ${1 - toRed} 天。`
  const toYellow = daysBetween(today, yellowOn)
  if (toYellow > 0) return `还有 ${toYellow} 天转为黄色提醒。`
  return `还有 ${toRed} 天锁定该项目的新业务。`
}

/** 期限: the statutory ladder from service to lock, with today marked; its days come from the server. */
export function Ladder(props: LadderProps) {
  const { servedOn, yellowOn, redOn, today } = props
  const calm = Math.max(1, daysBetween(servedOn, yellowOn))
  const yellow = Math.max(1, daysBetween(yellowOn, redOn))
  const red = Math.ceil((calm + yellow) / 3)
  const all = calm + yellow + red
  const passed = Math.min(Math.max(daysBetween(servedOn, today), 0), all)
  return (
    <div className="ladder">
      <div className="ladder-bar" style={{ gridTemplateColumns: `${calm}fr ${yellow}fr ${red}fr` }} aria-hidden>
        <i />
        <i />
        <i />
        <em style={{ left: `${(passed / all) * 100}%` }} />
      </div>
      <div className="ladder-days tiny muted num">
        <span>送达 {servedOn.slice(5)}</span>
        <span>
          {daysBetween(servedOn, yellowOn)} 日 黄 {yellowOn.slice(5)}
        </span>
        <span>
          {daysBetween(servedOn, redOn)} 日 锁定 {redOn.slice(5)}
        </span>
      </div>
      <p className="tiny">{sayLadder(props)}</p>
    </div>
  )
}
