import { addDays } from '@plumbline/core/kit'
import { exitFaults, faultsOf, liveContract, type MeterUse, statisticsContract } from '@plumbline/core/telemetry'
import { lazy, Suspense } from 'react'
import { useRoute } from '../../../kit/api.ts'
import { useToday } from '../../../kit/session.tsx'
import { Empty, Failure, Loading, Section, Tag, When } from '../../../kit/ui/index.ts'
import { Gauge } from './Gauge.tsx'
import { HourBars, hourOf } from './HourBars.tsx'
import { isCurrent, limitsOf, type Live, pointOf, pointsOf, rowOf } from './readings.ts'

const QuantityCurve = lazy(async () => ({ default: (await import('./QuantityCurve.tsx')).QuantityCurve }))

interface PanelProps {
  id: string
  live: Live
}

const Curve = ({ id, live, quantity }: PanelProps & { quantity: string }) => (
  <div className="kind-curve">
    <Suspense fallback={<Loading />}>
      <QuantityCurve id={id} quantity={quantity} limits={limitsOf(live, quantity)} />
    </Suspense>
  </div>
)

/** 标准养护室 (ENV-10) */
export const CuringPanel = ({ id, live }: PanelProps) => (
  <Section title="养护室温湿度" note="自动监测">
    <div className="kind-gauges">
      <Gauge live={live} quantity="roomTemperature" />
      <Gauge live={live} quantity="roomHumidity" />
    </div>
    <Curve id={id} live={live} quantity="roomTemperature" />
    <Curve id={id} live={live} quantity="roomHumidity" />
  </Section>
)

/** 水电表 (ENG-01): what was used today hour by hour, and how much of it at night. */
export function MeterPanel({ id, live }: PanelProps) {
  const today = useToday()
  const { projectId } = live.bearings
  const energy = useRoute(statisticsContract.energy, {
    params: { id: projectId },
    query: { from: today, until: addDays(today, 1) },
  })
  const meters = energy.data?.meters.filter(({ deviceId }) => deviceId === id) ?? []
  const counters = ['electricity', 'power', 'water'].filter((quantity) => rowOf(live, quantity))
  return (
    <Section title="今日用量" note="自动监测">
      <div className="kind-gauges">
        {counters.map((quantity) => (
          <Gauge
            key={quantity}
            live={live}
            quantity={quantity}
            {...(quantity === 'power' ? {} : { label: `${rowOf(live, quantity)!.name}（表底数）` })}
          />
        ))}
      </div>
      {meters.map((meter) => (
        <Used key={meter.quantity} meter={meter} />
      ))}
      {counters.includes('power') && <Curve id={id} live={live} quantity="power" />}
    </Section>
  )
}

const tenth = (value: number) => Math.round(value * 10) / 10

function Used({ meter }: { meter: MeterUse }) {
  // Hours that are known one by one: what a gap hides belongs neither to the day nor to the night.
  const single = meter.hours.filter(({ used, hours }) => used !== null && hours === 1)
  const sum = (rows: typeof single) => rows.reduce((total, { used }) => total + (used ?? 0), 0)
  const placed = sum(single)
  const night = sum(single.filter((one) => one.night))
  return (
    <div className="kind-curve">
      <p className="num">
        {meter.name} 今日 <b>{`${tenth(meter.total)} ${meter.unit}`}</b>
        {placed > 0 && <span className="muted">，其中夜间 {tenth((night / placed) * 100)}%</span>}
      </p>
      <HourBars
        label={`${meter.name}逐时用量`}
        bars={meter.hours.map(({ hour, used, night: dark }) => ({
          ...{ from: hour, parts: [used], dark },
          label: `${hourOf(hour)} 时 ${used === null ? '不明' : `${tenth(used)} ${meter.unit}`}${dark ? '（夜间）' : ''}`,
        }))}
      />
    </div>
  )
}

/** 周界 (PERI-01): each zone by itself, and who crossed it today. */
export function PerimeterPanel({ id, live }: PanelProps) {
  const zones = pointsOf(live)
  const events = useRoute(liveContract.events, { params: { id }, query: { kind: 'intrusion' } })
  const crossed = events.data?.rows.flatMap((event) => (event.kind === 'intrusion' ? [event] : [])) ?? []
  return (
    <>
      <Section title="防区状态" note="自动监测">
        {zones.length === 0 && <Empty>还没有收到防区状态。</Empty>}
        <ul className="rows kind-rows">
          {zones.map((row) => {
            const current = isCurrent(row)
            const inside = row.value === 1
            return (
              <li key={row.quantity} className={current ? undefined : 'kind-old'}>
                <Tag tone={!current ? 'plain' : inside ? 'red' : 'calm'}>
                  {!current ? '状态不明' : inside ? '有人越界' : '无人越界'}
                </Tag>
                <span className="title">{pointOf(row.quantity)}</span>
                <When at={row.at} />
              </li>
            )
          })}
        </ul>
      </Section>
      <Section title="今日入侵">
        {events.error && !events.data && <Failure error={events.error} again={() => void events.refetch()} />}
        {events.data && crossed.length === 0 && <Empty>今天没有入侵。</Empty>}
        <ul className="rows kind-rows">
          {crossed.map(({ id: eventId, at, body }) => (
            <li key={`${at} ${eventId}`}>
              <When at={at} />
              <span>{body.zone}</span>
              <span />
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

/** 实名制闸机: how many are inside, and passages by hour. Nobody is named. */
export function TurnstilePanel({ id, live }: PanelProps) {
  const passages = useRoute(liveContract.passages, { params: { id }, query: {} }, { refetchInterval: 30_000 })
  const rows = passages.data?.rows ?? []
  const sum = (way: 'in' | 'out') => rows.reduce((total, row) => total + row[way], 0)
  return (
    <Section title="在场人数" note="自动监测，不含人员信息">
      <div className="kind-gauges">
        <Gauge live={live} quantity="peopleInside" />
      </div>
      {passages.error && !passages.data && <Failure error={passages.error} again={() => void passages.refetch()} />}
      {passages.data && (
        <div className="kind-curve">
          <p className="num">
            今日进 <b>{sum('in')}</b> 人次，出 <b>{sum('out')}</b> 人次
          </p>
          <HourBars
            label="逐时进出人次"
            bars={rows.map((row) => ({
              ...{ from: row.from, parts: [row.in, row.out] },
              label: `${hourOf(row.from)} 时 进 ${row.in} 出 ${row.out}`,
            }))}
          />
        </div>
      )}
    </Section>
  )
}

/** 地磅、车辆冲洗: the vehicles that left today, each with what was wrong. */
export function ExitsPanel({ id, live }: PanelProps) {
  const events = useRoute(liveContract.events, { params: { id }, query: { kind: 'exit' } }, { refetchInterval: 10_000 })
  const exits = events.data?.rows.flatMap((event) => (event.kind === 'exit' ? [event] : [])) ?? []
  return (
    <Section title="今日出场车辆" note={events.data?.more ? `最近 ${exits.length} 辆` : `${exits.length} 辆`}>
      {rowOf(live, 'grossWeight') && (
        <div className="kind-gauges">
          <Gauge live={live} quantity="grossWeight" label="当前总重" />
        </div>
      )}
      {events.error && !events.data && <Failure error={events.error} again={() => void events.refetch()} />}
      {events.data && exits.length === 0 && <Empty>今天还没有车辆出场。</Empty>}
      <ul className="rows kind-rows">
        {exits.map(({ id: eventId, at, body }) => {
          // Whether a lorry is overloaded is told by the statistics, which know the limit.
          const faults = faultsOf(body, Number.POSITIVE_INFINITY)
          return (
            <li key={`${at} ${eventId}`}>
              <When at={at} />
              <span className="num">
                {body.plate ?? <span className="muted">车牌未识别</span>}
                {body.grossWeight !== undefined && <span className="muted"> {body.grossWeight} t</span>}
              </span>
              <span className="gauge-tags">
                {faults.map((fault) => (
                  <Tag key={fault} tone="yellow">
                    {exitFaults[fault]}
                  </Tag>
                ))}
                {faults.length === 0 && <Tag tone="calm">冲洗、密闭、车牌清晰</Tag>}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
