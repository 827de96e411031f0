import { liveContract, warningWordOf } from '@plumbline/core/telemetry'
import { useRoute } from '../../../kit/api.ts'
import { Empty, Failure, Loading, Section, Tag, When } from '../../../kit/ui/index.ts'
import { CranePose } from './CranePose.tsx'
import { Gauge, StandingTag } from './Gauge.tsx'
import { isCurrent, type Live, rowOf } from './readings.ts'

/** 塔式起重机 (CRN-03, CRN-04): the pose beside the numbers, the alarm word in words, the lifts of the day. */
export function CranePanel({ id, live }: { id: string; live: Live }) {
  const of = (quantity: string) => rowOf(live, quantity)
  const load = of('liftingCapacity')
  const safe = of('safeLiftingCapacity')
  const share = [load, safe].every((row) => typeof row?.value === 'number')
    ? `${load!.value} t / ${safe!.value} t`
    : undefined
  return (
    <>
      <Section title="塔机实时姿态" note="自动监测" padded>
        <div className="kind-columns">
          <CranePose rated={live.bearings.rated} amplitude={of('amplitude')} drop={of('height')} round={of('round')} />
          <div>
            <Gauge live={live} quantity="momentPercent" label="起重力矩" />
            <Gauge live={live} quantity="loadPercent" label="起重量" {...(share ? { note: share } : {})} />
            <Gauge live={live} quantity="windSpeed" />
            <Gauge live={live} quantity="dipAngleX" label="塔身倾角 X" />
            <Gauge live={live} quantity="dipAngleY" label="塔身倾角 Y" />
            <Gauge live={live} quantity="amplitude" />
            <Gauge live={live} quantity="height" label="吊钩距起重臂" />
            <Gauge live={live} quantity="round" />
            <WarningWord live={live} />
          </div>
        </div>
      </Section>
      <Section title="今日吊装循环">
        <Cycles id={id} />
      </Section>
    </>
  )
}

/** The items that the crane's own safety device has set, each by its name. */
function WarningWord({ live }: { live: Live }) {
  const row = rowOf(live, 'warningWord')
  if (!row || row.value === null) return null
  const items = warningWordOf(row.value)
  const current = isCurrent(row)
  return (
    <div className={current ? 'gauge' : 'gauge gauge-old'}>
      <span className="gauge-label">安全装置报警字</span>
      <span className="gauge-tags">
        {items === undefined && <Tag tone="plain">不能解读（{row.value}）</Tag>}
        {items?.length === 0 && <span className="muted">无</span>}
        {items?.map(({ item, name }) => (
          <Tag key={item} tone={current ? 'red' : 'plain'}>
            {name}
          </Tag>
        ))}
      </span>
      <StandingTag live={live} row={row} />
    </div>
  )
}

function Cycles({ id }: { id: string }) {
  const events = useRoute(liveContract.events, { params: { id }, query: { kind: 'cycle' } })
  if (events.error && !events.data) return <Failure error={events.error} again={() => void events.refetch()} />
  if (!events.data) return <Loading />
  const { rows, more } = events.data
  const cycles = rows.flatMap((event) => (event.kind === 'cycle' ? [event] : []))
  if (cycles.length === 0) return <Empty>今天还没有吊装循环。</Empty>
  return (
    <ul className="rows kind-rows">
      {cycles.slice(0, 10).map(({ id: eventId, at, body }) => (
        <li key={`${at} ${eventId}`}>
          <When at={at} />
          <span className="num">
            {body.maxLoad !== undefined && `最大起重量 ${body.maxLoad} t `}
            {body.maxMomentPercent !== undefined && `最大力矩 ${body.maxMomentPercent} %`}
          </span>
          <span className="muted num">{Math.max(0, Math.round((body.endedAt - Date.parse(at)) / 1000))} 秒</span>
        </li>
      ))}
      {(more || cycles.length > 10) && (
        <li className="muted tiny">
          {more ? `今日 ${cycles.length} 次以上` : `今日共 ${cycles.length} 次`}，只列最近 10 次
        </li>
      )}
    </ul>
  )
}
