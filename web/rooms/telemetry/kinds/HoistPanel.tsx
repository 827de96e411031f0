import type { Latest } from '@plumbline/core/telemetry'
import { Section } from '../../../kit/ui/index.ts'
import { Gauge } from './Gauge.tsx'
import { cageAt } from './pose.ts'
import { isCurrent, type Live, rowOf } from './readings.ts'

const doorWords = (value: number) => (value === 0 ? '关' : '开')

/** 施工升降机 (CRN-05): the cage in its shaft, load and persons against the plate, doors. */
export function HoistPanel({ live }: { live: Live }) {
  const of = (quantity: string) => rowOf(live, quantity)
  const { persons, load } = live.bearings.rated
  const current = of('currentLoad')
  const loadNote = [
    current !== undefined && current.value !== null ? `${current.value} t` : null,
    load === undefined ? null : `额定 ${load} t`,
  ].filter((word) => word !== null)
  return (
    <Section title="升降机实时状态" note="自动监测" padded>
      <div className="kind-columns kind-hoist">
        <Shaft
          whole={live.bearings.rated.height}
          height={of('height')}
          floor={of('floor')}
          front={of('doorFront')}
          back={of('doorBack')}
        />
        <div>
          <Gauge live={live} quantity="loadPercent" label="载重" note={loadNote.join('，')} />
          <Gauge
            live={live}
            quantity="personCount"
            {...(persons === undefined ? { note: '铭牌载人数未登记' } : { note: `铭牌 ${persons} 人` })}
          />
          <Gauge live={live} quantity="floor" />
          <Gauge live={live} quantity="speed" say={saySpeed} />
          <Gauge live={live} quantity="doorFront" say={doorWords} />
          <Gauge live={live} quantity="doorBack" say={doorWords} />
          <Gauge live={live} quantity="windSpeed" />
        </div>
      </div>
    </Section>
  )
}

const saySpeed = (speed: number) => (speed === 0 ? '静止' : `${speed > 0 ? '上行' : '下行'} ${Math.abs(speed)} m/s`)

interface ShaftProps {
  whole: number | undefined
  height: Latest | undefined
  floor: Latest | undefined
  front: Latest | undefined
  back: Latest | undefined
}

const tall = 220
const cage = 34

/** The shaft to scale, with the cage where its height says; a door that stands open is a gap in the wall. */
function Shaft({ whole, height, floor, front, back }: ShaftProps) {
  if (whole === undefined)
    return <p className="pose-none muted tiny">设备参数里没有登记升降机高度，不能画出吊笼位置。</p>
  const at = height?.value ?? null
  const y = at === null ? null : 10 + (1 - cageAt(at, whole)) * (tall - cage)
  const old = ![height, front, back].every(isCurrent)
  const door = (row: Latest | undefined, x: number) =>
    y !== null && row && row.value !== null ? (
      <line className={row.value === 0 ? 'pose-frame' : 'pose-open'} x1={x} x2={x} y1={y + 4} y2={y + cage - 4} />
    ) : null
  const label =
    at === null
      ? '吊笼位置不明'
      : `吊笼高度 ${at} m，井道 ${whole} m${typeof floor?.value === 'number' ? `，${floor.value} 层` : ''}`
  return (
    <figure>
      <svg
        viewBox={`0 0 120 ${tall + 20}`}
        role="img"
        aria-label={label}
        className={old ? 'pose pose-old pose-shaft' : 'pose pose-shaft'}
      >
        <rect className="pose-circle" x={30} y={10} width={60} height={tall} />
        {y !== null && (
          <>
            <line className="pose-rope" x1={60} x2={60} y1={10} y2={y} />
            <rect className="pose-cage" x={38} y={y} width={44} height={cage} />
            {door(front, 38)}
            {door(back, 82)}
          </>
        )}
      </svg>
      <figcaption className="tiny muted">井道高 {whole} m；左为前门，右为后门</figcaption>
    </figure>
  )
}
